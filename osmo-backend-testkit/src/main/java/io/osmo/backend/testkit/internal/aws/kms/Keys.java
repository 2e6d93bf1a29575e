// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.kms;

import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.aws.TagRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.kms.model.*;

/** Keys: their state, rotation, policies and tags. */
final class Keys {
    private final Kms kms;

    Keys(Kms kms) {
        this.kms = kms;
    }

    CreateKeyResponse createKey(CreateKeyRequest r) {
        String id = kms.account.uuid();
        StoredKey key = new StoredKey(
                KeyMetadata.builder()
                        .keyId(id)
                        .arn(kms.arn("kms", "key/" + id))
                        .awsAccountId(kms.account.id())
                        .creationDate(kms.account.now())
                        .description(r.description() == null ? "" : r.description())
                        .enabled(true)
                        .keyState(KeyState.ENABLED)
                        .keyManager(KeyManagerType.CUSTOMER)
                        .keySpec(r.keySpec() == null ? KeySpec.SYMMETRIC_DEFAULT : r.keySpec())
                        .keyUsage(r.keyUsage() == null ? KeyUsageType.ENCRYPT_DECRYPT : r.keyUsage())
                        .origin(OriginType.AWS_KMS)
                        .encryptionAlgorithms(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT)
                        .multiRegion(Boolean.TRUE.equals(r.multiRegion()))
                        .build(),
                r.policy() == null ? defaultPolicy() : r.policy());
        tag(key, r.tags());
        kms.keys.put(id, key);
        return CreateKeyResponse.builder().keyMetadata(key.metadata).build();
    }

    /** Leaves the key to the policies of the account. */
    private String defaultPolicy() {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\""
                + kms.account.arn("iam", "", "root") + "\"},\"Action\":\"kms:*\",\"Resource\":\"*\"}]}";
    }

    DescribeKeyResponse describeKey(DescribeKeyRequest r) {
        return DescribeKeyResponse.builder()
                .keyMetadata(kms.get(r.keyId()).metadata)
                .build();
    }

    ListKeysResponse listKeys(ListKeysRequest r) {
        Page<StoredKey> page = Page.of(kms.keys.all(), r.limit(), r.marker(), kms.account.pageSize());
        return ListKeysResponse.builder()
                .keys(page.items().stream()
                        .map(key -> KeyListEntry.builder()
                                .keyId(key.metadata.keyId())
                                .keyArn(key.metadata.arn())
                                .build())
                        .toList())
                .truncated(page.truncated())
                .nextMarker(page.next())
                .build();
    }

    EnableKeyRotationResponse enableKeyRotation(EnableKeyRotationRequest r) {
        kms.usable(r.keyId()).rotation = true;
        return EnableKeyRotationResponse.builder().build();
    }

    DisableKeyRotationResponse disableKeyRotation(DisableKeyRotationRequest r) {
        kms.usable(r.keyId()).rotation = false;
        return DisableKeyRotationResponse.builder().build();
    }

    GetKeyRotationStatusResponse getKeyRotationStatus(GetKeyRotationStatusRequest r) {
        StoredKey key = kms.get(r.keyId());
        GetKeyRotationStatusResponse.Builder status = GetKeyRotationStatusResponse.builder()
                .keyId(key.metadata.keyId())
                .keyRotationEnabled(key.rotation && key.metadata.keyState() == KeyState.ENABLED);
        return (key.rotation ? status.rotationPeriodInDays(365) : status).build();
    }

    EnableKeyResponse enableKey(EnableKeyRequest r) {
        StoredKey key = kms.notPending(r.keyId());
        key.metadata = key.metadata.toBuilder()
                .enabled(true)
                .keyState(KeyState.ENABLED)
                .build();
        return EnableKeyResponse.builder().build();
    }

    DisableKeyResponse disableKey(DisableKeyRequest r) {
        StoredKey key = kms.notPending(r.keyId());
        key.metadata = key.metadata.toBuilder()
                .enabled(false)
                .keyState(KeyState.DISABLED)
                .build();
        return DisableKeyResponse.builder().build();
    }

    GetKeyPolicyResponse getKeyPolicy(GetKeyPolicyRequest r) {
        return GetKeyPolicyResponse.builder()
                .policy(kms.get(r.keyId()).policy)
                .policyName("default")
                .build();
    }

    PutKeyPolicyResponse putKeyPolicy(PutKeyPolicyRequest r) {
        kms.notPending(r.keyId()).policy = r.policy();
        return PutKeyPolicyResponse.builder().build();
    }

    ScheduleKeyDeletionResponse scheduleKeyDeletion(ScheduleKeyDeletionRequest r) {
        StoredKey key = kms.notPending(r.keyId());
        int days = r.pendingWindowInDays() == null ? 30 : r.pendingWindowInDays();
        key.metadata = key.metadata.toBuilder()
                .enabled(false)
                .keyState(KeyState.PENDING_DELETION)
                .deletionDate(kms.account.now().plus(Duration.ofDays(days)))
                .build();
        String id = key.metadata.keyId();
        kms.account.after(Duration.ofDays(days), () -> {
            if (key.metadata.keyState() == KeyState.PENDING_DELETION) {
                kms.keys.remove(id);
                kms.aliases.where(a -> id.equals(a.targetKeyId())).forEach(a -> kms.aliases.remove(a.aliasName()));
            }
        });
        return ScheduleKeyDeletionResponse.builder()
                .keyId(key.metadata.arn())
                .deletionDate(key.metadata.deletionDate())
                .keyState(KeyState.PENDING_DELETION)
                .pendingWindowInDays(days)
                .build();
    }

    CancelKeyDeletionResponse cancelKeyDeletion(CancelKeyDeletionRequest r) {
        StoredKey key = kms.get(r.keyId());
        if (key.metadata.keyState() != KeyState.PENDING_DELETION) {
            throw Kms.invalidState(key, "is not pending deletion");
        }
        key.metadata = key.metadata.toBuilder()
                .keyState(KeyState.DISABLED)
                .deletionDate(null)
                .build();
        return CancelKeyDeletionResponse.builder().keyId(key.metadata.arn()).build();
    }

    private static void tag(StoredKey key, List<Tag> tags) {
        Map<String, String> added = new TreeMap<>();
        tags.forEach(tag -> added.put(tag.tagKey(), tag.tagValue()));
        Map<String, String> all = new TreeMap<>(key.tags);
        all.putAll(added);
        TagRules.check(
                added,
                all,
                message -> Kms.refuse(TagException.builder(), "TagException", message),
                message -> Kms.refuse(LimitExceededException.builder(), "LimitExceededException", message));
        key.tags.putAll(added);
    }

    TagResourceResponse tagResource(TagResourceRequest r) {
        StoredKey key = kms.notPending(r.keyId());
        tag(key, r.tags());
        return TagResourceResponse.builder().build();
    }

    UntagResourceResponse untagResource(UntagResourceRequest r) {
        kms.notPending(r.keyId()).tags.keySet().removeAll(r.tagKeys());
        return UntagResourceResponse.builder().build();
    }

    ListResourceTagsResponse listResourceTags(ListResourceTagsRequest r) {
        List<Tag> tags = kms.get(r.keyId()).tags.entrySet().stream()
                .map(tag -> Tag.builder()
                        .tagKey(tag.getKey())
                        .tagValue(tag.getValue())
                        .build())
                .toList();
        Page<Tag> page = Page.of(tags, r.limit(), r.marker(), kms.account.pageSize());
        return ListResourceTagsResponse.builder()
                .tags(page.items())
                .truncated(page.truncated())
                .nextMarker(page.next())
                .build();
    }
}
