// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.verify;

import io.osmo.backend.aws.internal.FakeAws;
import io.osmo.backend.aws.internal.encryption.EncryptionKey;
import io.osmo.backend.aws.internal.encryption.ObservedKey;
import io.osmo.backend.resource.FieldChange;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleResponse;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.TagRoleResponse;
import software.amazon.awssdk.services.kms.model.KeyMetadata;

class IamRoleTest {
    private static final String CSI = "arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy";

    private final FakeAws aws = new FakeAws()
            .with(
                    EncryptionKey.ID,
                    new ObservedKey(
                            KeyMetadata.builder()
                                    .keyId("k")
                                    .arn("arn:aws:kms:us-west-2:123456789012:key/k")
                                    .build(),
                            true,
                            null,
                            Map.of()));
    private final IamRole role = new IamRole(aws.context, RoleKind.EBS_CSI, FakeAws.CALLER);

    @Test
    void is_created_under_the_path_of_the_backend_and_trusts_pod_identity() {
        doReturn(CreateRoleResponse.builder().role(r -> r.roleName("x")).build())
                .when(aws.iam)
                .createRole(any(CreateRoleRequest.class));

        role.create(aws);

        ArgumentCaptor<CreateRoleRequest> request = ArgumentCaptor.forClass(CreateRoleRequest.class);
        verify(aws.iam).createRole(request.capture());
        assertThat(request.getValue().path()).isEqualTo("/osmo-backend/us-west-2/demo/");
        assertThat(request.getValue().roleName()).hasSizeLessThanOrEqualTo(64);
        assertThat(request.getValue().assumeRolePolicyDocument())
                .contains("pods.eks.amazonaws.com", "sts:AssumeRole", "sts:TagSession");
        assertThat(request.getValue().tags()).anyMatch(t -> t.key().equals("osmo-backend"));
    }

    @Test
    void a_bare_role_lacks_its_policies_and_gets_one_with_each_update() {
        ObservedRole bare = observed(Set.of(), Map.of());

        List<FieldChange> changes = role.compare(bare, aws);

        assertThat(changes).extracting(FieldChange::field).containsExactly("attachedPolicies", "inlinePolicy");
        doReturn(AttachRolePolicyResponse.builder().build())
                .when(aws.iam)
                .attachRolePolicy(any(AttachRolePolicyRequest.class));
        role.update(bare, changes, aws);
        ArgumentCaptor<AttachRolePolicyRequest> request = ArgumentCaptor.forClass(AttachRolePolicyRequest.class);
        verify(aws.iam).attachRolePolicy(request.capture());
        assertThat(request.getValue().policyArn()).isEqualTo(CSI);
    }

    @Test
    void a_complete_role_does_not_differ_whatever_others_attached() {
        String inline = RoleKind.EBS_CSI
                .inlinePolicy("demo", "arn:aws:kms:us-west-2:123456789012:key/k")
                .orElseThrow();

        assertThat(role.compare(observed(Set.of(CSI, "arn:other"), Map.of("ebs-csi", inline)), aws))
                .isEmpty();
    }

    @Test
    void is_deleted_once_nothing_hangs_on_it() {
        doReturn(DetachRolePolicyResponse.builder().build())
                .when(aws.iam)
                .detachRolePolicy(any(DetachRolePolicyRequest.class));
        doReturn(DeleteRolePolicyResponse.builder().build())
                .when(aws.iam)
                .deleteRolePolicy(any(DeleteRolePolicyRequest.class));
        doReturn(DeleteRoleResponse.builder().build()).when(aws.iam).deleteRole(any(DeleteRoleRequest.class));

        role.delete(observed(Set.of(CSI), Map.of("ebs-csi", "{}")), aws);
        verify(aws.iam).detachRolePolicy(any(DetachRolePolicyRequest.class));
        role.delete(observed(Set.of(), Map.of("ebs-csi", "{}")), aws);
        verify(aws.iam).deleteRolePolicy(any(DeleteRolePolicyRequest.class));
        role.delete(observed(Set.of(), Map.of()), aws);
        verify(aws.iam).deleteRole(any(DeleteRoleRequest.class));
    }

    @Test
    void a_tag_that_is_missing_is_added() {
        ObservedRole untagged = new ObservedRole(
                observed(Set.of(CSI), Map.of()).role().toBuilder()
                        .tags(List.of())
                        .build(),
                Set.of(CSI),
                Map.of(
                        "ebs-csi",
                        RoleKind.EBS_CSI
                                .inlinePolicy("demo", "arn:aws:kms:us-west-2:123456789012:key/k")
                                .orElseThrow()));
        doReturn(TagRoleResponse.builder().build()).when(aws.iam).tagRole(any(TagRoleRequest.class));

        List<FieldChange> changes = role.compare(untagged, aws);
        role.update(untagged, changes, aws);

        assertThat(changes)
                .extracting(FieldChange::field)
                .containsExactly("tags.osmo-backend", "tags.osmo-managed-by", "tags.osmo-region", "tags.osmo-resource");
        verify(aws.iam).tagRole(any(TagRoleRequest.class));
    }

    private ObservedRole observed(Set<String> attached, Map<String, String> inline) {
        return new ObservedRole(
                Role.builder()
                        .tags(aws.context.ownership().tags(role.id()).entrySet().stream()
                                .map(tag -> Tag.builder()
                                        .key(tag.getKey())
                                        .value(tag.getValue())
                                        .build())
                                .toList())
                        .assumeRolePolicyDocument(
                                URLEncoder.encode(RoleKind.EBS_CSI.trustPolicy("us-west-2"), StandardCharsets.UTF_8))
                        .build(),
                attached,
                inline);
    }
}
