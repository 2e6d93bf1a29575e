// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.gcp.internal.ComputeObjects;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.GcpResource;
import io.osmo.backend.gcp.internal.encryption.EncryptionKey;
import io.osmo.backend.gcp.internal.identity.NodeAccount;
import io.osmo.backend.gcp.internal.network.Subnet;
import io.osmo.backend.gcp.internal.network.VpcNetwork;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Needs;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds and deletes objects of one kind that the controllers of the backend's cluster have left in Compute Engine. */
public final class Sweep extends GcpResource<SweptObjects> {
    private static final String KIND = "sweep";

    /** What the calls below need. What is of a region, or global, has permissions of its own. */
    public static final Needs NEEDS = Stream.of(SweptKind.values())
            .reduce(
                    Needs.of(KIND).destroy("compute.firewalls.list", "compute.networks.updatePolicy"),
                    Sweep::needs,
                    (one, other) -> one);

    private static final Timing TIMING = new Timing(
            Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofMinutes(15));

    private final SweptKind kind;
    private final ControllerMark mark;

    /** @param location location of the backend's cluster; empty if it no longer exists */
    Sweep(GcpContext context, Optional<String> location, SweptKind kind) {
        super(
                context,
                id(kind),
                SweptObjects.class,
                after(kind),
                TIMING,
                kind.text().replace('-', ' ') + " that the cluster left behind");
        this.kind = kind;
        this.mark = new ControllerMark(context, location);
    }

    private static Needs needs(Needs before, SweptKind kind) {
        Needs needs = before;
        for (String collection : kind.collections()) {
            needs = needs.destroy("compute." + collection + ".list", "compute." + collection + ".delete");
        }
        for (String variant : kind.variants()) {
            needs = needs.destroy("compute." + variant + ".delete");
        }
        return needs;
    }

    /** Ids of all sweeps: the cluster, whose controllers would create the objects again, is deleted before them. */
    public static Set<ResourceId> ids() {
        return Stream.of(SweptKind.values()).map(Sweep::id).collect(Collectors.toSet());
    }

    private static ResourceId id(SweptKind kind) {
        return ResourceId.of(KIND, kind.text());
    }

    /**
     * What is deleted last: as long as one of these exists, another destruction looks for leftovers again. The service account is always
     * the backend's own, even with an existing network and key.
     */
    private static Set<ResourceId> after(SweptKind kind) {
        Set<ResourceId> after = new HashSet<>(Set.of(VpcNetwork.ID, Subnet.ID, EncryptionKey.ID, NodeAccount.ID));
        int next = kind.ordinal() + 1;
        if (next < SweptKind.values().length) {
            after.add(id(SweptKind.values()[next]));
        }
        return after;
    }

    /** The objects that still exist. */
    List<Leftover> leftovers() {
        return find().ids().stream()
                .map(id -> new Leftover(kind.text(), id, "left behind by the cluster", kind.billed()))
                .toList();
    }

    /** Disks of claims hold data. */
    @Override
    public Disruption deletionDisruption() {
        return kind == SweptKind.DISKS ? Disruption.DATA : Disruption.NONE;
    }

    @Override
    public Optional<SweptObjects> read(State state) {
        return Optional.of(find()).filter(found -> !found.ids().isEmpty());
    }

    @Override
    public void delete(SweptObjects observed, State state) {
        observed.ids()
                .forEach(id -> context.delete(
                        "compute." + kind.collections().get(0) + ".delete",
                        () -> context.rest().delete(GcpService.COMPUTE, "/compute/v1/" + id)));
    }

    private SweptObjects find() {
        List<JsonNode> firewalls = ComputeObjects.list(context, "firewalls");
        Set<String> balancers = firewalls.stream()
                .filter(rule -> mark.isOurs(rule, Set.of()))
                .flatMap(rule -> ControllerMark.balancers(rule).stream())
                .collect(Collectors.toSet());
        List<JsonNode> objects = kind == SweptKind.FIREWALL_RULES
                ? firewalls
                : kind.collections().stream()
                        .flatMap(each -> ComputeObjects.list(context, each).stream())
                        .toList();
        return new SweptObjects(objects.stream()
                .filter(object -> mark.isOurs(object, balancers))
                .map(ComputeObjects::path)
                .toList());
    }
}
