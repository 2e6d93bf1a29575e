// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.cluster;

import com.google.container.v1.NodePool;
import io.osmo.backend.error.Violation;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.Labels;
import io.osmo.backend.gcp.internal.catalog.KubernetesVersion;
import io.osmo.backend.gcp.internal.catalog.Offers;
import io.osmo.backend.gcp.internal.catalog.OffersReader;
import io.osmo.backend.gcp.internal.catalog.Placement;
import io.osmo.backend.gcp.internal.catalog.Versions;
import io.osmo.backend.gcp.internal.encryption.EncryptionKey;
import io.osmo.backend.gcp.internal.identity.NodeRole;
import io.osmo.backend.gcp.internal.network.CloudRouter;
import io.osmo.backend.gcp.internal.network.Subnet;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Reader;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The cluster itself, its administrators, and what the cloud offers for it. */
public final class ClusterConcern implements Concern<GcpContext> {
    private final FirstPool first;

    public ClusterConcern(FirstPool first) {
        this.first = first;
    }

    /** Describes the pool that a cluster is created with. Pools depend on the cluster, so the graph joins both. */
    @FunctionalInterface
    public interface FirstPool {
        NodePool of(GcpContext context, BackendSpec spec, Offers offers, Placement placement);
    }

    @Override
    public List<Needs> needs(Optional<BackendSpec> spec) {
        return List.of(GkeCluster.NEEDS);
    }

    @Override
    public List<Violation> validate(BackendSpec spec) {
        return Stream.of(Labels.validate(spec), AdminRules.validate(spec), ProjectRules.validate(spec))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public List<Reader<GcpContext>> readers() {
        return List.of(
                ClusterReader.INSTANCE,
                OffersReader.INSTANCE,
                VersionsReader.INSTANCE,
                SupportReader.INSTANCE,
                AdminReader.INSTANCE);
    }

    /** Where the backend is or will be. */
    public static Placement placement(BackendSpec spec, Inventory inventory) {
        Optional<ObservedCluster> existing = inventory.find(GkeCluster.ID, ObservedCluster.class);
        Placement placement = Placement.of(
                spec, inventory.attachment(Offers.class).orElseThrow(), existing.map(ObservedCluster::placement));
        boolean ends =
                existing.filter(found -> found.isGoing() || found.neverCameUp()).isPresent();
        return ends ? placement.ofNewCluster() : placement;
    }

    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        List<Violation> violations = new ArrayList<>(ClusterRules.check(
                spec,
                inventory.attachment(Versions.class).orElseThrow(),
                inventory
                        .find(GkeCluster.ID, ObservedCluster.class)
                        .map(found -> KubernetesVersion.parse(found.cluster().getCurrentMasterVersion()))));
        violations.addAll(AdminRules.check(spec, inventory.attachment(AdminRules.Accounts.class)));
        inventory
                .attachment(Offers.class)
                .filter(offers -> !offers.zones().isEmpty()
                        && spec.network().zones().isEmpty()
                        && spec.network().zoneCount() > offers.zones().size())
                .ifPresent(offers -> violations.add(Requirement.CP_3.violation(
                        "network.zoneCount",
                        String.valueOf(spec.network().zoneCount()),
                        "at most " + offers.zones().size() + ", the zones of " + spec.region() + ": "
                                + String.join(", ", offers.zones()),
                        "Lower the number, or leave it out.")));
        return violations;
    }

    /** Administrators of whom it could not be read whether they exist, a sentence each. */
    public static List<String> unreadAdmins(Inventory inventory) {
        return AdminRules.warnings(inventory.attachment(AdminRules.Accounts.class));
    }

    /** Version of the control plane that exists. */
    public static Optional<String> existingVersion(Inventory inventory) {
        return inventory
                .find(GkeCluster.ID, ObservedCluster.class)
                .map(found -> found.cluster().getCurrentMasterVersion())
                .filter(version -> !version.isEmpty());
    }

    @Override
    public List<String> warnings(GcpContext context, Optional<BackendSpec> spec, Inventory inventory) {
        Optional<String> current = existingVersion(inventory);
        List<String> warnings = new ArrayList<>(unreadAdmins(inventory));
        LocalDate today = LocalDate.ofInstant(context.scheduler().now(), ZoneOffset.UTC);
        inventory
                .attachment(ClusterSupport.class)
                .ifPresent(support -> inventory
                        .find(GkeCluster.ID, ObservedCluster.class)
                        .ifPresent(found -> warnings.addAll(support.warnings(found, today))));
        spec.ifPresent(wanted -> inventory
                .find(GkeCluster.ID, ObservedCluster.class)
                .ifPresent(found -> warnings.addAll(ApiAccess.warnings(context, wanted, found))));
        spec.filter(wanted -> context.settings().location().isEmpty())
                .ifPresent(wanted -> inventory
                        .find(GkeCluster.ID, ObservedCluster.class)
                        .map(found -> found.placement().kind())
                        .filter(kind -> kind != Placement.kind(wanted))
                        .ifPresent(
                                kind -> warnings.add("the control plane is " + kind + ", where new backends of profile "
                                        + wanted.profile() + " are " + Placement.kind(wanted)
                                        + ": it stays, since GKE cannot move it; another backend would be")));
        spec.flatMap(BackendSpec::kubernetesVersion)
                .filter(minor -> current.filter(version ->
                                KubernetesVersion.parse(version).minorsSince(KubernetesVersion.parse(minor)) > 0)
                        .isPresent())
                .ifPresent(minor ->
                        warnings.add("the cluster has version " + current.orElse("") + ", newer than kubernetesVersion "
                                + minor
                                + ": it stays, because GKE cannot downgrade it;"
                                + " set the version in the spec to the one that the cluster has"));
        return warnings;
    }

    /** GKE has no protection of its own: the label of the cluster is honored by this library only. */
    @Override
    public List<Guard> guards(GcpContext context, Inventory inventory, Set<ResourceId> removed) {
        return inventory
                .find(GkeCluster.ID, ObservedCluster.class)
                .filter(found -> removed.contains(GkeCluster.ID) && DesiredCluster.isProtected(found.cluster()))
                .map(found -> new Guard(
                        "cluster/" + context.name(),
                        "is protected against deletion by its label " + DesiredCluster.PROTECTED,
                        "Set deletionProtection to false in the spec and apply it first."))
                .stream()
                .toList();
    }

    @Override
    public List<Resource<?>> wanted(GcpContext context, BackendSpec spec, Inventory inventory) {
        Versions versions = inventory.attachment(Versions.class).orElseThrow();
        Offers offers = inventory.attachment(Offers.class).orElseThrow();
        Placement placement = placement(spec, inventory);
        DesiredCluster desired = new DesiredCluster(
                context,
                spec,
                placement,
                versions.initial(spec).orElse(""),
                first.of(context, spec, offers, placement));
        Set<ResourceId> after = new HashSet<>(Set.of(Subnet.ID, EncryptionKey.ID, NodeRole.ID));
        if (spec.network().existingId().isEmpty()) {
            after.add(CloudRouter.ID);
        }
        Optional<String> leaving = inventory
                .find(GkeCluster.ID, ObservedCluster.class)
                .filter(ObservedCluster::isGoing)
                .map(ObservedCluster::location)
                .filter(location -> !location.equals(placement.location()));
        return List.of(new GkeCluster(desired, versions, after, leaving));
    }

    @Override
    public Optional<Deletable<?>> owned(GcpContext context, ResourceId id, Object observed) {
        return id.equals(GkeCluster.ID)
                ? Optional.of(new ExistingCluster(context, (ObservedCluster) observed))
                : Optional.empty();
    }
}
