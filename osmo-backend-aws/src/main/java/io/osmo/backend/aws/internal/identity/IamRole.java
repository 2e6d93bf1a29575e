// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.identity;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.AwsResource;
import io.osmo.backend.aws.internal.Caller;
import io.osmo.backend.aws.internal.Json;
import io.osmo.backend.aws.internal.Tags;
import io.osmo.backend.aws.internal.encryption.EncryptionKey;
import io.osmo.backend.aws.internal.encryption.ObservedKey;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Names;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/**
 * A role. It lies under a path of its backend, which makes it ours. Policies that others attach are left alone.
 */
public final class IamRole extends AwsResource<ObservedRole> {
    static final String KIND = "iam-role";

    private static final int NAME_LIMIT = 64;
    private static final String TRUST = "assumeRolePolicyDocument";
    private static final String ATTACHED = "attachedPolicies";
    private static final String INLINE = "inlinePolicy";

    private static final Timing TIMING = new Timing(
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofMinutes(5));

    private final RoleKind kind;
    private final Set<String> managed;

    IamRole(AwsContext aws, RoleKind kind, Caller caller) {
        this(aws, kind, managed(kind, caller));
    }

    private static Set<String> managed(RoleKind kind, Caller caller) {
        return kind.managedPolicies().stream().map(caller::managedPolicy).collect(Collectors.toSet());
    }

    private IamRole(AwsContext aws, RoleKind kind, Set<String> managed) {
        super(
                aws,
                id(kind),
                ObservedRole.class,
                kind == RoleKind.CLUSTER || kind == RoleKind.EBS_CSI ? Set.of(EncryptionKey.ID) : Set.of(),
                TIMING,
                "IAM role " + name(aws, kind));
        this.kind = kind;
        this.managed = new TreeSet<>(managed);
    }

    static IamRole owned(AwsContext aws, ResourceId id) {
        return new IamRole(aws, RoleKind.valueOf(id.name().replace('-', '_').toUpperCase(Locale.ROOT)), Set.of());
    }

    public static ResourceId id(RoleKind kind) {
        return ResourceId.of(KIND, kind.id());
    }

    /** IAM spans all regions, so the region is part of path and name. */
    static String path(AwsContext aws) {
        return "/osmo-backend/" + aws.region() + "/" + aws.name() + "/";
    }

    static String name(AwsContext aws, RoleKind kind) {
        // The kind comes first so that shortening never hides it.
        return Names.shortened("osmo-" + kind.id() + "-" + aws.region() + "-" + aws.name(), NAME_LIMIT);
    }

    private String name() {
        return name(aws, kind);
    }

    @Override
    public Optional<ObservedRole> read(State state) {
        return find(aws, kind).map(role -> new ObservedRole(role, attached(aws, name()), inline(aws, kind)));
    }

    static Optional<Role> find(AwsContext aws, RoleKind kind) {
        return aws.find(
                        "iam:GetRole",
                        () -> aws.clients()
                                .iam()
                                .getRole(r -> r.roleName(name(aws, kind)))
                                .role())
                .filter(role -> path(aws).equals(role.path()));
    }

    static Set<String> attached(AwsContext aws, String role) {
        return aws.find(
                        "iam:ListAttachedRolePolicies",
                        () -> aws
                                .clients()
                                .iam()
                                .listAttachedRolePoliciesPaginator(r -> r.roleName(role))
                                .attachedPolicies()
                                .stream()
                                .map(AttachedPolicy::policyArn)
                                .collect(Collectors.toSet()))
                .orElseGet(Set::of);
    }

    static Map<String, String> inline(AwsContext aws, RoleKind kind) {
        Map<String, String> policies = new HashMap<>();
        if (kind.hasInline()) {
            aws.find(
                            "iam:GetRolePolicy",
                            () -> aws.clients()
                                    .iam()
                                    .getRolePolicy(
                                            r -> r.roleName(name(aws, kind)).policyName(kind.inlineName())))
                    .ifPresent(answer -> policies.put(answer.policyName(), decoded(answer.policyDocument())));
        }
        return policies;
    }

    /** IAM answers policies in the encoding of URLs. */
    private static String decoded(String document) {
        return URLDecoder.decode(document, StandardCharsets.UTF_8);
    }

    @Override
    public List<FieldChange> compare(ObservedRole observed, State state) {
        List<FieldChange> changes = new ArrayList<>();
        String trust = observed.role().assumeRolePolicyDocument();
        if (trust != null && !Json.same(kind.trustPolicy(), decoded(trust))) {
            changes.add(FieldChange.inPlace(TRUST, decoded(trust), kind.trustPolicy()));
        }
        if (!observed.attached().containsAll(managed)) {
            changes.add(FieldChange.inPlace(ATTACHED, new TreeSet<>(observed.attached()), managed));
        }
        inlinePolicy(state)
                .filter(wanted -> !Optional.ofNullable(observed.inline().get(kind.inlineName()))
                        .filter(stands -> Json.same(wanted, stands))
                        .isPresent())
                .ifPresent(wanted -> changes.add(FieldChange.inPlace(
                        INLINE, observed.inline().getOrDefault(kind.inlineName(), "absent"), wanted)));
        Map<String, String> tags = new HashMap<>();
        observed.role().tags().forEach(tag -> tags.put(tag.key(), tag.value()));
        changes.addAll(Tags.compare(tags, aws.tags().of(id())));
        return changes;
    }

    private Optional<String> inlinePolicy(State state) {
        String key =
                needsKey() ? state.require(EncryptionKey.ID, ObservedKey.class).arn() : "";
        return kind.inlinePolicy(aws.name(), key);
    }

    private boolean needsKey() {
        return after().contains(EncryptionKey.ID);
    }

    @Override
    public ObservedRole create(State state) {
        Role role = aws.call(
                "iam:CreateRole",
                () -> aws.clients()
                        .iam()
                        .createRole(r -> r.roleName(name())
                                .path(path(aws))
                                .description("OSMO backend " + aws.name() + ": " + kind.id())
                                .assumeRolePolicyDocument(kind.trustPolicy())
                                .tags(tags()))
                        .role());
        return new ObservedRole(role, Set.of(), Map.of());
    }

    private List<Tag> tags() {
        return aws.tags().of(id()).entrySet().stream()
                .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
                .toList();
    }

    @Override
    public void update(ObservedRole observed, List<FieldChange> changes, State state) {
        switch (changes.get(0).field()) {
            case TRUST ->
                aws.call(
                        "iam:UpdateAssumeRolePolicy",
                        () -> aws.clients()
                                .iam()
                                .updateAssumeRolePolicy(r -> r.roleName(name()).policyDocument(kind.trustPolicy())));
            case ATTACHED -> {
                String missing = managed.stream()
                        .filter(arn -> !observed.attached().contains(arn))
                        .findFirst()
                        .orElseThrow();
                aws.call(
                        "iam:AttachRolePolicy",
                        () -> aws.clients()
                                .iam()
                                .attachRolePolicy(r -> r.roleName(name()).policyArn(missing)));
            }
            case INLINE -> {
                String policy = inlinePolicy(state).orElseThrow();
                aws.call(
                        "iam:PutRolePolicy",
                        () -> aws.clients()
                                .iam()
                                .putRolePolicy(r -> r.roleName(name())
                                        .policyName(kind.inlineName())
                                        .policyDocument(policy)));
            }
            default ->
                aws.call(
                        "iam:TagRole",
                        () -> aws.clients()
                                .iam()
                                .tagRole(r -> r.roleName(name()).tags(tags())));
        }
    }

    /** A role is deleted once nothing hangs on it: one policy goes with each call. */
    @Override
    public void delete(ObservedRole observed, State state) {
        if (!observed.attached().isEmpty()) {
            String policy = new TreeSet<>(observed.attached()).first();
            aws.delete(
                    "iam:DetachRolePolicy",
                    () -> aws.clients()
                            .iam()
                            .detachRolePolicy(r -> r.roleName(name()).policyArn(policy)));
        } else if (!observed.inline().isEmpty()) {
            String policy = new TreeSet<>(observed.inline().keySet()).first();
            aws.delete(
                    "iam:DeleteRolePolicy",
                    () -> aws.clients()
                            .iam()
                            .deleteRolePolicy(r -> r.roleName(name()).policyName(policy)));
        } else {
            aws.delete("iam:DeleteRole", () -> aws.clients().iam().deleteRole(r -> r.roleName(name())));
        }
    }
}
