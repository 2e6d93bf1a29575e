// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.cluster;

import io.osmo.backend.error.Violation;
import io.osmo.backend.gcp.internal.Concern;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.Reader;
import io.osmo.backend.gcp.internal.catalog.GkeVersion;
import io.osmo.backend.gcp.internal.catalog.Offers;
import io.osmo.backend.gcp.internal.catalog.OffersReader;
import io.osmo.backend.gcp.internal.catalog.Placement;
import io.osmo.backend.gcp.internal.catalog.Versions;
import io.osmo.backend.gcp.internal.encryption.EncryptionKey;
import io.osmo.backend.gcp.internal.identity.NodeRole;
import io.osmo.backend.gcp.internal.network.CloudRouter;
import io.osmo.backend.gcp.internal.network.Subnet;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The cluster itself, and what is needed to know what it shall be. */
public final class ClusterConcern implements Concern {
    /** Nodes may be two minor versions behind the control plane for the time of an upgrade. */
    private static final int MAX_SKEW = 2;

    @Override
    public List<Reader> readers() {
        return List.of(new ClusterReader(), new OffersReader(), Versions.reader());
    }

    /** Where the backend is or shall be. */
    public static Placement placement(BackendSpec spec, Inventory inventory) {
        return Placement.of(
                spec,
                inventory.attachment(Offers.class).orElseThrow(),
                inventory.find(GkeCluster.ID, ObservedCluster.class).map(ObservedCluster::placement));
    }

    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        List<Violation> violations = new ArrayList<>();
        Versions versions = inventory.attachment(Versions.class).orElseThrow();
        Optional<ObservedCluster> standing = inventory.find(GkeCluster.ID, ObservedCluster.class);
        if (spec.kubernetesVersion().isPresent() && !versions.offered().isEmpty()) {
            String minor = spec.kubernetesVersion().get();
            boolean runs = standing.map(c -> GkeVersion.parse(c.cluster().getCurrentMasterVersion()))
                    .filter(v -> v.isMinorOf(GkeVersion.parse(minor)))
                    .isPresent();
            if (!runs && versions.newestOf(minor).isEmpty()) {
                violations.add(version(
                        minor,
                        "a minor version that the release channel offers: " + String.join(", ", versions.minors()),
                        "Choose one of these, or another settings.releaseChannel."));
            }
            standing.map(c -> GkeVersion.parse(minor)
                            .minorsSince(GkeVersion.parse(c.cluster().getCurrentMasterVersion())))
                    .filter(behind -> behind > MAX_SKEW)
                    .ifPresent(behind -> violations.add(version(
                            minor,
                            "at most " + MAX_SKEW + " minor versions above the one that runs",
                            "Upgrade in steps, so that the nodes can follow.")));
        }
        return violations;
    }

    private static Violation version(String given, String allowed, String remedy) {
        return new Violation("kubernetesVersion", Optional.of(Requirement.CP_2.id()), given, allowed, remedy);
    }

    @Override
    public List<Resource<?>> wanted(GcpContext gcp, BackendSpec spec, Inventory inventory) {
        Versions versions = inventory.attachment(Versions.class).orElseThrow();
        Offers offers = inventory.attachment(Offers.class).orElseThrow();
        Placement placement = placement(spec, inventory);
        ClusterWish wish = new ClusterWish(
                gcp,
                spec,
                placement,
                versions.initial(spec).orElse(""),
                PoolShape.of(gcp, spec, PoolShape.ordered(spec).get(0), offers, placement));
        Set<ResourceId> after = new HashSet<>(Set.of(Subnet.ID, EncryptionKey.ID, NodeRole.ID));
        if (spec.network().existingId().isEmpty()) {
            after.add(CloudRouter.ID);
        }
        return List.of(new GkeCluster(wish, versions, after));
    }

    @Override
    public Optional<Deletable<?>> owned(GcpContext gcp, ResourceId id, Object observed) {
        return id.equals(GkeCluster.ID)
                ? Optional.of(new StandingCluster(gcp, (ObservedCluster) observed))
                : Optional.empty();
    }
}
