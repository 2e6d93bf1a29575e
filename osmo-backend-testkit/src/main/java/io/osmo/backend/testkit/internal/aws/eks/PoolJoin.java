// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.eks;

import io.osmo.backend.testkit.internal.aws.ec2.Reach;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.eks.model.AuthenticationMode;
import software.amazon.awssdk.services.eks.model.Cluster;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.VpcConfigResponse;

/**
 * Decides whether instances become nodes. One that cannot runs on, and its console says what its agent tried.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/troubleshooting.html">EKS: nodes fail to join cluster</a>
 */
final class PoolJoin {
    private static final String ANYWHERE = "0.0.0.0/0";
    private static final List<String> WORKER_POLICIES =
            List.of("policy/AmazonEKSWorkerNodePolicy", "policy/AmazonEKSWorkerNodeMinimalPolicy");

    private final Eks eks;
    private final PoolNodes nodes;
    /** Instances whose nodes started without the network plugin. */
    private final Set<String> withoutNetwork = new HashSet<>();

    PoolJoin(Eks eks, PoolNodes nodes) {
        this.eks = eks;
        this.nodes = nodes;
    }

    /** Lets an instance join unless it is a node, and returns what its console says when it cannot. */
    Optional<String> join(Nodegroup group, Instance instance) {
        if (isNode(group, instance)) {
            if (hasNetwork(group) && withoutNetwork.remove(instance.instanceId())) {
                nodes.join(group, instance);
            }
            return Optional.empty();
        }
        Optional<String> obstacle = obstacle(group, instance);
        obstacle.ifPresentOrElse(
                text -> eks.ec2.consoles.put(instance.instanceId(), text), () -> start(group, instance));
        return obstacle;
    }

    /** A node that starts without the network plugin waits for it; one that runs keeps what it has. */
    private void start(Nodegroup group, Instance instance) {
        nodes.join(group, instance);
        if (!hasNetwork(group)) {
            withoutNetwork.add(instance.instanceId());
            eks.kubernetes(group.clusterName()).loseNetwork(instance.privateDnsName());
        }
    }

    boolean hasNetwork(Nodegroup group) {
        return eks.kubernetes(group.clusterName()).has("DaemonSet", "kube-system", "aws-node");
    }

    /** Writes a node again after a change of its group. */
    void refresh(Nodegroup group, Instance instance) {
        if (isNode(group, instance)) {
            nodes.join(group, instance);
        }
    }

    private boolean isNode(Nodegroup group, Instance instance) {
        return eks.kubernetes(group.clusterName()).has("Node", "", instance.privateDnsName());
    }

    private Optional<String> obstacle(Nodegroup group, Instance instance) {
        Cluster cluster = eks.clusters.get(group.clusterName());
        Subnet subnet = eks.ec2.subnets.get(instance.subnetId());
        String host = cluster.endpoint().replace("https://", "");
        if (!Reach.resolvesNames(eks.ec2, subnet)) {
            return Optional.of("nodeadm: dial tcp: lookup eks." + eks.region + ".amazonaws.com: no such host");
        }
        if (!leaves(instance, subnet)) {
            return Optional.of("nodeadm: dial tcp " + host + ":443: i/o timeout");
        }
        if (!Reach.reachesRegistries(eks.ec2, subnet)) {
            return Optional.of("nodeadm: Post https://api.ecr." + eks.region + ".amazonaws.com/: i/o timeout");
        }
        if (!admits(cluster.resourcesVpcConfig())) {
            return Optional.of("kubelet: dial tcp " + host + ":443: i/o timeout");
        }
        boolean policies = eks.iam
                .assumable(group.nodeRole())
                .filter(role ->
                        WORKER_POLICIES.stream().anyMatch(policy -> role.has(eks.account.awsOwned("iam", policy))))
                .isPresent();
        if (!policies) {
            return Optional.of("nodeadm: UnauthorizedOperation: not authorized to perform: ec2:DescribeInstances");
        }
        return isKnown(cluster, group)
                ? Optional.empty()
                : Optional.of("kubelet: Unable to register node with API server: Unauthorized");
    }

    private boolean leaves(Instance instance, Subnet subnet) {
        return Reach.mayLeaveSubnet(eks.ec2, subnet)
                && instance.securityGroups().stream()
                        .map(GroupIdentifier::groupId)
                        .anyMatch(group -> Reach.mayLeaveGroup(eks.ec2, group));
    }

    /** Nodes in the network use the private endpoint; without one, they need a public one that is open to their address. */
    private static boolean admits(VpcConfigResponse endpoints) {
        return endpoints.endpointPrivateAccess()
                || endpoints.endpointPublicAccess()
                        && endpoints.publicAccessCidrs().contains(ANYWHERE);
    }

    private boolean isKnown(Cluster cluster, Nodegroup group) {
        return cluster.accessConfig().authenticationMode() == AuthenticationMode.CONFIG_MAP
                || eks.accessEntries.has(cluster.name() + "/" + group.nodeRole());
    }
}
