// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.iam;

import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.aws.TagRules;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.model.*;

/** Roles and their tags. */
final class Roles {
    private static final Pattern ALPHABET = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

    private final Iam iam;

    Roles(Iam iam) {
        this.iam = iam;
    }

    CreateRoleResponse createRole(CreateRoleRequest r) {
        String lower = r.roleName().toLowerCase(Locale.ROOT);
        if (iam.roles.any(
                known -> known.role.roleName().toLowerCase(Locale.ROOT).equals(lower))) {
            throw Iam.refuse(
                    EntityAlreadyExistsException.builder(),
                    409,
                    "EntityAlreadyExists",
                    "Role with name " + r.roleName() + " already exists.");
        }
        iam.requireDocument(r.assumeRolePolicyDocument());
        String path = r.path() == null ? "/" : r.path();
        StoredRole stored = new StoredRole(Role.builder()
                .roleName(r.roleName())
                .roleId("AROA" + iam.account.hex(17).toUpperCase(Locale.ROOT))
                .path(path)
                .arn(iam.account.arn("iam", "", "role" + path + r.roleName()))
                .assumeRolePolicyDocument(URLEncoder.encode(r.assumeRolePolicyDocument(), StandardCharsets.UTF_8))
                .createDate(iam.account.now())
                .description(r.description())
                .maxSessionDuration(r.maxSessionDuration() == null ? 3600 : r.maxSessionDuration())
                .build());
        tag(stored, r.tags());
        iam.roles.put(r.roleName(), stored);
        return CreateRoleResponse.builder().role(described(stored)).build();
    }

    GetRoleResponse getRole(GetRoleRequest r) {
        if (!iam.roles.has(r.roleName())) {
            String planted = iam.planted("role", r.roleName()).orElse("");
            if (!planted.isEmpty()) {
                return GetRoleResponse.builder()
                        .role(role -> role.roleName(r.roleName())
                                .roleId("AROAEXAMPLEEXAMPLE")
                                .path(planted.substring(
                                        "role".length(),
                                        planted.length() - r.roleName().length()))
                                .arn(iam.arn(planted))
                                .createDate(iam.account.now()))
                        .build();
            }
        }
        return GetRoleResponse.builder()
                .role(described(iam.roles.get(r.roleName())))
                .build();
    }

    /** Without tags, as the service lists roles. */
    ListRolesResponse listRoles(ListRolesRequest r) {
        List<Role> found = iam.roles
                .where(stored -> r.pathPrefix() == null || stored.role.path().startsWith(r.pathPrefix()))
                .map(stored -> stored.role)
                .toList();
        Page<Role> page = Page.of(found, r.maxItems(), r.marker(), iam.account.pageSize());
        return ListRolesResponse.builder()
                .roles(page.items())
                .isTruncated(page.truncated())
                .marker(page.next())
                .build();
    }

    UpdateAssumeRolePolicyResponse updateAssumeRolePolicy(UpdateAssumeRolePolicyRequest r) {
        StoredRole stored = iam.roles.get(r.roleName());
        iam.requireDocument(r.policyDocument());
        stored.role = stored.role.toBuilder()
                .assumeRolePolicyDocument(URLEncoder.encode(r.policyDocument(), StandardCharsets.UTF_8))
                .build();
        return UpdateAssumeRolePolicyResponse.builder().build();
    }

    DeleteRoleResponse deleteRole(DeleteRoleRequest r) {
        StoredRole stored = iam.roles.get(r.roleName());
        if (!stored.attached.isEmpty()) {
            throw Iam.conflict("Cannot delete entity, must detach all policies first.");
        }
        if (!stored.inline.isEmpty()) {
            throw Iam.conflict("Cannot delete entity, must delete policies first.");
        }
        iam.roles.remove(r.roleName());
        return DeleteRoleResponse.builder().build();
    }

    TagRoleResponse tagRole(TagRoleRequest r) {
        tag(iam.roles.get(r.roleName()), r.tags());
        return TagRoleResponse.builder().build();
    }

    UntagRoleResponse untagRole(UntagRoleRequest r) {
        iam.roles.get(r.roleName()).tags.keySet().removeAll(r.tagKeys());
        return UntagRoleResponse.builder().build();
    }

    ListRoleTagsResponse listRoleTags(ListRoleTagsRequest r) {
        Page<Tag> page = Page.of(tags(iam.roles.get(r.roleName())), r.maxItems(), r.marker(), iam.account.pageSize());
        return ListRoleTagsResponse.builder()
                .tags(page.items())
                .isTruncated(page.truncated())
                .marker(page.next())
                .build();
    }

    ListInstanceProfilesForRoleResponse listInstanceProfilesForRole(ListInstanceProfilesForRoleRequest r) {
        iam.roles.get(r.roleName());
        return ListInstanceProfilesForRoleResponse.builder()
                .instanceProfiles(List.of())
                .isTruncated(false)
                .build();
    }

    /** Roles with their policies and tags: no other list has them. */
    GetAccountAuthorizationDetailsResponse getAccountAuthorizationDetails(GetAccountAuthorizationDetailsRequest r) {
        List<RoleDetail> details = iam.roles.all().stream()
                .map(stored -> RoleDetail.builder()
                        .roleName(stored.role.roleName())
                        .roleId(stored.role.roleId())
                        .path(stored.role.path())
                        .arn(stored.role.arn())
                        .createDate(stored.role.createDate())
                        .assumeRolePolicyDocument(stored.role.assumeRolePolicyDocument())
                        .tags(tags(stored))
                        .attachedManagedPolicies(RolePolicies.attached(stored))
                        .rolePolicyList(stored.inline.entrySet().stream()
                                .map(p -> PolicyDetail.builder()
                                        .policyName(p.getKey())
                                        .policyDocument(URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
                                        .build())
                                .toList())
                        .instanceProfileList(List.of())
                        .build())
                .toList();
        Page<RoleDetail> page = Page.of(details, r.maxItems(), r.marker(), iam.account.pageSize());
        return GetAccountAuthorizationDetailsResponse.builder()
                .roleDetailList(page.items())
                .isTruncated(page.truncated())
                .marker(page.next())
                .build();
    }

    /** IAM takes keys that differ in case alone for one key. */
    private void tag(StoredRole stored, List<Tag> tags) {
        Map<String, String> added = new TreeMap<>();
        Set<String> folded = new HashSet<>();
        for (Tag tag : tags) {
            if (!folded.add(tag.key().toLowerCase(Locale.ROOT))) {
                throw invalid("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }
            if (!ALPHABET.matcher(tag.key()).matches()
                    || !ALPHABET.matcher(tag.value()).matches()) {
                throw invalid("Tag key or value has characters that are not allowed: " + tag.key());
            }
            added.put(tag.key(), tag.value());
        }
        Map<String, String> all = new TreeMap<>(stored.tags);
        all.keySet().removeIf(key -> folded.contains(key.toLowerCase(Locale.ROOT)));
        all.putAll(added);
        TagRules.check(
                added,
                all,
                Roles::invalid,
                message -> Iam.refuse(LimitExceededException.builder(), 409, "LimitExceeded", message));
        stored.tags.clear();
        stored.tags.putAll(all);
    }

    private static AwsServiceException invalid(String message) {
        return Iam.refuse(InvalidInputException.builder(), 400, "InvalidInput", message);
    }

    private static List<Tag> tags(StoredRole stored) {
        return stored.tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    private static Role described(StoredRole stored) {
        return stored.role.toBuilder().tags(tags(stored)).build();
    }
}
