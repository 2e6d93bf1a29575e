// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.session;

import io.osmo.backend.aws.Autoscaler;
import io.osmo.backend.aws.AwsClients;
import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Caller;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.aws.internal.access.EksAccess;
import io.osmo.backend.aws.internal.access.EksPlugin;
import io.osmo.backend.aws.internal.access.EksTokens;
import io.osmo.backend.aws.internal.addon.AddonConcern;
import io.osmo.backend.aws.internal.autoscaler.AutoscalerChart;
import io.osmo.backend.aws.internal.autoscaler.ClusterAutoscaler;
import io.osmo.backend.aws.internal.cluster.ClusterConcern;
import io.osmo.backend.aws.internal.encryption.KeyAlias;
import io.osmo.backend.aws.internal.network.ObservedVpc;
import io.osmo.backend.aws.internal.network.VpcNetwork;
import io.osmo.backend.aws.internal.network.VpcReader;
import io.osmo.backend.aws.internal.pool.EksDefaults;
import io.osmo.backend.cluster.AddressRanges;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.kubernetes.DefaultStorageClass;
import io.osmo.backend.kubernetes.ManagedClusterPart;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.provider.Reader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.KubernetesNetworkConfigResponse;

/** What is in an EKS cluster. */
final class EksClusterPart extends ManagedClusterPart<AwsContext, Cluster> {
    private final AwsClients clients;
    private final EksSettings settings;
    private final String region;
    private final Scheduler scheduler;

    EksClusterPart(AwsClients clients, EksSettings settings, String region, Scheduler scheduler) {
        super(scheduler, EksDefaults.INSTANCE, Ids.CLUSTER, Cluster.class);
        this.clients = clients;
        this.settings = settings;
        this.region = region;
        this.scheduler = scheduler;
    }

    @Override
    protected Optional<ClusterAccess> access(Cluster cluster) {
        return EksAccess.of(
                        cluster, settings, new EksTokens(cluster.name(), region, clients.credentials(), scheduler::now))
                .map(access -> access.with(EksPlugin.of(cluster.name(), region, settings)));
    }

    /** The ARN has the name only. */
    @Override
    protected Optional<String> incarnation(Cluster cluster) {
        return Optional.ofNullable(cluster.createdAt()).map(time -> "created " + time);
    }

    @Override
    protected boolean managed() {
        return settings.offers(EksFeature.CLUSTER_SIDE);
    }

    /** Names the key by its alias, which is known before the key is created and outlives a change of keys. */
    @Override
    protected Optional<DefaultStorageClass> storageClass(AwsContext context, BackendSpec spec, Inventory inventory) {
        String key = spec.encryption()
                .existingKey()
                .orElseGet(() -> Caller.of(inventory).arn("kms", context.region(), KeyAlias.name(context)));
        return Optional.of(new DefaultStorageClass(
                spec.storage().className().orElse("gp3"),
                "ebs.csi.aws.com",
                Map.of("type", "gp3", "encrypted", "true", "kmsKeyId", key)));
    }

    @Override
    protected Optional<Reader<AwsContext>> network() {
        return Optional.of(VpcReader.INSTANCE);
    }

    @Override
    protected Optional<AddressRanges> ranges(BackendSpec spec, Inventory cloud) {
        List<String> network = cloud.find(VpcNetwork.ID, ObservedVpc.class)
                .map(found -> VpcNetwork.ranges(found.vpc()))
                .orElseGet(() -> spec.network().cidr().stream().toList());
        String services = cloud.find(Ids.CLUSTER, Cluster.class)
                .map(Cluster::kubernetesNetworkConfig)
                .map(KubernetesNetworkConfigResponse::serviceIpv4Cidr)
                .orElseGet(() -> spec.network().serviceCidr());
        return Optional.of(new AddressRanges(network, List.of(), Optional.of(services)));
    }

    @Override
    protected Map<String, ?> autoscaler(BackendSpec spec, Inventory cloud) {
        return settings.autoscaler() == Autoscaler.CHART
                ? AutoscalerChart.values(spec, region, ClusterConcern.version(spec, cloud))
                : Map.of();
    }

    /** A pod gets the permissions of its service account when it is created. */
    @Override
    protected Set<ResourceId> beforeCharts(AwsContext context, BackendSpec spec) {
        return settings.autoscaler() == Autoscaler.CHART && settings.offers(EksFeature.POD_IDENTITY)
                ? Set.of(AddonConcern.autoscalerIdentity())
                : Set.of();
    }

    @Override
    protected List<Resource<?>> additions(AwsContext context, BackendSpec spec, Inventory inventory) {
        return ClusterAutoscaler.wanted(side(), context, spec, inventory);
    }
}
