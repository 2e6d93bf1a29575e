// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.session;

import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.AzureClients;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.access.AksAccess;
import io.osmo.backend.azure.internal.cluster.AksCluster;
import io.osmo.backend.azure.internal.encryption.DiskEncryptionSet;
import io.osmo.backend.azure.internal.network.NetworkReader;
import io.osmo.backend.azure.internal.network.VirtualNetwork;
import io.osmo.backend.azure.internal.pool.AksDefaults;
import io.osmo.backend.cluster.AddressRanges;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.kubernetes.DefaultStorageClass;
import io.osmo.backend.kubernetes.ManagedClusterPart;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.provider.Reader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is in an AKS cluster. */
final class AksClusterPart extends ManagedClusterPart<AzureContext, ArmObject> {
    private final AksAccess access;

    AksClusterPart(AzureClients clients, AksSettings settings, Scheduler scheduler) {
        super(scheduler, AksDefaults.INSTANCE, AksCluster.ID, ArmObject.class);
        this.access = new AksAccess(clients, settings, scheduler::now);
    }

    @Override
    protected Optional<ClusterAccess> access(ArmObject cluster) {
        return access.to(cluster);
    }

    /** The resource ID has the name only; AKS has this one for clusters that were made again under it. */
    @Override
    protected Optional<String> incarnation(ArmObject cluster) {
        return cluster.find("/properties/resourceUID");
    }

    /** AKS's own classes have standard disks or lack the backend's key, and AKS resets them when they are edited. */
    @Override
    protected Optional<DefaultStorageClass> storageClass(AzureContext context, BackendSpec spec, Inventory inventory) {
        return Optional.of(new DefaultStorageClass(
                spec.storage().className().orElse("osmo-premium"),
                "disk.csi.azure.com",
                Map.of("skuName", "Premium_LRS", "diskEncryptionSetID", DiskEncryptionSet.armId(context))));
    }

    @Override
    protected Optional<Reader<AzureContext>> network() {
        return Optional.of(NetworkReader.INSTANCE);
    }

    @Override
    protected Optional<AddressRanges> ranges(BackendSpec spec, Inventory cloud) {
        List<String> network = cloud.find(VirtualNetwork.ID, ArmObject.class)
                .map(VirtualNetwork::ranges)
                .orElseGet(() -> spec.network().cidr().stream().toList());
        Optional<ArmObject> cluster = cloud.find(AksCluster.ID, ArmObject.class);
        String pods = cluster.flatMap(c -> c.find("/properties/networkProfile/podCidr"))
                .orElseGet(() -> AksCluster.pods(spec, network));
        String services = cluster.flatMap(c -> c.find("/properties/networkProfile/serviceCidr"))
                .orElseGet(() -> spec.network().serviceCidr());
        return Optional.of(new AddressRanges(network, List.of(pods), Optional.of(services)));
    }

    /** AKS deletes load balancers and disks of workloads with the group of the nodes. */
    @Override
    protected boolean releasesWorkloads() {
        return false;
    }
}
