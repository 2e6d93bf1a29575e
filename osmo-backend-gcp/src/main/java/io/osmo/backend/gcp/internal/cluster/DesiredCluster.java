// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.cluster;

import com.google.container.v1.AddonsConfig;
import com.google.container.v1.Cluster;
import com.google.container.v1.ControlPlaneEndpointsConfig;
import com.google.container.v1.ControlPlaneEndpointsConfig.DNSEndpointConfig;
import com.google.container.v1.ControlPlaneEndpointsConfig.IPEndpointsConfig;
import com.google.container.v1.DatabaseEncryption;
import com.google.container.v1.DatapathProvider;
import com.google.container.v1.GcePersistentDiskCsiDriverConfig;
import com.google.container.v1.GkeBackupAgentConfig;
import com.google.container.v1.IPAllocationPolicy;
import com.google.container.v1.LoggingComponentConfig;
import com.google.container.v1.LoggingConfig;
import com.google.container.v1.MasterAuthorizedNetworksConfig;
import com.google.container.v1.NetworkConfig;
import com.google.container.v1.NodePool;
import com.google.container.v1.ReleaseChannel;
import com.google.container.v1.ShieldedNodes;
import com.google.container.v1.WorkloadIdentityConfig;
import io.osmo.backend.gcp.ClusterLocation;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.catalog.Placement;
import io.osmo.backend.gcp.internal.encryption.EncryptionConcern;
import io.osmo.backend.gcp.internal.network.NetworkRef;
import io.osmo.backend.gcp.internal.network.PodRanges;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Profile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a spec wants of the control plane.
 *
 * @param version of a new cluster
 * @param first the pool that the cluster is created with: a CPU pool, so that no default pool has to be created and removed
 */
public record DesiredCluster(
        GcpContext context, BackendSpec spec, Placement placement, String version, NodePool first) {
    /** Label that marks deletion protection, which GKE itself does not have. */
    static final String PROTECTED = "osmo-deletion-protection";

    static boolean isProtected(Cluster cluster) {
        return "true".equals(cluster.getResourceLabelsMap().get(PROTECTED));
    }

    Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>(context.ownership().tags());
        labels.put(PROTECTED, String.valueOf(spec.deletionProtection()));
        return labels;
    }

    /** A private API is reached by its DNS name, where Google checks the caller; a public one by its address as well. */
    ControlPlaneEndpointsConfig endpoints() {
        boolean open = spec.apiEndpoint().publicAccess();
        MasterAuthorizedNetworksConfig.Builder ranges =
                MasterAuthorizedNetworksConfig.newBuilder().setEnabled(true).setGcpPublicCidrsAccessEnabled(false);
        if (open) {
            spec.apiEndpoint().publicCidrs().stream()
                    .sorted()
                    .forEach(cidr -> ranges.addCidrBlocks(MasterAuthorizedNetworksConfig.CidrBlock.newBuilder()
                            .setCidrBlock(cidr)));
        }
        return ControlPlaneEndpointsConfig.newBuilder()
                .setDnsEndpointConfig(DNSEndpointConfig.newBuilder()
                        .setAllowExternalTraffic(
                                context.settings().dnsEndpoint().orElse(!open)))
                .setIpEndpointsConfig(IPEndpointsConfig.newBuilder()
                        .setEnabled(true)
                        .setEnablePublicEndpoint(open)
                        .setAuthorizedNetworksConfig(ranges))
                .build();
    }

    DatabaseEncryption encryption() {
        return DatabaseEncryption.newBuilder()
                .setState(DatabaseEncryption.State.ENCRYPTED)
                .setKeyName(EncryptionConcern.keyName(context, spec))
                .build();
    }

    List<LoggingComponentConfig.Component> logs() {
        return spec.profile() == Profile.PRODUCTION
                ? List.of(
                        LoggingComponentConfig.Component.SYSTEM_COMPONENTS,
                        LoggingComponentConfig.Component.WORKLOADS,
                        LoggingComponentConfig.Component.APISERVER,
                        LoggingComponentConfig.Component.SCHEDULER,
                        LoggingComponentConfig.Component.CONTROLLER_MANAGER)
                : List.of(
                        LoggingComponentConfig.Component.SYSTEM_COMPONENTS, LoggingComponentConfig.Component.WORKLOADS);
    }

    LoggingConfig logging() {
        return LoggingConfig.newBuilder()
                .setComponentConfig(LoggingComponentConfig.newBuilder().addAllEnableComponents(logs()))
                .build();
    }

    String workloadPool() {
        return context.project() + ".svc.id.goog";
    }

    ReleaseChannel channel() {
        return ReleaseChannel.newBuilder()
                .setChannel(ReleaseChannel.Channel.valueOf(
                        context.settings().releaseChannel().name()))
                .build();
    }

    /** The network that the cluster is in. */
    NetworkRef network() {
        return NetworkRef.of(context, spec);
    }

    /** Where the settings want the control plane; empty when they leave that open. */
    Optional<ClusterLocation> location() {
        return context.settings().location();
    }

    Cluster cluster(PodRanges ranges) {
        return Cluster.newBuilder()
                .setName(context.name())
                .setDescription("OSMO backend " + context.name())
                .setNetwork(network().networkPath())
                .setSubnetwork(network().subnetPath())
                .addAllLocations(placement.zones())
                .setInitialClusterVersion(version)
                .addNodePools(first)
                .putAllResourceLabels(labels())
                .setReleaseChannel(channel())
                .setIpAllocationPolicy(IPAllocationPolicy.newBuilder()
                        .setUseIpAliases(true)
                        .setClusterSecondaryRangeName(ranges.pods())
                        .setServicesSecondaryRangeName(ranges.services()))
                .setNetworkConfig(NetworkConfig.newBuilder()
                        .setDatapathProvider(DatapathProvider.ADVANCED_DATAPATH)
                        .setDefaultEnablePrivateNodes(true))
                .setControlPlaneEndpointsConfig(endpoints())
                .setDatabaseEncryption(encryption())
                .setWorkloadIdentityConfig(WorkloadIdentityConfig.newBuilder().setWorkloadPool(workloadPool()))
                .setShieldedNodes(ShieldedNodes.newBuilder().setEnabled(true))
                .setLoggingConfig(logging())
                .setAddonsConfig(AddonsConfig.newBuilder()
                        .setGcePersistentDiskCsiDriverConfig(
                                GcePersistentDiskCsiDriverConfig.newBuilder().setEnabled(true))
                        .setGkeBackupAgentConfig(GkeBackupAgentConfig.newBuilder()
                                .setEnabled(spec.backup().enabled())))
                .build();
    }
}
