// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.verify;

import io.osmo.backend.aws.internal.FakeAws;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.spi.Readiness;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsResponse;
import software.amazon.awssdk.services.ec2.model.ModifyVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyVpcAttributeResponse;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcState;

class VpcNetworkTest {
    private final FakeAws aws = new FakeAws();
    private final VpcNetwork vpc = new VpcNetwork(aws.context, "10.0.0.0/16");

    @Test
    void is_created_with_ownership_tags() {
        doReturn(CreateVpcResponse.builder().vpc(v -> v.vpcId("vpc-1")).build())
                .when(aws.ec2)
                .createVpc(any(CreateVpcRequest.class));

        vpc.create(aws);

        ArgumentCaptor<CreateVpcRequest> request = ArgumentCaptor.forClass(CreateVpcRequest.class);
        verify(aws.ec2).createVpc(request.capture());
        assertThat(request.getValue().cidrBlock()).isEqualTo("10.0.0.0/16");
        assertThat(request.getValue().tagSpecifications().get(0).tags())
                .extracting(Tag::key, Tag::value)
                .contains(
                        org.assertj.core.api.Assertions.tuple("osmo-backend", "demo"),
                        org.assertj.core.api.Assertions.tuple("osmo-managed-by", "osmo-backend-java"),
                        org.assertj.core.api.Assertions.tuple("osmo-resource", "vpc/main"));
    }

    @Test
    void is_sought_by_ownership_tags_and_absent_when_nobody_has_them() {
        doReturn(DescribeVpcsResponse.builder().build()).when(aws.ec2).describeVpcs(any(DescribeVpcsRequest.class));

        assertThat(vpc.read(aws)).isEmpty();

        ArgumentCaptor<DescribeVpcsRequest> request = ArgumentCaptor.forClass(DescribeVpcsRequest.class);
        verify(aws.ec2).describeVpcs(request.capture());
        assertThat(request.getValue().filters())
                .extracting(f -> f.name() + "=" + f.values().get(0))
                .containsExactly(
                        "tag:osmo-backend=demo", "tag:osmo-managed-by=osmo-backend-java", "tag:osmo-resource=vpc/main");
    }

    @Test
    void differs_until_both_dns_attributes_are_on() {
        List<FieldChange> changes = vpc.compare(observed("10.0.0.0/16", false), aws);

        assertThat(changes).extracting(FieldChange::field).containsExactly("enableDnsHostnames");
        doReturn(ModifyVpcAttributeResponse.builder().build())
                .when(aws.ec2)
                .modifyVpcAttribute(any(ModifyVpcAttributeRequest.class));
        vpc.update(observed("10.0.0.0/16", false), changes, aws);
        ArgumentCaptor<ModifyVpcAttributeRequest> request = ArgumentCaptor.forClass(ModifyVpcAttributeRequest.class);
        verify(aws.ec2).modifyVpcAttribute(request.capture());
        assertThat(request.getValue().enableDnsHostnames().value()).isTrue();
        assertThat(vpc.compare(observed("10.0.0.0/16", true), aws)).isEmpty();
    }

    @Test
    void another_range_is_refused_by_its_path_in_the_spec() {
        assertThat(vpc.compare(observed("10.9.0.0/16", true), aws))
                .containsExactly(FieldChange.fixed("network.cidr", "10.9.0.0/16", "10.0.0.0/16"));
    }

    @Test
    void is_pending_while_ec2_says_so() {
        ObservedVpc pending =
                new ObservedVpc(Vpc.builder().state(VpcState.PENDING).build(), true, true);

        assertThat(vpc.readiness(pending).status()).isEqualTo(Readiness.Status.PENDING);
        assertThat(vpc.readiness(observed("10.0.0.0/16", true)).status()).isEqualTo(Readiness.Status.READY);
    }

    private ObservedVpc observed(String cidr, boolean hostnames) {
        Map<String, String> wanted = aws.context.ownership().tags(VpcNetwork.ID);
        wanted.put("Name", "demo/vpc/main");
        List<Tag> tags = wanted.entrySet().stream()
                .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
                .toList();
        return new ObservedVpc(
                Vpc.builder()
                        .vpcId("vpc-1")
                        .cidrBlock(cidr)
                        .state(VpcState.AVAILABLE)
                        .tags(tags)
                        .build(),
                true,
                hostnames);
    }
}
