// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.eks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.testkit.internal.aws.AwsTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eks.model.InvalidParameterException;
import software.amazon.awssdk.services.eks.model.NotFoundException;
import software.amazon.awssdk.services.eks.model.ResourceInUseException;

class ClustersTest extends AwsTest {
    @Test
    void a_deleted_cluster_leaves_an_interface_a_group_and_logs_behind() {
        List<String> subnets = cluster("c");
        eks.updateClusterConfig(r -> r.name("c")
                .logging(l -> l.clusterLogging(s -> s.typesWithStrings("api").enabled(true))));
        assertThatThrownBy(() -> eks.updateClusterVersion(r -> r.name("c").version("1.35")))
                .isInstanceOf(ResourceInUseException.class);
        time.advance(Duration.ofMinutes(3));
        pool("c", "cpu", "m7i.xlarge", subnets);
        time.advance(Duration.ofMinutes(3));
        eks.deleteNodegroup(r -> r.clusterName("c").nodegroupName("cpu"));
        time.advance(Duration.ofMinutes(5));
        eks.deleteCluster(r -> r.name("c"));
        time.advance(Duration.ofMinutes(4));

        assertThat(eks.listClusters().clusters()).isEmpty();
        assertThat(aws.inventory())
                .contains("log-group /aws/eks/c/cluster", "security-group eks-cluster-sg-c")
                .anyMatch(line -> line.startsWith("network-interface aws-K8S-"));
    }

    @Test
    void versions_go_up_one_minor_at_a_time() {
        cluster("c");

        assertThatThrownBy(() -> eks.updateClusterVersion(r -> r.name("c").version("1.34")))
                .isInstanceOf(InvalidParameterException.class);
        eks.updateClusterVersion(r -> r.name("c").version("1.35"));
        time.advance(Duration.ofMinutes(10));

        assertThat(eks.describeCluster(r -> r.name("c")).cluster().version()).isEqualTo("1.35");
    }

    @Test
    void a_refused_cluster_leaves_nothing_behind() {
        String vpc = vpc();
        List<String> subnets =
                List.of(subnet(vpc, "10.0.0.0/20", REGION + "a"), subnet(vpc, "10.0.16.0/20", REGION + "b"));
        String role = role("cluster", "eks.amazonaws.com", "AmazonEKSClusterPolicy");
        time.advance(Duration.ofSeconds(10));
        List<String> before = aws.inventory();

        refused(
                "InvalidParameterException",
                () -> eks.createCluster(r -> r.name("c")
                        .roleArn(role)
                        .resourcesVpcConfig(v -> v.subnetIds(subnets).endpointPublicAccess(false))));
        refused(
                "InvalidParameterException",
                () -> eks.createCluster(r -> r.name("c")
                        .roleArn(role)
                        .kubernetesNetworkConfig(k -> k.serviceIpv4Cidr("10.0.128.0/20"))
                        .resourcesVpcConfig(v -> v.subnetIds(subnets))));
        refused(
                "InvalidParameterException",
                () -> eks.createCluster(r -> r.name("c")
                        .roleArn(role)
                        .kubernetesNetworkConfig(k -> k.serviceIpv4Cidr("100.64.0.0/16"))
                        .resourcesVpcConfig(v -> v.subnetIds(subnets))));

        assertThat(aws.inventory()).isEqualTo(before);
    }

    @Test
    void tags_of_clusters_and_of_what_is_in_them_change() {
        cluster("c");
        String cluster = eks.describeCluster(r -> r.name("c")).cluster().arn();
        String addon = eks.describeAddon(r -> r.clusterName("c").addonName("vpc-cni"))
                .addon()
                .addonArn();

        for (String arn : List.of(cluster, addon)) {
            eks.tagResource(r -> r.resourceArn(arn).tags(Map.of("a", "1", "b", "2")));
            eks.untagResource(r -> r.resourceArn(arn).tagKeys("a"));
            assertThat(eks.listTagsForResource(r -> r.resourceArn(arn)).tags()).isEqualTo(Map.of("b", "2"));
        }
        assertThatThrownBy(() -> eks.listTagsForResource(r -> r.resourceArn(cluster + "x")))
                .isInstanceOf(NotFoundException.class);
    }
}
