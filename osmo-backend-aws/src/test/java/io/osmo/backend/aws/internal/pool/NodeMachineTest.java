// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.aws.internal.catalog.MachineType;
import io.osmo.backend.resource.FieldChange;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateHttpTokensState;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateInstanceNetworkInterfaceSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;

class NodeMachineTest {
    /** @param efa adapters of a type with as many cards, each of which takes two interfaces */
    private static NodeMachine machine(int disk, int efa) {
        return machine(disk, NodeInterface.of(type(Math.max(1, efa), 2, efa)));
    }

    private static MachineType type(int cards, int interfaces, int efa) {
        return new MachineType(
                "p.large",
                8,
                1024,
                8,
                "P, 8192 MiB",
                0,
                false,
                IntStream.range(0, cards)
                        .mapToObj(index -> new MachineType.NetworkCard(index, interfaces))
                        .toList(),
                efa,
                MachineType.Generation.CURRENT,
                15);
    }

    private static NodeMachine machine(int disk, List<NodeInterface> interfaces) {
        return new NodeMachine(
                "/dev/xvda",
                disk,
                "arn:key",
                interfaces,
                interfaces.isEmpty() ? List.of() : List.of("sg-1", "sg-2"),
                null,
                null,
                null,
                true,
                Map.of("team", "robots"));
    }

    @Test
    void the_disk_is_encrypted_and_the_metadata_service_wants_a_token() {
        RequestLaunchTemplateData data = machine(200, 0).toRequest();

        assertThat(data.blockDeviceMappings().get(0).ebs().encrypted()).isTrue();
        assertThat(data.blockDeviceMappings().get(0).ebs().kmsKeyId()).isEqualTo("arn:key");
        assertThat(data.metadataOptions().httpTokens()).isEqualTo(LaunchTemplateHttpTokensState.REQUIRED);
        assertThat(data.metadataOptions().httpPutResponseHopLimit()).isEqualTo(2);
        assertThat(data.networkInterfaces()).isEmpty();
    }

    @Test
    void each_card_gets_an_adapter_and_only_the_first_one_carries_ip() {
        List<LaunchTemplateInstanceNetworkInterfaceSpecificationRequest> cards =
                machine(200, 3).toRequest().networkInterfaces();

        assertThat(cards)
                .extracting(LaunchTemplateInstanceNetworkInterfaceSpecificationRequest::interfaceType)
                .containsExactly("efa", "efa-only", "efa-only");
        assertThat(cards)
                .extracting(LaunchTemplateInstanceNetworkInterfaceSpecificationRequest::deviceIndex)
                .containsExactly(0, 1, 1);
        assertThat(cards).allSatisfy(card -> assertThat(card.groups()).containsExactly("sg-1", "sg-2"));
    }

    @Test
    void a_first_card_without_adapter_carries_ip_alone() {
        assertThat(NodeInterface.of(type(17, 1, 16)))
                .hasSize(17)
                .startsWith(new NodeInterface(0, 0, "interface"), new NodeInterface(1, 0, "efa-only"))
                .endsWith(new NodeInterface(16, 0, "efa-only"));
    }

    @Test
    void a_type_without_adapters_leaves_its_interfaces_to_eks() {
        assertThat(NodeInterface.of(type(2, 2, 0))).isEmpty();
        assertThat(NodeInterface.of(type(1, 4, 1))).containsExactly(new NodeInterface(0, 0, "efa"));
    }

    @Test
    void a_larger_disk_is_the_one_difference() {
        assertThat(machine(200, 0).compare(machine(100, 0)))
                .containsExactly(FieldChange.inPlace("disk.sizeGib", 100, 200));
    }

    @Test
    void a_template_without_hardening_differs() {
        NodeMachine read = NodeMachine.of(ResponseLaunchTemplateData.builder()
                .blockDeviceMappings(d -> d.deviceName("/dev/xvda").ebs(e -> e.volumeSize(200)))
                .build());

        assertThat(machine(200, 0).compare(read))
                .extracting(FieldChange::field)
                .containsExactlyInAnyOrder("disk.kmsKeyId", "encryptedDiskAndImdsV2", "instanceTags");
    }
}
