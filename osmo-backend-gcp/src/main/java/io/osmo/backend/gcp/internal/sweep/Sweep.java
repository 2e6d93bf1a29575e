// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.network.Subnet;
import io.osmo.backend.gcp.internal.network.VpcNetwork;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Looks for objects of one kind that the controllers of our cluster have left in Compute Engine, and deletes them. Called by
 * URL: six clients of the vendor's for nothing but listing and deleting would be more than all of this.
 */
public final class Sweep implements Deletable<Swept> {
    private static final String KIND = "sweep";
    private static final Timing TIMING = new Timing(
            Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofMinutes(15));

    private final GcpContext gcp;
    private final SweptKind kind;

    private Sweep(GcpContext gcp, SweptKind kind) {
        this.gcp = gcp;
        this.kind = kind;
    }

    /** All of them, in the order of deletion. */
    public static List<Deletable<?>> all(GcpContext gcp) {
        return Arrays.stream(SweptKind.values())
                .<Deletable<?>>map(kind -> new Sweep(gcp, kind))
                .toList();
    }

    /** Ids of all of them: the cluster, whose controllers would make the objects anew, is deleted first. */
    public static Set<ResourceId> ids() {
        return Arrays.stream(SweptKind.values()).map(Sweep::id).collect(Collectors.toSet());
    }

    /** What they would still find. */
    public static CompletableFuture<List<Leftover>> leftovers(GcpContext gcp) {
        return Reading.sequence(Arrays.stream(SweptKind.values())
                        .map(kind -> gcp.scheduler().call(() -> new Sweep(gcp, kind).leftovers()))
                        .toList())
                .thenApply(found -> found.stream().flatMap(List::stream).toList());
    }

    private List<Leftover> leftovers() {
        return find().links().stream()
                .map(link -> new Leftover(kind.text(), link, "left behind by the cluster", kind.billed()))
                .toList();
    }

    private static ResourceId id(SweptKind kind) {
        return ResourceId.of(KIND, kind.text());
    }

    @Override
    public ResourceId id() {
        return id(kind);
    }

    @Override
    public Class<Swept> type() {
        return Swept.class;
    }

    @Override
    public Set<ResourceId> after() {
        Set<ResourceId> after = new HashSet<>(Set.of(VpcNetwork.ID, Subnet.ID));
        int next = kind.ordinal() + 1;
        if (next < SweptKind.values().length) {
            after.add(id(SweptKind.values()[next]));
        }
        return after;
    }

    @Override
    public Optional<Swept> read(State state) {
        return Optional.of(find()).filter(found -> !found.links().isEmpty());
    }

    @Override
    public Readiness readiness(Swept observed) {
        return Readiness.ready();
    }

    @Override
    public void delete(Swept observed, State state) {
        observed.links()
                .forEach(link -> gcp.delete(
                        "compute." + kind.collections().get(0) + ".delete",
                        () -> gcp.clients().rest().delete(GcpService.COMPUTE, "/compute/v1/" + link)));
    }

    @Override
    public Timing timing() {
        return TIMING;
    }

    @Override
    public String describe() {
        return kind.text().replace('-', ' ') + " that the cluster left behind";
    }

    private Swept find() {
        List<JsonNode> firewalls = list("firewalls");
        Set<String> balancers = firewalls.stream()
                .filter(rule -> ControllerMark.isOurs(gcp, rule, Set.of()))
                .flatMap(rule -> ControllerMark.balancers(rule).stream())
                .collect(Collectors.toSet());
        List<JsonNode> objects = kind == SweptKind.FIREWALL_RULES
                ? firewalls
                : kind.collections().stream().flatMap(c -> list(c).stream()).toList();
        return new Swept(objects.stream()
                .filter(object -> ControllerMark.isOurs(gcp, object, balancers))
                .map(object -> object.path("selfLink").asText())
                .map(link -> link.substring(Math.max(0, link.indexOf("projects/"))))
                .toList());
    }

    /** All of a collection, in every zone, region and globally. */
    private List<JsonNode> list(String collection) {
        boolean global = collection.equals("firewalls") || collection.equals("targetTcpProxies");
        String path = "/compute/v1/projects/" + gcp.project() + (global ? "/global/" : "/aggregated/") + collection;
        List<JsonNode> objects = new ArrayList<>();
        String page = "";
        do {
            String query = page.isEmpty() ? "" : "?pageToken=" + page;
            Optional<JsonNode> answer = gcp.find(
                    "compute." + collection + ".list",
                    () -> gcp.clients().rest().get(GcpService.COMPUTE, path + query));
            answer.ifPresent(json -> {
                if (global) {
                    json.path("items").forEach(objects::add);
                } else {
                    json.path("items").forEach(scope -> scope.path(collection).forEach(objects::add));
                }
            });
            page = answer.map(json -> json.path("nextPageToken").asText()).orElse("");
        } while (!page.isEmpty());
        return objects;
    }
}
