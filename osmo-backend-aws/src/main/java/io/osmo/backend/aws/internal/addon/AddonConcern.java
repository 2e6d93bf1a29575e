// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.addon;

import io.osmo.backend.aws.Autoscaler;
import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import io.osmo.backend.aws.internal.catalog.VersionRules;
import io.osmo.backend.aws.internal.cluster.ClusterConcern;
import io.osmo.backend.aws.internal.cluster.Upgrades;
import io.osmo.backend.aws.internal.identity.RoleKind;
import io.osmo.backend.aws.internal.pool.PoolConcern;
import io.osmo.backend.error.Violation;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Reader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The add-ons of a backend (ST-2): those that nodes need before there are any, and those that need nodes. */
public final class AddonConcern implements Concern<AwsContext> {
    /** Service account of the EBS CSI driver's controller. */
    private static final String EBS_CSI_ACCOUNT = "ebs-csi-controller-sa";
    /** Service account of Cluster Autoscaler; the manifests that install it use the same. */
    public static final String AUTOSCALER_ACCOUNT = "cluster-autoscaler";

    private static final String EBS_CSI = "aws-ebs-csi-driver";
    static final List<String> ON_NODES = List.of("coredns", EBS_CSI, "metrics-server", "eks-node-monitoring-agent");

    @Override
    public List<Needs> needs(Optional<BackendSpec> spec) {
        return List.of(ClusterAddon.NEEDS, PodIdentity.NEEDS);
    }

    @Override
    public List<Violation> validate(BackendSpec spec) {
        return AddonRules.validate(
                spec,
                Stream.concat(PoolConcern.ADDONS_BEFORE_NODES.stream(), ON_NODES.stream())
                        .toList());
    }

    /** Rules that need the versions that EKS offers; they are not read where the settings leave add-ons out. */
    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        return inventory
                .attachment(AddonVersions.class)
                .flatMap(versions -> VersionRules.wanted(spec, ClusterConcern.existingVersion(inventory), inventory)
                        .map(kubernetes -> AddonRules.check(spec, versions, kubernetes)))
                .orElse(List.of());
    }

    @Override
    public List<Reader<AwsContext>> readers() {
        return List.of(AddonReader.INSTANCE);
    }

    @Override
    public List<Resource<?>> wanted(AwsContext context, BackendSpec spec, Inventory inventory) {
        List<Resource<?>> graph = new ArrayList<>();
        boolean identities = context.offers(EksFeature.POD_IDENTITY);
        ResourceId upgraded = Upgrades.done(context, spec, inventory);
        if (identities) {
            graph.add(new PodIdentity(context, EBS_CSI_ACCOUNT, RoleKind.EBS_CSI, upgraded));
            if (context.settings().autoscaler() != Autoscaler.NONE) {
                graph.add(new PodIdentity(context, AUTOSCALER_ACCOUNT, RoleKind.CLUSTER_AUTOSCALER, upgraded));
            }
        }
        if (!context.offers(EksFeature.ADDONS)) {
            return graph;
        }
        KubernetesVersion version = ClusterConcern.version(spec, inventory);
        AddonVersions versions = inventory.attachment(AddonVersions.class).orElseGet(AddonVersions::none);
        Set<ResourceId> cluster = new HashSet<>(List.of(Ids.CLUSTER));
        cluster.add(upgraded);
        for (String name : PoolConcern.ADDONS_BEFORE_NODES) {
            graph.add(new ClusterAddon(context, name, configuration(name, spec), version, versions, cluster));
        }
        for (String name : ON_NODES) {
            Set<ResourceId> after = new HashSet<>(cluster);
            first(spec).ifPresent(pool -> after.addAll(PoolConcern.groups(context, pool, spec, inventory)));
            if (name.equals(EBS_CSI) && identities) {
                after.add(PodIdentity.id(EBS_CSI_ACCOUNT));
            }
            graph.add(new ClusterAddon(context, name, configuration(name, spec), version, versions, after));
        }
        return graph;
    }

    /** What gives Cluster Autoscaler its role. */
    public static ResourceId autoscalerIdentity() {
        return PodIdentity.id(AUTOSCALER_ACCOUNT);
    }

    /** What Cluster Autoscaler needs: its role, and nodes to run on. */
    public static Set<ResourceId> beforeAutoscaler(AwsContext context, BackendSpec spec, Inventory inventory) {
        Set<ResourceId> before = new HashSet<>();
        before.add(autoscalerIdentity());
        spec.operatorPool()
                .or(() -> first(spec))
                .ifPresent(pool -> before.addAll(PoolConcern.groups(context, pool, spec, inventory)));
        return before;
    }

    /** The pool that add-ons start on: the first one that has nodes from the start. */
    private static Optional<NodePool> first(BackendSpec spec) {
        return spec.pools().stream()
                .filter(pool -> pool.scale().initial() > 0)
                .findFirst()
                .or(() -> spec.pools().stream().findFirst());
    }

    /**
     * Configuration in each add-on's own schema: network policies are enforced, and deployments tolerate the taints of the
     * operator pool, since all other pools may have scaled to zero.
     */
    private static String configuration(String name, BackendSpec spec) {
        String tolerations = spec.operatorPool()
                .filter(pool -> !pool.taints().isEmpty())
                .map(pool -> "\"tolerations\":["
                        + pool.taints().stream().map(AddonConcern::toleration).collect(Collectors.joining(","))
                        + "]")
                .orElse("");
        return switch (name) {
            case "vpc-cni" -> "{\"enableNetworkPolicy\":\"true\"}";
            case "coredns", "metrics-server" -> tolerations.isEmpty() ? "" : "{" + tolerations + "}";
            case EBS_CSI -> tolerations.isEmpty() ? "" : "{\"controller\":{" + tolerations + "}}";
            default -> "";
        };
    }

    private static String toleration(Taint taint) {
        return "{\"key\":\"" + taint.key() + "\",\"operator\":\"Exists\",\"effect\":\""
                + taint.effect().kubernetes() + "\"}";
    }

    @Override
    public Optional<Deletable<?>> owned(AwsContext context, ResourceId id, Object observed) {
        if (id.equals(Ids.addon(id.name()))) {
            Set<ResourceId> after = id.name().equals(EBS_CSI)
                    ? Set.of(Ids.CLUSTER, PodIdentity.id(EBS_CSI_ACCOUNT))
                    : Set.of(Ids.CLUSTER);
            return Optional.of(new ExistingAddon(context, id.name(), after));
        }
        return id.kind().equals(PodIdentity.KIND)
                ? Optional.of(new PodIdentity(
                        context,
                        id.name(),
                        id.name().equals(AUTOSCALER_ACCOUNT) ? RoleKind.CLUSTER_AUTOSCALER : RoleKind.EBS_CSI))
                : Optional.empty();
    }
}
