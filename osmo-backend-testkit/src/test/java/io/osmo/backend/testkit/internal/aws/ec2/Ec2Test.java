// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.internal.aws.AwsTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.DomainType;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;

class Ec2Test extends AwsTest {
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
    void a_token_is_remembered_for_a_day_whatever_has_become_of_the_object() {
        String vpc = vpc();
        String table = routeTable(vpc, "once");
        ec2.deleteRouteTable(r -> r.routeTableId(table));
        String other = vpc();

        assertThat(routeTable(vpc, "once"))
                .as("it is deleted, and yet the answer")
                .isEqualTo(table);
        refused("IdempotentParameterMismatch", () -> routeTable(other, "once"));
        time.advance(Duration.ofHours(25));
        assertThat(routeTable(vpc, "once")).isNotEqualTo(table);
    }

    private String routeTable(String vpc, String token) {
        return ec2.createRouteTable(r -> r.vpcId(vpc).clientToken(token))
                .routeTable()
                .routeTableId();
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
    void a_filter_picks_by_attribute_wildcard_and_tag() {
        String vpc = vpc();
        String subnet = subnet(vpc, "10.0.0.0/20", REGION + "a");
        subnet(vpc, "10.0.16.0/20", REGION + "b");
        ec2.createTags(r -> r.resources(subnet).tags(t -> t.key("pool").value("gpu.large")));

        assertThat(subnets("availability-zone", REGION + "?")).hasSize(2);
        assertThat(subnets("availability-zone", "*-2a", "*-2c")).containsExactly(subnet);
        assertThat(subnets("tag:pool", "gpu*")).containsExactly(subnet);
        assertThat(subnets("tag:pool", "gpu?large")).containsExactly(subnet);
        assertThat(subnets("tag:pool", "GPU.large")).isEmpty();
        assertThat(subnets("tag-key", "pool")).containsExactly(subnet);
    }

    private List<String> subnets(String filter, String... values) {
        return ec2.describeSubnets(r -> r.filters(f -> f.name(filter).values(values))).subnets().stream()
                .map(s -> s.subnetId())
                .toList();
    }
}
