// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.aws;

import static io.osmo.backend.tests.aws.EksBackend.REGION;
import static io.osmo.backend.tests.aws.EksBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.UnsupportedChangeException;
import io.osmo.backend.spec.BackendSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DomainType;
import software.amazon.awssdk.services.eks.model.InvalidParameterException;

/** What the spec refers to as existing is used and checked, and never changed or deleted. */
class EksExistingTest {
    private static Ec2Client ec2(EksBackend backend) {
        return backend.aws().open(REGION, EksSettings.defaults()).ec2();
    }

    /** A network of somebody else. */
    private record Network(String vpc, List<String> subnets) {
        static Network in(EksBackend backend) {
            Ec2Client ec2 = ec2(backend);
            String vpc = ec2.createVpc(r -> r.cidrBlock("10.8.0.0/16")).vpc().vpcId();
            backend.clouds.time().advance(Duration.ofMinutes(1));
            ec2.modifyVpcAttribute(r -> r.vpcId(vpc).enableDnsHostnames(v -> v.value(true)));
            String gateway =
                    ec2.createInternetGateway(r -> {}).internetGateway().internetGatewayId();
            ec2.attachInternetGateway(r -> r.vpcId(vpc).internetGatewayId(gateway));
            String open = ec2.createRouteTable(r -> r.vpcId(vpc)).routeTable().routeTableId();
            ec2.createRoute(
                    r -> r.routeTableId(open).destinationCidrBlock("0.0.0.0/0").gatewayId(gateway));
            String outside = subnet(ec2, vpc, open, "a", 224);
            String address = ec2.allocateAddress(r -> r.domain(DomainType.VPC)).allocationId();
            String nat = ec2.createNatGateway(r -> r.subnetId(outside).allocationId(address))
                    .natGateway()
                    .natGatewayId();
            backend.clouds.time().advance(Duration.ofMinutes(5));
            String table = ec2.createRouteTable(r -> r.vpcId(vpc)).routeTable().routeTableId();
            ec2.createRoute(
                    r -> r.routeTableId(table).destinationCidrBlock("0.0.0.0/0").natGatewayId(nat));
            return new Network(vpc, List.of(subnet(ec2, vpc, table, "a", 0), subnet(ec2, vpc, table, "b", 32)));
        }

        private static String subnet(Ec2Client ec2, String vpc, String table, String zone, int third) {
            String id = ec2.createSubnet(
                            r -> r.vpcId(vpc).availabilityZone(REGION + zone).cidrBlock("10.8." + third + ".0/19"))
                    .subnet()
                    .subnetId();
            ec2.associateRouteTable(r -> r.routeTableId(table).subnetId(id));
            ec2.createTags(r -> r.resources(id)
                    .tags(t -> t.key("kubernetes.io/role/internal-elb").value("1")));
            return id;
        }

        BackendSpec spec() {
            return EksBackend.spec(s -> s.network(n -> n.existing(vpc, subnets.toArray(String[]::new))));
        }
    }

    @Test
    void an_existing_network_is_used_and_left_as_it_was() {
        try (EksBackend backend = new EksBackend()) {
            Network network = Network.in(backend);
            List<String> before = backend.aws().inventory();

            backend.applied(network.spec());

            assertThat(ec2(backend).describeVpcs().vpcs()).hasSize(1);
            backend.destroyed();
            assertThat(backend.remains()).isEqualTo(before);
        }
    }

    @Test
    void a_cluster_does_not_move_to_another_network() {
        try (EksBackend backend = new EksBackend()) {
            Network network = Network.in(backend);
            backend.applied(network.spec());

            assertThatThrownBy(() -> backend.osmo.plan(EksBackend.spec()))
                    .isInstanceOf(UnsupportedChangeException.class)
                    .hasMessageContaining("network.existing.id: " + network.vpc() + " -> a new VPC (eks-cluster/main)");
        }
    }

    @Test
    void a_cluster_of_our_own_network_does_not_move_to_an_existing_one() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(EksBackend.spec());
            Network network = Network.in(backend);

            assertThatThrownBy(() -> backend.osmo.plan(network.spec()))
                    .isInstanceOf(UnsupportedChangeException.class)
                    .hasMessageContaining("network.existing.id: vpc-")
                    .hasMessageContaining(" -> " + network.vpc() + " (leave it out again if vpc-");
            List<String> subnets = network.subnets();
            assertThatThrownBy(() -> backend.clients()
                            .eks()
                            .updateClusterConfig(
                                    r -> r.name(EksBackend.NAME).resourcesVpcConfig(v -> v.subnetIds(subnets))))
                    .isInstanceOf(InvalidParameterException.class);
        }
    }

    @Test
    void an_existing_network_that_does_not_do_is_refused_with_all_reasons() {
        try (EksBackend backend = new EksBackend()) {
            Ec2Client ec2 = ec2(backend);
            String vpc = ec2.createVpc(r -> r.cidrBlock("10.8.0.0/16")).vpc().vpcId();
            backend.clouds.time().advance(Duration.ofMinutes(1));
            String subnet = ec2.createSubnet(
                            r -> r.vpcId(vpc).availabilityZone(REGION + "a").cidrBlock("10.8.0.0/19"))
                    .subnet()
                    .subnetId();
            List<String> before = backend.aws().inventory();

            assertThatThrownBy(() -> backend.osmo.plan(
                            spec(s -> s.network(n -> n.existing(vpc, subnet, "subnet-0123456789abcdef0")))))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("DNS hostnames off")
                    .hasMessageContaining("without a way out")
                    .hasMessageContaining("at least two zones")
                    .hasMessageContaining("kubernetes.io/role/internal-elb")
                    .hasMessageContaining("subnet-0123456789abcdef0");

            assertThat(backend.aws().inventory()).isEqualTo(before);
        }
    }

    @Test
    void an_existing_key_is_used_and_left_as_it_was() {
        try (EksBackend backend = new EksBackend()) {
            var kms = backend.aws().open(REGION, EksSettings.defaults()).kms();
            String key = kms.createKey(r -> r.description("of the security team"))
                    .keyMetadata()
                    .arn();
            List<String> before = backend.aws().inventory();
            BackendSpec spec = spec(s -> s.encryption(e -> e.existingKey(key)));
            String role = "arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/"
                    + "AWSServiceRoleForAutoScaling";

            assertThatThrownBy(() -> backend.osmo.plan(spec))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("does not let EC2 Auto Scaling call kms:CreateGrant, kms:Decrypt")
                    .hasMessageContaining("aws kms create-grant --region us-west-2 --key-id " + key
                            + " --grantee-principal " + role + " --operations Encrypt Decrypt");

            kms.createGrant(r -> r.keyId(key)
                    .granteePrincipal(role)
                    .operationsWithStrings(
                            "Encrypt",
                            "Decrypt",
                            "ReEncryptFrom",
                            "ReEncryptTo",
                            "GenerateDataKey",
                            "GenerateDataKeyWithoutPlaintext",
                            "DescribeKey",
                            "CreateGrant"));
            assertThat(backend.osmo.preflight(spec).findings())
                    .anyMatch(finding -> finding.message().contains("and EC2 Auto Scaling may use it"));
            backend.applied(spec);

            var cluster = backend.aws()
                    .open(REGION, EksSettings.defaults())
                    .eks()
                    .describeCluster(r -> r.name(EksBackend.NAME))
                    .cluster();
            assertThat(cluster.encryptionConfig().get(0).provider().keyArn()).isEqualTo(key);
            assertThatThrownBy(() -> backend.osmo.plan(spec()))
                    .isInstanceOf(UnsupportedChangeException.class)
                    .hasMessageContaining("encryption.existingKey: " + key + " -> a new key (eks-cluster/main)");
            backend.destroyed();
            assertThat(backend.remains()).isEqualTo(before);
        }
    }

    @Test
    void a_key_that_is_not_there_is_refused() {
        try (EksBackend backend = new EksBackend()) {
            String key = "arn:aws:kms:us-west-2:123456789012:key/00000000-0000-4000-8000-000000000000";

            assertThatThrownBy(() -> backend.osmo.plan(spec(s -> s.encryption(e -> e.existingKey(key)))))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("encryption");

            assertThat(backend.aws().inventory()).isEmpty();
        }
    }
}
