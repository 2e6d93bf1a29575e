// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.encryption;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.AwsErrorTable;
import io.osmo.backend.aws.internal.AwsResource;
import io.osmo.backend.aws.internal.Caller;
import io.osmo.backend.aws.internal.Json;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Ownership;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
 * The key that encrypts Kubernetes secrets and volumes. Keys are never deleted at once. A key that is scheduled for deletion counts as
 * gone when the backend was destroyed, which deletes its alias first, and the next backend of the name gets a new one. If the alias
 * still leads to it, people have scheduled it: its deletion is cancelled, as that of a disabled key is undone.
 *
 * <p>It is found through its alias, and, after a crash between the creation of key and alias, through its tags.
 */
public final class EncryptionKey extends AwsResource<ObservedKey> implements Resource<ObservedKey> {
    public static final ResourceId ID = ResourceId.of("kms-key", "main");

    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(ID.kind())
            .read(
                    "kms:DescribeKey",
                    "kms:GetKeyRotationStatus",
                    "kms:GetKeyPolicy",
                    "kms:ListResourceTags",
                    "tag:GetResources")
            .create("kms:CreateKey", "kms:TagResource")
            .update(
                    "kms:EnableKeyRotation",
                    "kms:PutKeyPolicy",
                    "kms:TagResource",
                    "kms:EnableKey",
                    "kms:CancelKeyDeletion")
            .undo("kms:ScheduleKeyDeletion");

    static final Comparator<ObservedKey> AGE = Comparator.comparing(
                    (ObservedKey k) -> k.key().creationDate(), Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(ObservedKey::id);

    private static final String STATE = "keyState";
    private static final String ROTATION = "rotation";
    private static final String POLICY = "policy";

    private final String policy;
    private final @Nullable String known;

    EncryptionKey(AwsContext context, Caller caller) {
        this(context, ID, policy(caller), null);
    }

    private EncryptionKey(AwsContext context, ResourceId id, String policy, @Nullable String known) {
        super(context, id, ObservedKey.class, Set.of(), Timing.quick(), "KMS key");
        this.policy = policy;
        this.known = known;
    }

    static EncryptionKey owned(AwsContext context, ResourceId id, ObservedKey observed) {
        return new EncryptionKey(context, id, "", observed.id());
    }

    /** ARN of the key, whether the backend's own or an existing one. */
    public static String arn(State state) {
        return state.require(ID, ObservedKey.class).key().arn();
    }

    /**
     * Leaves the key to the account's IAM policies, and lets EC2 Auto Scaling start nodes with encrypted disks: its role acts by
     * key policy only. The role is named in a condition, since KMS refuses a principal that does not exist yet.
     *
     * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html">
     *     Amazon EC2 Auto Scaling: key policy for encrypted volumes</a>
     */
    private static String policy(Caller caller) {
        String account = "arn:" + caller.partition() + ":iam::" + caller.account();
        Map<String, Object> autoScaling = new HashMap<>();
        autoScaling.put("StringEquals", Map.of("kms:CallerAccount", caller.account()));
        autoScaling.put("ArnLike", Map.of("aws:PrincipalArn", caller.autoScalingRole() + "*"));
        Map<String, Object> grants = new HashMap<>(autoScaling);
        grants.put("Bool", Map.of("kms:GrantIsForAWSResource", "true"));
        Map<String, String> all = Map.of("AWS", "*");
        return Json.policy(
                statement("Account", Json.allow(Map.of("AWS", account + ":root"), List.of("kms:*"))),
                Json.with(statement("AutoScaling", Json.allow(all, KeyUse.ACTIONS)), "Condition", autoScaling),
                Json.with(statement("AutoScalingGrants", Json.allow(all, KeyUse.GRANTS)), "Condition", grants));
    }

    private static Map<String, Object> statement(String sid, Map<String, Object> statement) {
        return Json.with(Json.with(statement, "Sid", sid), "Resource", "*");
    }

    @Override
    public boolean billed() {
        return true;
    }

    @Override
    public String cloudId() {
        return known == null ? super.cloudId() : known;
    }

    @Override
    protected Map<String, String> tags() {
        return named(Map.of());
    }

    @Override
    public Optional<ObservedKey> read(State state) {
        if (known != null) {
            return describe(context, known).filter(EncryptionKey::exists).map(key -> detailed(context, key));
        }
        Stream<KeyMetadata> byAlias = describe(context, KeyAlias.name(context)).stream();
        Stream<KeyMetadata> byTags = tagged(context).stream()
                .flatMap(arn -> describe(context, arn).stream())
                .filter(EncryptionKey::exists);
        return Stream.concat(byAlias, byTags)
                .map(key -> detailed(context, key))
                .filter(key -> context.ownership().idOf(key.tags()).equals(Optional.of(id())))
                .min(AGE);
    }

    static boolean exists(KeyMetadata key) {
        return key.keyState() != KeyState.PENDING_DELETION;
    }

    private static boolean isEnabled(KeyMetadata key) {
        return key.keyState() == null || key.keyState() == KeyState.ENABLED;
    }

    /** @param key id, ARN or alias */
    public static Optional<KeyMetadata> describe(AwsContext context, String key) {
        return context.find(
                "kms:DescribeKey",
                () -> context.kms().describeKey(r -> r.keyId(key)).keyMetadata());
    }

    /** ARNs of the keys with the backend's tags, including those that are scheduled for deletion. */
    static List<String> tagged(AwsContext context) {
        return context.call(
                "tag:GetResources",
                () -> context
                        .tagging()
                        .getResourcesPaginator(r -> r.resourceTypeFilters("kms:key")
                                .tagFilters(
                                        f -> f.key(Ownership.BACKEND).values(context.name()),
                                        f -> f.key(Ownership.MANAGED_BY).values(Ownership.MANAGER)))
                        .resourceTagMappingList()
                        .stream()
                        .map(ResourceTagMapping::resourceARN)
                        .toList());
    }

    private static ObservedKey detailed(AwsContext context, KeyMetadata key) {
        String id = key.keyId();
        return new ObservedKey(key, rotation(context, id), policy(context, id), tags(context, id));
    }

    static boolean rotation(AwsContext context, String key) {
        return context.call(
                "kms:GetKeyRotationStatus",
                () -> context.kms().getKeyRotationStatus(r -> r.keyId(key)).keyRotationEnabled());
    }

    static String policy(AwsContext context, String key) {
        return context.call(
                "kms:GetKeyPolicy",
                () -> context.kms()
                        .getKeyPolicy(r -> r.keyId(key).policyName("default"))
                        .policy());
    }

    static Map<String, String> tags(AwsContext context, String key) {
        return context.call(
                "kms:ListResourceTags",
                () -> context.kms().listResourceTagsPaginator(r -> r.keyId(key)).tags().stream()
                        .collect(Collectors.toMap(Tag::tagKey, Tag::tagValue)));
    }

    @Override
    public Readiness readiness(ObservedKey observed) {
        return switch (observed.key().keyState()) {
            case CREATING, UPDATING -> Readiness.pending(observed.key().keyStateAsString());
            case UNAVAILABLE, PENDING_IMPORT -> {
                String state = observed.key().keyStateAsString();
                yield AwsErrorTable.table().failed(state, AwsErrorTable.STATE + "key-" + state, state);
            }
            default -> Readiness.ready();
        };
    }

    /** What it has encrypted can be read with no other key. */
    @Override
    public Optional<String> irreplaceable(ObservedKey observed) {
        return Optional.of(
                switch (observed.key().keyState()) {
                    case UNAVAILABLE -> "Connect the key store of key " + observed.id() + " again, then apply.";
                    case PENDING_IMPORT -> "Import the key material of key " + observed.id() + " again, then apply.";
                    default ->
                        "Key " + observed.id()
                                + " encrypts Secrets, disks and backups: keep it, or move to a new backend.";
                });
    }

    @Override
    public Disruption deletionDisruption() {
        return Disruption.DATA;
    }

    @Override
    public List<FieldChange> compare(ObservedKey observed, State state) {
        List<FieldChange> changes = new ArrayList<>();
        if (!isEnabled(observed.key())) {
            // KMS changes nothing else of a key that is not enabled.
            return List.of(FieldChange.inPlace(STATE, observed.key().keyStateAsString(), KeyState.ENABLED));
        }
        if (Boolean.FALSE.equals(observed.rotation())) {
            changes.add(FieldChange.inPlace(ROTATION, false, true));
        }
        if (observed.policy() != null && !Json.same(policy, observed.policy())) {
            changes.add(FieldChange.inPlace(POLICY, observed.policy(), policy));
        }
        changes.addAll(compareTags(observed.tags()));
        return changes;
    }

    @Override
    public ObservedKey create(State state) {
        KeyMetadata key = context.call(
                "kms:CreateKey",
                () -> context.kms()
                        .createKey(r -> r.description("OSMO backend " + context.name())
                                .policy(policy)
                                .tags(asTags()))
                        .keyMetadata());
        return new ObservedKey(key, false, policy, tags());
    }

    private List<Tag> asTags() {
        return tags().entrySet().stream()
                .map(e ->
                        Tag.builder().tagKey(e.getKey()).tagValue(e.getValue()).build())
                .toList();
    }

    @Override
    public void update(ObservedKey observed, List<FieldChange> changes, State state) {
        String key = observed.id();
        switch (changes.get(0).field()) {
            case STATE -> enable(observed);
            case ROTATION ->
                context.call("kms:EnableKeyRotation", () -> context.kms().enableKeyRotation(r -> r.keyId(key)));
            case POLICY ->
                context.call(
                        "kms:PutKeyPolicy",
                        () -> context.kms()
                                .putKeyPolicy(
                                        r -> r.keyId(key).policyName("default").policy(policy)));
            default ->
                context.call(
                        "kms:TagResource",
                        () -> context.kms().tagResource(r -> r.keyId(key).tags(asTags())));
        }
    }

    /** A key whose deletion is cancelled is disabled; the next call enables it. */
    private void enable(ObservedKey observed) {
        String key = observed.id();
        if (exists(observed.key())) {
            context.call("kms:EnableKey", () -> context.kms().enableKey(r -> r.keyId(key)));
        } else {
            context.call("kms:CancelKeyDeletion", () -> context.kms().cancelKeyDeletion(r -> r.keyId(key)));
        }
    }

    @Override
    public void delete(ObservedKey observed, State state) {
        int days = context.settings().keyDeletionWindowDays();
        context.delete(
                "kms:ScheduleKeyDeletion",
                () -> context.kms()
                        .scheduleKeyDeletion(r -> r.keyId(observed.id()).pendingWindowInDays(days)));
    }
}
