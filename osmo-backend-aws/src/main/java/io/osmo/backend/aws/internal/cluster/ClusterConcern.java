// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cluster;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Caller;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import io.osmo.backend.aws.internal.catalog.VersionRules;
import io.osmo.backend.aws.internal.identity.IamRole;
import io.osmo.backend.aws.internal.identity.ObservedRole;
import io.osmo.backend.aws.internal.identity.RoleKind;
import io.osmo.backend.aws.internal.network.NetworkLayout;
import io.osmo.backend.error.Violation;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.ApiReach;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Reader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.NodegroupStatus;

/** The control plane of a backend, and what the settings leave out of a backend. */
public final class ClusterConcern implements Concern<AwsContext> {
    @Override
    public List<Needs> needs(Optional<BackendSpec> spec) {
        boolean admins = spec.isEmpty() || !spec.get().admins().isEmpty();
        return List.of(
                EksCluster.NEEDS, ControlPlaneUpgrade.NEEDS, admins ? AdminAccess.NEEDS : AdminAccess.NEEDS.removal());
    }

    @Override
    public List<Violation> validate(BackendSpec spec) {
        List<Violation> violations = new ArrayList<>(ClusterRules.validate(spec));
        violations.addAll(VersionRules.validate(spec));
        return violations;
    }

    @Override
    public List<Reader<AwsContext>> readers() {
        return List.of(
                ClusterReader.INSTANCE,
                VersionsReader.INSTANCE,
                AccessReader.INSTANCE,
                AdminReader.INSTANCE,
                LostNetworkReader.INSTANCE);
    }

    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        List<Violation> violations = new ArrayList<>(VersionRules.check(spec, existingVersion(inventory), inventory));
        violations.addAll(AdminRules.check(spec, inventory));
        return violations;
    }

    @Override
    public List<String> warnings(AwsContext context, Optional<BackendSpec> spec, Inventory inventory) {
        List<String> warnings = new ArrayList<>(context.settings().omitted().stream()
                .sorted()
                .map(feature -> feature + " is omitted by the settings: " + feature.consequence())
                .toList());
        spec.ifPresent(wanted -> {
            newer(wanted, inventory).ifPresent(warnings::add);
            warnings.addAll(keptAccess(context, wanted, inventory));
            nodesWithoutAccess(context, inventory).ifPresent(warnings::add);
            closes(wanted, inventory).ifPresent(warnings::add);
            warnings.addAll(AdminRules.warnings(wanted, inventory));
        });
        return warnings;
    }

    /** EKS raises versions at the end of their support, and people do; there is no way back. */
    private static Optional<String> newer(BackendSpec spec, Inventory inventory) {
        return spec.kubernetesVersion()
                .flatMap(KubernetesVersion::parse)
                .flatMap(pinned -> existingVersion(inventory)
                        .filter(existing -> existing.compareTo(pinned) > 0)
                        .map(existing -> "The cluster runs Kubernetes " + existing + ", newer than " + pinned
                                + " of the spec. EKS cannot downgrade it: name " + existing + " in the spec."));
    }

    /** EKS makes the entry with the first node group, and not again. */
    private static Optional<String> nodesWithoutAccess(AwsContext context, Inventory inventory) {
        return inventory
                .find(IamRole.id(RoleKind.NODE), ObservedRole.class)
                .map(node -> node.role().arn())
                .filter(arn -> context.offers(EksFeature.ACCESS_ENTRIES)
                        && inventory.observed().values().stream()
                                .anyMatch(found -> found.ownership() == Observed.Ownership.OURS
                                        && found.value() instanceof Nodegroup group
                                        && group.status() == NodegroupStatus.ACTIVE
                                        && arn.equals(group.nodeRole()))
                        && !inventory.observed().containsKey(AdminAccess.id(arn)))
                .map(arn ->
                        "The cluster has no access entry of the node role, so it refuses the kubelets of its nodes. Create"
                                + " it: aws eks create-access-entry --cluster-name " + context.name()
                                + " --principal-arn " + arn
                                + " --type EC2_LINUX");
    }

    /** Who loses the way to the API server. */
    private static Optional<String> closes(BackendSpec spec, Inventory inventory) {
        return inventory
                .find(Ids.CLUSTER, Cluster.class)
                .map(Cluster::resourcesVpcConfig)
                .filter(now -> Boolean.TRUE.equals(now.endpointPublicAccess()))
                .flatMap(now -> ApiReach.open(now.publicAccessCidrs())
                        .warning(
                                spec.apiEndpoint().publicAccess()
                                        ? ApiReach.open(spec.apiEndpoint().publicCidrs())
                                        : ApiReach.CLOSED,
                                Optional.empty()));
    }

    private static List<String> keptAccess(AwsContext context, BackendSpec spec, Inventory inventory) {
        return inventory.observed().entrySet().stream()
                .filter(found -> found.getKey().kind().equals(AdminAccess.KIND)
                        && found.getValue().ownership() == Observed.Ownership.OURS
                        && !spec.admins().contains(found.getKey().name())
                        && new AdminAccess(context, found.getKey().name()).admits(Caller.of(inventory)))
                .map(found -> found.getKey().name()
                        + " is no longer among the admins, and keeps its access, since it is the caller. Apply as another"
                        + " administrator to remove it.")
                .toList();
    }

    @Override
    public List<Guard> guards(AwsContext context, Inventory inventory, Set<ResourceId> removed) {
        return inventory
                .find(Ids.CLUSTER, Cluster.class)
                .filter(cluster -> removed.contains(Ids.CLUSTER) && Boolean.TRUE.equals(cluster.deletionProtection()))
                .map(cluster -> new Guard(
                        "cluster/" + context.name(),
                        "is protected against deletion",
                        "Set deletionProtection to false in the spec and apply it first."))
                .stream()
                .toList();
    }

    /** The caller's own access is deleted with the cluster and never before, because the caller would lock itself out. */
    @Override
    public List<Deletable<?>> arrange(AwsContext context, Inventory inventory, List<Deletable<?>> owned) {
        return owned.stream()
                .filter(each -> !(each instanceof AdminAccess access && access.admits(Caller.of(inventory))))
                .toList();
    }

    /** Version of the control plane that exists. */
    public static Optional<KubernetesVersion> existingVersion(Inventory inventory) {
        return inventory.find(Ids.CLUSTER, Cluster.class).flatMap(c -> KubernetesVersion.parse(c.version()));
    }

    /** Desired version of the backend; {@link #check} has ensured that there is one. */
    public static KubernetesVersion version(BackendSpec spec, Inventory inventory) {
        return VersionRules.wanted(spec, existingVersion(inventory), inventory)
                .orElseThrow(() -> new IllegalStateException("EKS offers no Kubernetes version in standard support"));
    }

    /** Version of new nodes: the pinned one also where the control plane is ahead, as nodes may be older. */
    public static KubernetesVersion nodeVersion(BackendSpec spec, Inventory inventory) {
        return spec.kubernetesVersion().flatMap(KubernetesVersion::parse).orElseGet(() -> version(spec, inventory));
    }

    @Override
    public List<Resource<?>> wanted(AwsContext context, BackendSpec spec, Inventory inventory) {
        List<Resource<?>> graph = new ArrayList<>();
        graph.add(new EksCluster(
                context,
                DesiredCluster.of(
                        spec,
                        version(spec, inventory),
                        NetworkLayout.of(spec, inventory).nodeSubnets())));
        ResourceId last = Ids.CLUSTER;
        for (KubernetesVersion step : Upgrades.steps(context, spec, inventory)) {
            Set<ResourceId> before = Upgrades.nodeGroups(step.previous(), inventory);
            before.add(last);
            graph.add(new ControlPlaneUpgrade(context, step, before));
            last = Upgrades.controlPlane(step);
        }
        if (context.offers(EksFeature.ACCESS_ENTRIES)) {
            Set<ResourceId> upgraded = new HashSet<>(Set.of(Ids.CLUSTER));
            upgraded.add(last);
            spec.admins().stream()
                    .distinct()
                    .forEach(principal -> graph.add(new AdminAccess(context, principal, upgraded)));
        }
        return graph;
    }

    @Override
    public Optional<Deletable<?>> owned(AwsContext context, ResourceId id, Object observed) {
        if (id.equals(Ids.CLUSTER)) {
            return Optional.of(new ExistingCluster(context));
        }
        return id.kind().equals(AdminAccess.KIND) ? Optional.of(new AdminAccess(context, id.name())) : Optional.empty();
    }
}
