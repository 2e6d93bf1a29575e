// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cluster;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Concern;
import io.osmo.backend.aws.internal.Reader;
import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import io.osmo.backend.aws.internal.catalog.VersionRules;
import io.osmo.backend.aws.internal.identity.IamRole;
import io.osmo.backend.aws.internal.identity.RoleKind;
import io.osmo.backend.aws.internal.network.NetworkLayout;
import io.osmo.backend.error.Violation;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/** The control plane of a backend. */
public final class ClusterConcern implements Concern {
    public static final ResourceId CLUSTER = EksCluster.ID;

    /** Add-ons without which nodes do not become ready. */
    public static final List<String> ADDONS_BEFORE_NODES = List.of("vpc-cni", "kube-proxy", "eks-pod-identity-agent");

    @Override
    public List<Violation> validate(BackendSpec spec) {
        List<Violation> violations = new ArrayList<>(ClusterRules.validate(spec));
        violations.addAll(VersionRules.validate(spec));
        return violations;
    }

    /** The cluster itself is read by {@link ClusterReader}, ahead of all that is in it and of the versions it might get. */
    @Override
    public List<Reader> readers() {
        return List.of(new AccessReader());
    }

    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        return VersionRules.check(spec, standing(inventory), inventory);
    }

    /** Version of the control plane that stands. */
    public static Optional<KubernetesVersion> standing(Inventory inventory) {
        return inventory.find(EksCluster.ID, Cluster.class).flatMap(c -> KubernetesVersion.parse(c.version()));
    }

    /** Version that the backend shall have; {@link #check} has made sure that there is one. */
    public static KubernetesVersion wanted(BackendSpec spec, Inventory inventory) {
        return VersionRules.wanted(spec, standing(inventory), inventory)
                .orElseThrow(() -> new IllegalStateException("EKS offers no Kubernetes version in standard support"));
    }

    /** Steps that the control plane still has to go. */
    public static List<KubernetesVersion> steps(AwsContext aws, BackendSpec spec, Inventory inventory) {
        return aws.settings().offers(EksFeature.VERSION_UPDATES)
                ? standing(inventory)
                        .map(from -> Upgrades.between(from, wanted(spec, inventory)))
                        .orElse(List.of())
                : List.of();
    }

    /** What brings the control plane to the wanted version, for what comes after that. */
    public static ResourceId upgraded(AwsContext aws, BackendSpec spec, Inventory inventory) {
        List<KubernetesVersion> steps = steps(aws, spec, inventory);
        return steps.isEmpty() ? EksCluster.ID : ControlPlaneUpgrade.id(steps.get(steps.size() - 1));
    }

    /** Id of a node group's following of one step. */
    public static ResourceId follower(KubernetesVersion step, String nodeGroup) {
        return ResourceId.of("node-group-version", step + "/" + nodeGroup);
    }

    @Override
    public List<Resource<?>> wanted(AwsContext aws, BackendSpec spec, Inventory inventory) {
        List<Resource<?>> graph = new ArrayList<>();
        graph.add(new EksCluster(
                aws,
                ClusterWish.of(
                        spec,
                        wanted(spec, inventory),
                        NetworkLayout.of(spec, inventory).nodeSubnets())));
        ResourceId last = EksCluster.ID;
        for (KubernetesVersion step : steps(aws, spec, inventory)) {
            Set<ResourceId> before = new HashSet<>(followers(step.previous(), inventory));
            before.add(last);
            graph.add(new ControlPlaneUpgrade(aws, step, before));
            last = ControlPlaneUpgrade.id(step);
        }
        if (aws.settings().offers(EksFeature.ACCESS_ENTRIES)) {
            spec.admins().stream().distinct().forEach(principal -> graph.add(new AdminAccess(aws, principal)));
        }
        return graph;
    }

    /** What a node group's following of one step comes after, beside its following of the step before. */
    public static ResourceId reached(KubernetesVersion step, Inventory inventory) {
        return standing(inventory).filter(now -> step.compareTo(now) <= 0).isPresent()
                ? EksCluster.ID
                : ControlPlaneUpgrade.id(step);
    }

    /** The following of one step by all node groups that are behind. */
    private static Set<ResourceId> followers(KubernetesVersion step, Inventory inventory) {
        Set<ResourceId> followers = new HashSet<>();
        inventory.observed().forEach((id, observed) -> {
            if (observed.value() instanceof Nodegroup group
                    && id.kind().equals("node-group")
                    && KubernetesVersion.of(group.version()).compareTo(step) < 0) {
                followers.add(follower(step, id.name()));
            }
        });
        return followers;
    }

    @Override
    public Optional<Deletable<?>> owned(AwsContext aws, ResourceId id, Object observed) {
        if (id.equals(EksCluster.ID)) {
            return Optional.of(new Standing(aws, beforeCluster(aws)));
        }
        return id.kind().equals(AdminAccess.KIND) ? Optional.of(new AdminAccess(aws, id.name())) : Optional.empty();
    }

    /** What a cluster needs until it is deleted. */
    private static Set<ResourceId> beforeCluster(AwsContext aws) {
        Set<ResourceId> before = new HashSet<>(NetworkLayout.possibleNodeSubnets(aws.region()));
        before.add(IamRole.id(RoleKind.CLUSTER));
        before.add(Prerequisites.KEY);
        return before;
    }
}
