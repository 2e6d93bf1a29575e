// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.encryption;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.AwsResource;
import io.osmo.backend.aws.internal.Caller;
import io.osmo.backend.aws.internal.Json;
import io.osmo.backend.aws.internal.Tags;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.Tag;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;

/**
 * The key that encrypts Kubernetes secrets and volumes. Keys are never deleted at once: a key whose deletion is scheduled
 * counts as gone, and the next backend of the name gets a new one.
 *
 * <p>It is found through its alias, and, if a crash came between key and alias, through its tags.
 */
public final class EncryptionKey extends AwsResource<ObservedKey> {
    public static final ResourceId ID = ResourceId.of("kms-key", "main");

    static final Comparator<ObservedKey> AGE = Comparator.comparing(
                    (ObservedKey k) -> k.key().creationDate(), Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(ObservedKey::id);

    private static final String ROTATION = "rotation";
    private static final String POLICY = "policy";

    private final String policy;
    private final Map<String, String> tags;
    private final @Nullable String known;

    EncryptionKey(AwsContext aws, Caller caller) {
        this(aws, ID, policy(caller), null);
    }

    private EncryptionKey(AwsContext aws, ResourceId id, String policy, @Nullable String known) {
        super(aws, id, ObservedKey.class, Set.of(), Timing.quick(), "KMS key");
        this.policy = policy;
        this.tags = aws.tags().named(id, Map.of());
        this.known = known;
    }

    static EncryptionKey owned(AwsContext aws, ResourceId id, ObservedKey observed) {
        return new EncryptionKey(aws, id, "", observed.id());
    }

    /**
     * Leaves the key to the account's IAM policies, and lets EC2 Auto Scaling start nodes with encrypted disks: its role
     * acts by key policy only. The role is named by condition, as a principal that does not exist yet would be refused.
     *
     * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html">
     *     Amazon EC2 Auto Scaling: key policy for encrypted volumes</a>
     */
    private static String policy(Caller caller) {
        String account = "arn:" + caller.partition() + ":iam::" + caller.account();
        Map<String, Object> autoScaling = Map.of(
                "StringEquals", Map.of("kms:CallerAccount", caller.account()),
                "ArnLike",
                        Map.of(
                                "aws:PrincipalArn",
                                account + ":role/aws-service-role/autoscaling.amazonaws.com/"
                                        + "AWSServiceRoleForAutoScaling*"));
        Map<String, Object> grants = Map.of(
                "StringEquals", Map.of("kms:CallerAccount", caller.account()),
                "ArnLike", autoScaling.getOrDefault("ArnLike", Map.of()),
                "Bool", Map.of("kms:GrantIsForAWSResource", "true"));
        return Json.policy(
                statement("Account", Json.allow(Map.of("AWS", account + ":root"), List.of("kms:*"))),
                Json.with(
                        statement("AutoScaling", Json.allow(Map.of("AWS", "*"), KeyUse.ACTIONS)),
                        "Condition",
                        autoScaling),
                Json.with(
                        statement("AutoScalingGrants", Json.allow(Map.of("AWS", "*"), KeyUse.GRANTS)),
                        "Condition",
                        grants));
    }

    private static Map<String, Object> statement(String sid, Map<String, Object> statement) {
        return Json.with(Json.with(statement, "Sid", sid), "Resource", "*");
    }

    @Override
    public Optional<ObservedKey> read(State state) {
        if (known != null) {
            return describe(aws, known).filter(EncryptionKey::stands).map(key -> detailed(aws, key));
        }
        Stream<KeyMetadata> byAlias = describe(aws, KeyAlias.name(aws)).stream();
        Stream<KeyMetadata> byTags =
                tagged(aws).stream().flatMap(mapping -> describe(aws, mapping.resourceARN()).stream());
        return Stream.concat(byAlias, byTags)
                .filter(EncryptionKey::stands)
                .map(key -> detailed(aws, key))
                .filter(key -> aws.tags().idOf(key.tags()).equals(Optional.of(id())))
                .min(AGE);
    }

    static boolean stands(KeyMetadata key) {
        return key.keyState() != KeyState.PENDING_DELETION;
    }

    /** @param key id, ARN or alias */
    public static Optional<KeyMetadata> describe(AwsContext aws, String key) {
        return aws.find(
                "kms:DescribeKey",
                () -> aws.clients().kms().describeKey(r -> r.keyId(key)).keyMetadata());
    }

    static List<ResourceTagMapping> tagged(AwsContext aws) {
        return aws.call(
                "tag:GetResources",
                () -> aws
                        .clients()
                        .tagging()
                        .getResourcesPaginator(r -> r.resourceTypeFilters("kms:key")
                                .tagFilters(
                                        f -> f.key(Tags.BACKEND).values(aws.name()),
                                        f -> f.key(Tags.MANAGED_BY).values(Tags.MANAGER)))
                        .resourceTagMappingList()
                        .stream()
                        .toList());
    }

    static ObservedKey detailed(AwsContext aws, KeyMetadata key) {
        return new ObservedKey(key, rotation(aws, key.keyId()), policy(aws, key.keyId()), tags(aws, key.keyId()));
    }

    static boolean rotation(AwsContext aws, String key) {
        return aws.call(
                "kms:GetKeyRotationStatus",
                () -> aws.clients()
                        .kms()
                        .getKeyRotationStatus(r -> r.keyId(key))
                        .keyRotationEnabled());
    }

    static String policy(AwsContext aws, String key) {
        return aws.call(
                "kms:GetKeyPolicy",
                () -> aws.clients()
                        .kms()
                        .getKeyPolicy(r -> r.keyId(key).policyName("default"))
                        .policy());
    }

    static Map<String, String> tags(AwsContext aws, String key) {
        return aws.call(
                "kms:ListResourceTags",
                () -> aws.clients().kms().listResourceTagsPaginator(r -> r.keyId(key)).tags().stream()
                        .collect(Collectors.toMap(Tag::tagKey, Tag::tagValue)));
    }

    @Override
    public Readiness readiness(ObservedKey observed) {
        return switch (observed.key().keyState()) {
            case CREATING, UPDATING -> Readiness.pending(observed.key().keyStateAsString());
            case DISABLED, UNAVAILABLE, PENDING_IMPORT ->
                Readiness.failed(observed.key().keyStateAsString());
            default -> Readiness.ready();
        };
    }

    @Override
    public List<FieldChange> compare(ObservedKey observed, State state) {
        List<FieldChange> changes = new ArrayList<>();
        if (Boolean.FALSE.equals(observed.rotation())) {
            changes.add(FieldChange.inPlace(ROTATION, false, true));
        }
        if (observed.policy() != null && !Json.same(policy, observed.policy())) {
            changes.add(FieldChange.inPlace(POLICY, observed.policy(), policy));
        }
        changes.addAll(Tags.compare(observed.tags(), tags));
        return changes;
    }

    @Override
    public ObservedKey create(State state) {
        KeyMetadata key = aws.call(
                "kms:CreateKey",
                () -> aws.clients()
                        .kms()
                        .createKey(r -> r.description("OSMO backend " + aws.name())
                                .policy(policy)
                                .tags(asTags()))
                        .keyMetadata());
        return new ObservedKey(key, false, policy, tags);
    }

    private List<Tag> asTags() {
        return tags.entrySet().stream()
                .map(e ->
                        Tag.builder().tagKey(e.getKey()).tagValue(e.getValue()).build())
                .toList();
    }

    @Override
    public void update(ObservedKey observed, List<FieldChange> changes, State state) {
        String key = observed.id();
        switch (changes.get(0).field()) {
            case ROTATION ->
                aws.call("kms:EnableKeyRotation", () -> aws.clients().kms().enableKeyRotation(r -> r.keyId(key)));
            case POLICY ->
                aws.call(
                        "kms:PutKeyPolicy",
                        () -> aws.clients()
                                .kms()
                                .putKeyPolicy(
                                        r -> r.keyId(key).policyName("default").policy(policy)));
            default ->
                aws.call(
                        "kms:TagResource",
                        () -> aws.clients().kms().tagResource(r -> r.keyId(key).tags(asTags())));
        }
    }

    @Override
    public void delete(ObservedKey observed, State state) {
        int days = aws.settings().keyDeletionWindowDays();
        aws.delete(
                "kms:ScheduleKeyDeletion",
                () -> aws.clients()
                        .kms()
                        .scheduleKeyDeletion(r -> r.keyId(observed.id()).pendingWindowInDays(days)));
    }
}
