// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.kms.model.*;

/** KMS keys and aliases of one region. Keys are scheduled for deletion, never deleted at once. */
final class EmulatedKms {
    private final AwsAccount account;
    private final String region;
    private final Table<HeldKey> keys;
    private final Table<AliasListEntry> aliases;

    EmulatedKms(AwsAccount account, String region) {
        this.account = account;
        this.region = region;
        this.keys = new Table<>(id -> notFound("Key '" + account.arn("kms", region, "key/" + id) + "' does not exist"));
        this.aliases = new Table<>(name -> notFound("Alias " + account.arn("kms", region, name) + " is not found."));
    }

    private static final class HeldKey {
        KeyMetadata metadata;
        String policy;
        boolean rotation;
        final Map<String, String> tags = new TreeMap<>();

        HeldKey(KeyMetadata metadata, String policy) {
            this.metadata = metadata;
            this.policy = policy;
        }
    }

    /** Whether a key, given by ARN, exists and is enabled. */
    boolean isUsable(String arn) {
        return find(arn)
                .filter(key -> Boolean.TRUE.equals(key.metadata.enabled()))
                .isPresent();
    }

    CreateKeyResponse createKey(CreateKeyRequest r) {
        String id = account.uuid();
        HeldKey key = new HeldKey(
                KeyMetadata.builder()
                        .keyId(id)
                        .arn(account.arn("kms", region, "key/" + id))
                        .awsAccountId(account.id())
                        .creationDate(account.now())
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
                r.policy() == null ? "{\"Version\":\"2012-10-17\",\"Statement\":[]}" : r.policy());
        r.tags().forEach(tag -> key.tags.put(tag.tagKey(), tag.tagValue()));
        keys.put(id, key);
        return CreateKeyResponse.builder().keyMetadata(key.metadata).build();
    }

    DescribeKeyResponse describeKey(DescribeKeyRequest r) {
        return DescribeKeyResponse.builder()
                .keyMetadata(get(r.keyId()).metadata)
                .build();
    }

    ListKeysResponse listKeys(ListKeysRequest r) {
        Page<HeldKey> page = Page.of(keys.all(), r.limit(), r.marker(), account.pageSize());
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
        usable(r.keyId()).rotation = true;
        return EnableKeyRotationResponse.builder().build();
    }

    DisableKeyRotationResponse disableKeyRotation(DisableKeyRotationRequest r) {
        usable(r.keyId()).rotation = false;
        return DisableKeyRotationResponse.builder().build();
    }

    GetKeyRotationStatusResponse getKeyRotationStatus(GetKeyRotationStatusRequest r) {
        HeldKey key = get(r.keyId());
        GetKeyRotationStatusResponse.Builder status = GetKeyRotationStatusResponse.builder()
                .keyId(key.metadata.keyId())
                .keyRotationEnabled(key.rotation && key.metadata.keyState() == KeyState.ENABLED);
        return (key.rotation ? status.rotationPeriodInDays(365) : status).build();
    }

    EnableKeyResponse enableKey(EnableKeyRequest r) {
        HeldKey key = notPending(r.keyId());
        key.metadata = key.metadata.toBuilder()
                .enabled(true)
                .keyState(KeyState.ENABLED)
                .build();
        return EnableKeyResponse.builder().build();
    }

    DisableKeyResponse disableKey(DisableKeyRequest r) {
        HeldKey key = notPending(r.keyId());
        key.metadata = key.metadata.toBuilder()
                .enabled(false)
                .keyState(KeyState.DISABLED)
                .build();
        return DisableKeyResponse.builder().build();
    }

    GetKeyPolicyResponse getKeyPolicy(GetKeyPolicyRequest r) {
        return GetKeyPolicyResponse.builder()
                .policy(get(r.keyId()).policy)
                .policyName("default")
                .build();
    }

    PutKeyPolicyResponse putKeyPolicy(PutKeyPolicyRequest r) {
        notPending(r.keyId()).policy = r.policy();
        return PutKeyPolicyResponse.builder().build();
    }

    ScheduleKeyDeletionResponse scheduleKeyDeletion(ScheduleKeyDeletionRequest r) {
        HeldKey key = notPending(r.keyId());
        int days = r.pendingWindowInDays() == null ? 30 : r.pendingWindowInDays();
        key.metadata = key.metadata.toBuilder()
                .enabled(false)
                .keyState(KeyState.PENDING_DELETION)
                .deletionDate(account.now().plus(Duration.ofDays(days)))
                .build();
        String id = key.metadata.keyId();
        account.after(Duration.ofDays(days), () -> {
            if (key.metadata.keyState() == KeyState.PENDING_DELETION) {
                keys.remove(id);
                aliases.where(a -> id.equals(a.targetKeyId())).forEach(a -> aliases.remove(a.aliasName()));
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
        HeldKey key = get(r.keyId());
        if (key.metadata.keyState() != KeyState.PENDING_DELETION) {
            throw invalidState(key, "is not pending deletion");
        }
        key.metadata = key.metadata.toBuilder()
                .keyState(KeyState.DISABLED)
                .deletionDate(null)
                .build();
        return CancelKeyDeletionResponse.builder().keyId(key.metadata.arn()).build();
    }

    CreateAliasResponse createAlias(CreateAliasRequest r) {
        HeldKey key = notPending(r.targetKeyId());
        if (r.aliasName().startsWith("alias/aws/") || !r.aliasName().startsWith("alias/")) {
            throw refuse(
                    InvalidAliasNameException.builder(),
                    "InvalidAliasNameException",
                    "Alias " + r.aliasName() + " is invalid");
        }
        if (aliases.has(r.aliasName())) {
            throw refuse(
                    AlreadyExistsException.builder(),
                    "AlreadyExistsException",
                    "An alias with the name " + account.arn("kms", region, r.aliasName()) + " already exists");
        }
        aliases.put(
                r.aliasName(),
                AliasListEntry.builder()
                        .aliasName(r.aliasName())
                        .aliasArn(account.arn("kms", region, r.aliasName()))
                        .targetKeyId(key.metadata.keyId())
                        .creationDate(account.now())
                        .lastUpdatedDate(account.now())
                        .build());
        return CreateAliasResponse.builder().build();
    }

    UpdateAliasResponse updateAlias(UpdateAliasRequest r) {
        HeldKey key = notPending(r.targetKeyId());
        aliases.update(
                r.aliasName(),
                a -> a.toBuilder()
                        .targetKeyId(key.metadata.keyId())
                        .lastUpdatedDate(account.now())
                        .build());
        return UpdateAliasResponse.builder().build();
    }

    DeleteAliasResponse deleteAlias(DeleteAliasRequest r) {
        aliases.get(r.aliasName());
        aliases.remove(r.aliasName());
        return DeleteAliasResponse.builder().build();
    }

    ListAliasesResponse listAliases(ListAliasesRequest r) {
        List<AliasListEntry> found = new ArrayList<>();
        if (r.keyId() == null) {
            found.addAll(aliases.all());
        } else {
            String id = get(r.keyId()).metadata.keyId();
            aliases.where(a -> id.equals(a.targetKeyId())).forEach(found::add);
        }
        Page<AliasListEntry> page = Page.of(found, r.limit(), r.marker(), account.pageSize());
        return ListAliasesResponse.builder()
                .aliases(page.items())
                .truncated(page.truncated())
                .nextMarker(page.next())
                .build();
    }

    TagResourceResponse tagResource(TagResourceRequest r) {
        HeldKey key = notPending(r.keyId());
        r.tags().forEach(tag -> key.tags.put(tag.tagKey(), tag.tagValue()));
        return TagResourceResponse.builder().build();
    }

    UntagResourceResponse untagResource(UntagResourceRequest r) {
        notPending(r.keyId()).tags.keySet().removeAll(r.tagKeys());
        return UntagResourceResponse.builder().build();
    }

    ListResourceTagsResponse listResourceTags(ListResourceTagsRequest r) {
        List<Tag> tags = get(r.keyId()).tags.entrySet().stream()
                .map(tag -> Tag.builder()
                        .tagKey(tag.getKey())
                        .tagValue(tag.getValue())
                        .build())
                .toList();
        Page<Tag> page = Page.of(tags, r.limit(), r.marker(), account.pageSize());
        return ListResourceTagsResponse.builder()
                .tags(page.items())
                .truncated(page.truncated())
                .nextMarker(page.next())
                .build();
    }

    /** Tags of all keys by ARN, for the tagging API. */
    Map<String, Map<String, String>> tagsByArn() {
        Map<String, Map<String, String>> tags = new TreeMap<>();
        keys.all().forEach(key -> tags.put(key.metadata.arn(), Map.copyOf(key.tags)));
        return tags;
    }

    List<String> inventory() {
        List<String> lines = new ArrayList<>();
        keys.all().forEach(key -> lines.add("key " + key.metadata.keyStateAsString() + " rotation " + key.rotation));
        aliases.all().forEach(alias -> lines.add("alias " + alias.aliasName()));
        return lines;
    }

    /** A key by id, ARN or alias. */
    private Optional<HeldKey> find(String name) {
        if (name.contains("alias/")) {
            return aliases.find(name.substring(name.indexOf("alias/"))).flatMap(a -> keys.find(a.targetKeyId()));
        }
        return keys.find(name.substring(name.lastIndexOf('/') + 1));
    }

    private HeldKey get(String name) {
        return find(name)
                .orElseGet(() -> name.contains("alias/")
                        ? keys.get(aliases.get(name.substring(name.indexOf("alias/")))
                                .targetKeyId())
                        : keys.get(name.substring(name.lastIndexOf('/') + 1)));
    }

    private HeldKey notPending(String name) {
        HeldKey key = get(name);
        if (key.metadata.keyState() == KeyState.PENDING_DELETION) {
            throw invalidState(key, "is pending deletion.");
        }
        return key;
    }

    private HeldKey usable(String name) {
        HeldKey key = notPending(name);
        if (key.metadata.keyState() == KeyState.DISABLED) {
            throw refuse(DisabledException.builder(), "DisabledException", key.metadata.arn() + " is disabled.");
        }
        return key;
    }

    private static AwsServiceException invalidState(HeldKey key, String what) {
        return refuse(KmsInvalidStateException.builder(), "KMSInvalidStateException", key.metadata.arn() + " " + what);
    }

    private static AwsServiceException notFound(String message) {
        return refuse(NotFoundException.builder(), "NotFoundException", message);
    }

    private static AwsServiceException refuse(AwsServiceException.Builder builder, String code, String message) {
        return AwsErrors.of(builder, "Kms", 400, code, message);
    }
}
