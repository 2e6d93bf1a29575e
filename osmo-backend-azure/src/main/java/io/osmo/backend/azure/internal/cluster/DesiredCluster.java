// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.cluster;

import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.catalog.KubernetesVersion;
import io.osmo.backend.azure.internal.catalog.Offers;
import io.osmo.backend.azure.internal.catalog.VmSize;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The desired state of the cluster, derived from the spec, from what exists and from what the region offers. */
public final class DesiredCluster {
    private DesiredCluster() {}

    /** The backend's existing cluster. */
    public static Optional<ArmObject> standing(Inventory inventory) {
        return inventory.find(AksCluster.ID, ArmObject.class);
    }

    /**
     * Minor version: the spec's, else the one that runs, else the newest that is generally available. A version that is named
     * without a patch outlives the patches that AKS prunes.
     */
    public static String version(BackendSpec spec, Inventory inventory) {
        return spec.kubernetesVersion()
                .map(KubernetesVersion::minor)
                .or(() -> standing(inventory).map(AksCluster::current).map(KubernetesVersion::minor))
                .or(() -> inventory
                        .attachment(Offers.class)
                        .flatMap(o -> o.versions().stream().findFirst()))
                .orElse("");
    }

    /** Version of nodes that are created: that of the control plane when a channel has moved it past the one of the spec. */
    public static String newPools(BackendSpec spec, Inventory inventory) {
        String wanted = version(spec, inventory);
        return moved(spec, inventory).orElse(wanted);
    }

    /** The minor version that runs, if it is newer than the one of the spec. */
    static Optional<String> moved(BackendSpec spec, Inventory inventory) {
        int pinned = spec.kubernetesVersion().map(KubernetesVersion::number).orElse(Integer.MAX_VALUE);
        return standing(inventory)
                .map(AksCluster::current)
                .map(KubernetesVersion::minor)
                .filter(running -> KubernetesVersion.number(running) > pinned);
    }

    /**
     * Zones for a new pool: those that it names, or else those of the spec's network in which its VM size is available. Sorted;
     * empty in a region without zones.
     */
    public static List<String> zones(String size, List<String> named, BackendSpec spec, Inventory inventory) {
        if (!named.isEmpty()) {
            return named.stream().map(DesiredCluster::zone).sorted().toList();
        }
        Set<String> sold = new TreeSet<>(inventory
                .attachment(Offers.class)
                .flatMap(o -> o.size(size))
                .map(VmSize::zones)
                .orElse(Set.of()));
        List<String> wished =
                spec.network().zones().stream().map(DesiredCluster::zone).toList();
        if (!wished.isEmpty()) {
            sold.retainAll(wished);
            return List.copyOf(sold);
        }
        int count =
                spec.network().zoneCount() == 0 ? sold.size() : spec.network().zoneCount();
        return sold.stream().limit(count).toList();
    }

    /** AKS names zones by their number alone; {@code eastus2-1} is a spelling of other tools. */
    public static String zone(String name) {
        return name.substring(name.lastIndexOf('-') + 1);
    }
}
