// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.identity;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.AwsResource;
import io.osmo.backend.aws.internal.Caller;
import io.osmo.backend.aws.internal.Json;
import io.osmo.backend.aws.internal.encryption.EncryptionKey;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Names;
import io.osmo.backend.spi.provider.Needs;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/** A role of the backend, identified by tags: role names are unique in an account. Policies that others attach are not changed. */
public final class IamRole extends AwsResource<ObservedRole> implements Resource<ObservedRole> {
    static final String KIND = "iam-role";

    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(KIND)
            .read("iam:GetRole", "iam:ListAttachedRolePolicies", "iam:GetRolePolicy")
            .create("iam:CreateRole", "iam:TagRole")
            .update("iam:UpdateAssumeRolePolicy", "iam:AttachRolePolicy", "iam:PutRolePolicy", "iam:TagRole")
            .delete("iam:DetachRolePolicy", "iam:DeleteRolePolicy", "iam:DeleteRole");

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
    private final String name;
    private final Set<String> managed;

    IamRole(AwsContext context, RoleKind kind, Caller caller) {
        this(
                context,
                kind,
                kind.managedPolicies().stream().map(caller::managedPolicy).toList());
    }

    private IamRole(AwsContext context, RoleKind kind, List<String> managed) {
        super(
                context,
                id(kind),
                ObservedRole.class,
                kind.usesKey() ? Set.of(EncryptionKey.ID) : Set.of(),
                TIMING,
                "IAM role " + name(context, kind));
        this.kind = kind;
        this.name = name(context, kind);
        this.managed = new TreeSet<>(managed);
    }

    static IamRole owned(AwsContext context, ResourceId id) {
        return new IamRole(context, RoleKind.of(id.name()), List.of());
    }

    public static ResourceId id(RoleKind kind) {
        return ResourceId.of(KIND, kind.id());
    }

    /** ARN of one of the backend's roles. */
    public static String arn(State state, RoleKind kind) {
        return state.require(id(kind), ObservedRole.class).role().arn();
    }

    /** Whether an ARN is that of one of the backend's roles; a recreated role has the same ARN. */
    public static boolean isArn(AwsContext context, RoleKind kind, String arn) {
        return arn.endsWith(":role" + path(context) + name(context, kind));
    }

    /** IAM spans all regions, so the region is part of path and name. */
    private static String path(AwsContext context) {
        return "/osmo-backend/" + context.region() + "/" + context.name() + "/";
    }

    private static String name(AwsContext context, RoleKind kind) {
        // The kind comes first so that shortening never hides it.
        return Names.shortened("osmo-" + kind.id() + "-" + context.region() + "-" + context.name(), NAME_LIMIT);
    }

    @Override
    public String cloudId() {
        return name;
    }

    @Override
    public Optional<ObservedRole> read(State state) {
        return find(context, kind)
                .filter(role -> isOurs(context, role))
                .map(role -> new ObservedRole(role, attached(context, kind), inline(context, kind)));
    }

    static Optional<Role> find(AwsContext context, RoleKind kind) {
        return context.find(
                "iam:GetRole",
                () -> context.iam()
                        .getRole(r -> r.roleName(name(context, kind)))
                        .role());
    }

    static boolean isOurs(AwsContext context, Role role) {
        return context.ownership().owns(tags(role));
    }

    private static Map<String, String> tags(Role role) {
        Map<String, String> tags = new HashMap<>();
        role.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
        return tags;
    }

    @Override
    public Optional<String> owner(ObservedRole observed) {
        return Optional.of("role " + observed.role().arn()
                + " has this name but not the tags of this backend; delete it if nothing uses it, or give the backend"
                + " another name");
    }

    static Set<String> attached(AwsContext context, RoleKind kind) {
        return context.find(
                        "iam:ListAttachedRolePolicies",
                        () -> context
                                .iam()
                                .listAttachedRolePoliciesPaginator(r -> r.roleName(name(context, kind)))
                                .attachedPolicies()
                                .stream()
                                .map(AttachedPolicy::policyArn)
                                .collect(Collectors.toSet()))
                .orElseGet(Set::of);
    }

    static Map<String, String> inline(AwsContext context, RoleKind kind) {
        if (!kind.hasInline()) {
            return Map.of();
        }
        return context.find(
                        "iam:GetRolePolicy",
                        () -> context.iam()
                                .getRolePolicy(
                                        r -> r.roleName(name(context, kind)).policyName(kind.inlineName())))
                .map(answer -> Map.of(answer.policyName(), decoded(answer.policyDocument())))
                .orElseGet(Map::of);
    }

    /** IAM returns policies URL-encoded. */
    private static String decoded(String document) {
        return URLDecoder.decode(document, StandardCharsets.UTF_8);
    }

    @Override
    public List<FieldChange> compare(ObservedRole observed, State state) {
        List<FieldChange> changes = new ArrayList<>();
        String trust = observed.role().assumeRolePolicyDocument();
        if (trust != null && !Json.same(kind.trustPolicy(context.region()), decoded(trust))) {
            changes.add(FieldChange.inPlace(TRUST, decoded(trust), kind.trustPolicy(context.region())));
        }
        if (!observed.attached().containsAll(managed)) {
            changes.add(FieldChange.inPlace(ATTACHED, new TreeSet<>(observed.attached()), managed));
        }
        String inline = observed.inline().getOrDefault(kind.inlineName(), "absent");
        inlinePolicy(state)
                .filter(wanted -> !Json.same(wanted, inline))
                .ifPresent(wanted -> changes.add(FieldChange.inPlace(INLINE, inline, wanted)));
        changes.addAll(compareTags(tags(observed.role())));
        return changes;
    }

    private Optional<String> inlinePolicy(State state) {
        return kind.inlinePolicy(context.name(), kind.usesKey() ? EncryptionKey.arn(state) : "");
    }

    @Override
    public ObservedRole create(State state) {
        Role role = context.call(
                "iam:CreateRole",
                () -> context.iam()
                        .createRole(r -> r.roleName(name)
                                .path(path(context))
                                .description("OSMO backend " + context.name() + ": " + kind.id())
                                .assumeRolePolicyDocument(kind.trustPolicy(context.region()))
                                .tags(asTags()))
                        .role());
        return new ObservedRole(role, Set.of(), Map.of());
    }

    private List<Tag> asTags() {
        return tags().entrySet().stream()
                .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
                .toList();
    }

    @Override
    public void update(ObservedRole observed, List<FieldChange> changes, State state) {
        switch (changes.get(0).field()) {
            case TRUST ->
                context.call(
                        "iam:UpdateAssumeRolePolicy",
                        () -> context.iam()
                                .updateAssumeRolePolicy(
                                        r -> r.roleName(name).policyDocument(kind.trustPolicy(context.region()))));
            case ATTACHED -> {
                String missing = managed.stream()
                        .filter(arn -> !observed.attached().contains(arn))
                        .findFirst()
                        .orElseThrow();
                context.call(
                        "iam:AttachRolePolicy",
                        () -> context.iam()
                                .attachRolePolicy(r -> r.roleName(name).policyArn(missing)));
            }
            case INLINE -> {
                String policy = inlinePolicy(state).orElseThrow();
                context.call(
                        "iam:PutRolePolicy",
                        () -> context.iam()
                                .putRolePolicy(r -> r.roleName(name)
                                        .policyName(kind.inlineName())
                                        .policyDocument(policy)));
            }
            default ->
                context.call(
                        "iam:TagRole",
                        () -> context.iam().tagRole(r -> r.roleName(name).tags(asTags())));
        }
    }

    /** A role can be deleted once it has no policies; each call removes one of them. */
    @Override
    public void delete(ObservedRole observed, State state) {
        if (!observed.attached().isEmpty()) {
            String policy = new TreeSet<>(observed.attached()).first();
            context.delete(
                    "iam:DetachRolePolicy",
                    () -> context.iam().detachRolePolicy(r -> r.roleName(name).policyArn(policy)));
        } else if (!observed.inline().isEmpty()) {
            String policy = new TreeSet<>(observed.inline().keySet()).first();
            context.delete(
                    "iam:DeleteRolePolicy",
                    () -> context.iam().deleteRolePolicy(r -> r.roleName(name).policyName(policy)));
        } else {
            context.delete("iam:DeleteRole", () -> context.iam().deleteRole(r -> r.roleName(name)));
        }
    }
}
