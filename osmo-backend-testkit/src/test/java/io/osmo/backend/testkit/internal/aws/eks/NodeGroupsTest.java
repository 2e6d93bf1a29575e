// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.eks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.testkit.internal.aws.AwsTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eks.model.ClusterStatus;
import software.amazon.awssdk.services.eks.model.InvalidParameterException;
import software.amazon.awssdk.services.eks.model.NodegroupIssueCode;
import software.amazon.awssdk.services.eks.model.NodegroupStatus;
import software.amazon.awssdk.services.eks.model.ResourceInUseException;

class NodeGroupsTest extends AwsTest {
    @Test
    void nodes_follow_the_node_group() {
        List<String> subnets = cluster("c");
        assertThat(eks.describeCluster(r -> r.name("c")).cluster().status()).isEqualTo(ClusterStatus.ACTIVE);

        pool("c", "cpu", "m7i.xlarge", subnets);
        time.advance(Duration.ofMinutes(3));

        assertThat(eks.describeNodegroup(r -> r.clusterName("c").nodegroupName("cpu"))
                        .nodegroup()
                        .status())
                .isEqualTo(NodegroupStatus.ACTIVE);
        var cluster = aws.cluster(REGION, "c");
        assertThat(cluster.nodes()).hasSize(2).extracting(n -> n.zone()).doesNotHaveDuplicates();
        assertThat(cluster.json("Node", "", cluster.nodes().get(0).name()))
                .contains("\"node-type\":\"cpu\"", "containerd://2.2.4", "v1.34.", "aws:///us-west-2a/i-");
        assertThatThrownBy(() -> eks.deleteCluster(r -> r.name("c"))).isInstanceOf(ResourceInUseException.class);

        eks.updateNodegroupConfig(r -> r.clusterName("c")
                .nodegroupName("cpu")
                .scalingConfig(s -> s.minSize(3).desiredSize(3)));
        assertThatThrownBy(() -> eks.updateNodegroupConfig(
                        r -> r.clusterName("c").nodegroupName("cpu").scalingConfig(s -> s.maxSize(5))))
                .isInstanceOf(ResourceInUseException.class);
        time.advance(Duration.ofMinutes(3));
        assertThat(aws.cluster(REGION, "c").nodes()).hasSize(3);
    }

    @Test
    void a_stock_out_is_an_issue_of_the_group_and_fails_it_in_the_end() {
        List<String> subnets = cluster("c");
        aws.faults().stockOut("p5.48xlarge", REGION + "a");
        aws.faults().stockOut("p5.48xlarge", REGION + "b");

        pool("c", "gpu", "p5.48xlarge", subnets);
        time.advance(Duration.ofMinutes(25));

        var group = eks.describeNodegroup(r -> r.clusterName("c").nodegroupName("gpu"))
                .nodegroup();
        assertThat(group.status()).isEqualTo(NodegroupStatus.CREATE_FAILED);
        assertThat(group.health().issues().get(0).code()).isEqualTo(NodegroupIssueCode.ASG_INSTANCE_LAUNCH_FAILURES);
        assertThat(group.health().issues().get(0).message()).contains("InsufficientInstanceCapacity");
    }

    @Test
    void groups_that_contradict_themselves_are_refused() {
        List<String> subnets = cluster("c");

        refusedPool("is not a valid instance type", subnets, "m7g.xlarge", 1);
        refusedPool("do not exist", subnets, "m7i.huge", 1);
        refusedPool("can't be less than min size", subnets, "m7i.xlarge", 0);
        assertThatThrownBy(() -> eks.createNodegroup(r -> r.clusterName("c")
                        .nodegroupName("p")
                        .nodeRole("arn:aws:iam::123456789012:role/node")
                        .subnets(subnets)
                        .labels(Map.of("eks.amazonaws.com/x", "y"))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("reserved prefixes");
        assertThat(eks.listNodegroups(r -> r.clusterName("c")).nodegroups()).isEmpty();
    }

    private void refusedPool(String problem, List<String> subnets, String type, int desired) {
        assertThatThrownBy(() -> eks.createNodegroup(r -> r.clusterName("c")
                        .nodegroupName("p")
                        .nodeRole("arn:aws:iam::123456789012:role/node")
                        .subnets(subnets)
                        .instanceTypes(type)
                        .scalingConfig(s -> s.minSize(1).maxSize(2).desiredSize(desired))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining(problem);
    }
}
