// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.aws.AwsClients;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.internal.aws.AwsModels;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DomainType;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.AMITypes;
import software.amazon.awssdk.services.eks.model.ClusterStatus;
import software.amazon.awssdk.services.eks.model.InvalidParameterException;
import software.amazon.awssdk.services.eks.model.NodegroupIssueCode;
import software.amazon.awssdk.services.eks.model.NodegroupStatus;
import software.amazon.awssdk.services.eks.model.ResourceInUseException;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;

/** The emulated services, called directly, every request and response held against the vendor's models. */
class EmulatedAwsTest {
    private static final String REGION = "us-west-2";

    private VirtualTime time;
    private AwsModels models;
    private EmulatedAws aws;
    private AwsClients clients;
    private Ec2Client ec2;
    private EksClient eks;

    @BeforeEach
    void open() {
        time = VirtualTime.of(0, Duration.ofMillis(200), Instant.parse("2026-11-24T00:00:00Z"));
        models = Models.load();
        aws = EmulatedAws.builder(time).pageSize(2).inspector(models).build();
        clients = aws.open(REGION, EksSettings.defaults());
        ec2 = clients.ec2();
        eks = clients.eks();
    }

    @AfterEach
    void nothing_broke_the_models() {
        assertThat(models.violations()).isEmpty();
        aws.close();
    }

    private static void refused(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code));
    }

    private String vpc() {
        return ec2.createVpc(r -> r.cidrBlock("10.0.0.0/16")).vpc().vpcId();
    }

    private String subnet(String vpc, String cidr, String zone) {
        return ec2.createSubnet(r -> r.vpcId(vpc).cidrBlock(cidr).availabilityZone(zone))
                .subnet()
                .subnetId();
    }

    private String role(String name, String service, String... policies) {
        String arn = clients.iam()
                .createRole(r -> r.roleName(name)
                        .assumeRolePolicyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                                + "\"Principal\":{\"Service\":\"" + service + "\"},\"Action\":\"sts:AssumeRole\"}]}"))
                .role()
                .arn();
        for (String policy : policies) {
            clients.iam().attachRolePolicy(r -> r.roleName(name).policyArn("arn:aws:iam::aws:policy/" + policy));
        }
        return arn;
    }

    private List<String> cluster(String name) {
        String vpc = vpc();
        List<String> subnets =
                List.of(subnet(vpc, "10.0.0.0/20", REGION + "a"), subnet(vpc, "10.0.16.0/20", REGION + "b"));
        String role = role("cluster", "eks.amazonaws.com", "AmazonEKSClusterPolicy");
        role("node", "ec2.amazonaws.com", "AmazonEKSWorkerNodePolicy");
        time.advance(Duration.ofSeconds(10));
        eks.createCluster(r -> r.name(name)
                .roleArn(role)
                .version("1.34")
                .accessConfig(a -> a.authenticationMode("API"))
                .bootstrapSelfManagedAddons(false)
                .resourcesVpcConfig(v -> v.subnetIds(subnets).endpointPrivateAccess(true)));
        time.advance(Duration.ofMinutes(10));
        eks.createAddon(r -> r.clusterName(name).addonName("vpc-cni"));
        time.advance(Duration.ofMinutes(1));
        return subnets;
    }

    private void pool(String cluster, String name, String type, List<String> subnets) {
        eks.createNodegroup(r -> r.clusterName(cluster)
                .nodegroupName(name)
                .nodeRole("arn:aws:iam::123456789012:role/node")
                .subnets(subnets)
                .instanceTypes(type)
                .amiType(type.startsWith("p") ? AMITypes.AL2023_X86_64_NVIDIA : AMITypes.AL2023_X86_64_STANDARD)
                .labels(java.util.Map.of("node-type", name))
                .taints(t -> t.key("pool").value(name).effect("NO_SCHEDULE"))
                .scalingConfig(s -> s.minSize(1).maxSize(3).desiredSize(2)));
    }

    @Test
    void subnets_outside_or_overlapping_are_refused() {
        String vpc = vpc();
        subnet(vpc, "10.0.0.0/20", REGION + "a");

        refused("InvalidSubnet.Conflict", () -> subnet(vpc, "10.0.8.0/24", REGION + "a"));
        refused("InvalidSubnet.Range", () -> subnet(vpc, "10.1.0.0/24", REGION + "a"));
        refused("InvalidParameterValue", () -> subnet(vpc, "10.0.64.0/24", REGION + "z"));
        refused("InvalidVpcID.NotFound", () -> subnet("vpc-0", "10.0.0.0/24", REGION + "a"));
        refused("InvalidVpc.Range", () -> ec2.createVpc(r -> r.cidrBlock("10.0.0.0/8")));
    }

    @Test
    void what_is_in_use_is_not_deleted() {
        String vpc = vpc();
        String subnet = subnet(vpc, "10.0.0.0/20", REGION + "a");
        String gateway = ec2.createInternetGateway().internetGateway().internetGatewayId();
        ec2.attachInternetGateway(r -> r.internetGatewayId(gateway).vpcId(vpc));
        String address = ec2.allocateAddress(r -> r.domain(DomainType.VPC)).allocationId();
        String nat = ec2.createNatGateway(
                        r -> r.subnetId(subnet).allocationId(address).clientToken("once"))
                .natGateway()
                .natGatewayId();

        assertThat(ec2.createNatGateway(
                                r -> r.subnetId(subnet).allocationId(address).clientToken("once"))
                        .natGateway()
                        .natGatewayId())
                .isEqualTo(nat);
        refused("DependencyViolation", () -> ec2.deleteVpc(r -> r.vpcId(vpc)));
        refused("DependencyViolation", () -> ec2.deleteSubnet(r -> r.subnetId(subnet)));
        refused("DependencyViolation", () -> ec2.deleteInternetGateway(r -> r.internetGatewayId(gateway)));
        refused(
                "DependencyViolation",
                () -> ec2.detachInternetGateway(
                        r -> r.internetGatewayId(gateway).vpcId(vpc)));
        refused("InvalidIPAddress.InUse", () -> ec2.releaseAddress(r -> r.allocationId(address)));

        time.advance(Duration.ofMinutes(2));
        ec2.deleteNatGateway(r -> r.natGatewayId(nat));
        time.advance(Duration.ofMinutes(1));
        assertThat(ec2.describeNatGateways(r -> r.natGatewayIds(nat))
                        .natGateways()
                        .get(0)
                        .state())
                .isEqualTo(NatGatewayState.DELETED);
        ec2.releaseAddress(r -> r.allocationId(address));
        ec2.detachInternetGateway(r -> r.internetGatewayId(gateway).vpcId(vpc));
        ec2.deleteInternetGateway(r -> r.internetGatewayId(gateway));
        ec2.deleteSubnet(r -> r.subnetId(subnet));
        ec2.deleteVpc(r -> r.vpcId(vpc));
        assertThat(aws.inventory()).isEmpty();
    }

    @Test
    void lists_come_in_pages_and_each_page_counts_once() {
        for (int i = 0; i < 5; i++) {
            vpc();
        }
        aws.forgetCalls();

        assertThat(ec2.describeVpcsPaginator().vpcs().stream().count()).isEqualTo(5);
        assertThat(aws.calls()).hasSize(3).allMatch(Call::reads);
        refused("VpcLimitExceeded", this::vpc);
        refused(
                "InvalidParameterValue",
                () -> ec2.describeVpcs(r -> r.filters(f -> f.name("bogus").values("x"))));
    }

    @Test
    void a_role_is_not_assumable_at_once_and_not_deletable_with_policies() {
        String vpc = vpc();
        List<String> subnets =
                List.of(subnet(vpc, "10.0.0.0/20", REGION + "a"), subnet(vpc, "10.0.16.0/20", REGION + "b"));
        String role = role("young", "eks.amazonaws.com", "AmazonEKSClusterPolicy");

        assertThatThrownBy(() ->
                        eks.createCluster(r -> r.name("c").roleArn(role).resourcesVpcConfig(v -> v.subnetIds(subnets))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("could not be assumed");
        assertThatThrownBy(() -> clients.iam().deleteRole(r -> r.roleName("young")))
                .isInstanceOf(DeleteConflictException.class);
    }

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
    void versions_go_up_one_minor_at_a_time() {
        cluster("c");

        assertThatThrownBy(() -> eks.updateClusterVersion(r -> r.name("c").version("1.34")))
                .isInstanceOf(InvalidParameterException.class);
        eks.updateClusterVersion(r -> r.name("c").version("1.35"));
        time.advance(Duration.ofMinutes(10));

        assertThat(eks.describeCluster(r -> r.name("c")).cluster().version()).isEqualTo("1.35");
    }

    @Test
    void faults_strike_by_rule() {
        aws.faults().onCall("ec2:CreateVpc").nth(2).loseResponse();
        aws.faults().onCall("ec2:Delete*").times(1).throttle();
        aws.faults().onCall("ec2:CreateSubnet").deny();
        String vpc = vpc();

        assertThatThrownBy(this::vpc).isInstanceOf(SdkClientException.class);
        assertThat(aws.inventory()).hasSize(2);
        refused("ThrottlingException", () -> ec2.deleteVpc(r -> r.vpcId(vpc)));
        ec2.deleteVpc(r -> r.vpcId(vpc));
        refused("UnauthorizedOperation", () -> subnet("vpc-0", "10.0.0.0/24", REGION + "a"));
        aws.faults().onCall("ec2:DescribeVpcs").crashBefore();
        assertThatThrownBy(() -> ec2.describeVpcs()).isInstanceOf(VirtualTime.SimulatedCrash.class);
    }

    @Test
    void what_is_not_emulated_says_so() {
        assertThatThrownBy(() -> ec2.runInstances(r -> r.minCount(1).maxCount(1)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasStackTraceContaining("Ec2Client.runInstances");
    }
}
