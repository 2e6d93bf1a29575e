// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.Table;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.model.*;

/** IAM roles and their policies. Global: one for all regions. */
final class EmulatedIam {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AwsAccount account;
    private final Table<HeldRole> roles = new Table<>(name -> refuse(
            NoSuchEntityException.builder(), 404, "NoSuchEntity", "The role with name " + name + " cannot be found."));

    EmulatedIam(AwsAccount account) {
        this.account = account;
    }

    /** A role with what hangs on it. */
    static final class HeldRole {
        Role role;
        final Map<String, String> tags = new TreeMap<>();
        final Set<String> attached = new TreeSet<>();
        final Map<String, String> inline = new LinkedHashMap<>();

        HeldRole(Role role) {
            this.role = role;
        }
    }

    /** The role with this ARN as a service sees it, which is a few seconds after its creation. */
    Optional<HeldRole> assumable(String arn, Instant now) {
        return roles.where(r -> r.role.arn().equals(arn))
                .filter(r -> !now.isBefore(r.role.createDate().plus(Durations.ROLE_PROPAGATION)))
                .findFirst();
    }

    /** Whether the trust policy names the service. */
    static boolean trusts(HeldRole role, String service) {
        return role.role.assumeRolePolicyDocument().contains(URLEncoder.encode(service, StandardCharsets.UTF_8));
    }

    CreateRoleResponse createRole(CreateRoleRequest r) {
        String lower = r.roleName().toLowerCase(Locale.ROOT);
        if (roles.any(known -> known.role.roleName().toLowerCase(Locale.ROOT).equals(lower))) {
            throw refuse(
                    EntityAlreadyExistsException.builder(),
                    409,
                    "EntityAlreadyExists",
                    "Role with name " + r.roleName() + " already exists.");
        }
        requireDocument(r.assumeRolePolicyDocument());
        String path = r.path() == null ? "/" : r.path();
        HeldRole held = new HeldRole(Role.builder()
                .roleName(r.roleName())
                .roleId("AROA" + account.hex(17).toUpperCase(Locale.ROOT))
                .path(path)
                .arn("arn:aws:iam::" + account.id() + ":role" + path + r.roleName())
                .assumeRolePolicyDocument(URLEncoder.encode(r.assumeRolePolicyDocument(), StandardCharsets.UTF_8))
                .createDate(account.now())
                .description(r.description())
                .maxSessionDuration(r.maxSessionDuration() == null ? 3600 : r.maxSessionDuration())
                .build());
        tag(held, r.tags());
        roles.put(r.roleName(), held);
        return CreateRoleResponse.builder().role(shown(held)).build();
    }

    GetRoleResponse getRole(GetRoleRequest r) {
        return GetRoleResponse.builder().role(shown(roles.get(r.roleName()))).build();
    }

    /** As the service does, without tags. */
    ListRolesResponse listRoles(ListRolesRequest r) {
        List<Role> found = roles.where(
                        held -> r.pathPrefix() == null || held.role.path().startsWith(r.pathPrefix()))
                .map(held -> held.role)
                .toList();
        Page<Role> page = Page.of(found, r.maxItems(), r.marker(), account.pageSize());
        return ListRolesResponse.builder()
                .roles(page.items())
                .isTruncated(page.truncated())
                .marker(page.next())
                .build();
    }

    UpdateAssumeRolePolicyResponse updateAssumeRolePolicy(UpdateAssumeRolePolicyRequest r) {
        HeldRole held = roles.get(r.roleName());
        requireDocument(r.policyDocument());
        held.role = held.role.toBuilder()
                .assumeRolePolicyDocument(URLEncoder.encode(r.policyDocument(), StandardCharsets.UTF_8))
                .build();
        return UpdateAssumeRolePolicyResponse.builder().build();
    }

    DeleteRoleResponse deleteRole(DeleteRoleRequest r) {
        HeldRole held = roles.get(r.roleName());
        if (!held.attached.isEmpty()) {
            throw conflict("Cannot delete entity, must detach all policies first.");
        }
        if (!held.inline.isEmpty()) {
            throw conflict("Cannot delete entity, must delete policies first.");
        }
        roles.remove(r.roleName());
        return DeleteRoleResponse.builder().build();
    }

    TagRoleResponse tagRole(TagRoleRequest r) {
        tag(roles.get(r.roleName()), r.tags());
        return TagRoleResponse.builder().build();
    }

    UntagRoleResponse untagRole(UntagRoleRequest r) {
        roles.get(r.roleName()).tags.keySet().removeAll(r.tagKeys());
        return UntagRoleResponse.builder().build();
    }

    ListRoleTagsResponse listRoleTags(ListRoleTagsRequest r) {
        Page<Tag> page = Page.of(tags(roles.get(r.roleName())), r.maxItems(), r.marker(), account.pageSize());
        return ListRoleTagsResponse.builder()
                .tags(page.items())
                .isTruncated(page.truncated())
                .marker(page.next())
                .build();
    }

    AttachRolePolicyResponse attachRolePolicy(AttachRolePolicyRequest r) {
        HeldRole held = roles.get(r.roleName());
        if (!r.policyArn().startsWith("arn:aws:iam::aws:policy/")) {
            throw refuse(
                    NoSuchEntityException.builder(),
                    404,
                    "NoSuchEntity",
                    "Policy " + r.policyArn() + " does not exist or is not attachable.");
        }
        if (!held.attached.contains(r.policyArn()) && held.attached.size() >= 10) {
            throw refuse(
                    LimitExceededException.builder(),
                    409,
                    "LimitExceeded",
                    "Cannot exceed quota for PoliciesPerRole: 10");
        }
        held.attached.add(r.policyArn());
        return AttachRolePolicyResponse.builder().build();
    }

    DetachRolePolicyResponse detachRolePolicy(DetachRolePolicyRequest r) {
        if (!roles.get(r.roleName()).attached.remove(r.policyArn())) {
            throw refuse(
                    NoSuchEntityException.builder(),
                    404,
                    "NoSuchEntity",
                    "Policy " + r.policyArn() + " was not found.");
        }
        return DetachRolePolicyResponse.builder().build();
    }

    ListAttachedRolePoliciesResponse listAttachedRolePolicies(ListAttachedRolePoliciesRequest r) {
        Page<AttachedPolicy> page =
                Page.of(attached(roles.get(r.roleName())), r.maxItems(), r.marker(), account.pageSize());
        return ListAttachedRolePoliciesResponse.builder()
                .attachedPolicies(page.items())
                .isTruncated(page.truncated())
                .marker(page.next())
                .build();
    }

    PutRolePolicyResponse putRolePolicy(PutRolePolicyRequest r) {
        HeldRole held = roles.get(r.roleName());
        requireDocument(r.policyDocument());
        held.inline.put(r.policyName(), r.policyDocument());
        return PutRolePolicyResponse.builder().build();
    }

    GetRolePolicyResponse getRolePolicy(GetRolePolicyRequest r) {
        String document = roles.get(r.roleName()).inline.get(r.policyName());
        if (document == null) {
            throw noPolicy(r.policyName());
        }
        return GetRolePolicyResponse.builder()
                .roleName(r.roleName())
                .policyName(r.policyName())
                .policyDocument(URLEncoder.encode(document, StandardCharsets.UTF_8))
                .build();
    }

    ListRolePoliciesResponse listRolePolicies(ListRolePoliciesRequest r) {
        Page<String> page = Page.of(
                List.copyOf(roles.get(r.roleName()).inline.keySet()), r.maxItems(), r.marker(), account.pageSize());
        return ListRolePoliciesResponse.builder()
                .policyNames(page.items())
                .isTruncated(page.truncated())
                .marker(page.next())
                .build();
    }

    DeleteRolePolicyResponse deleteRolePolicy(DeleteRolePolicyRequest r) {
        if (roles.get(r.roleName()).inline.remove(r.policyName()) == null) {
            throw noPolicy(r.policyName());
        }
        return DeleteRolePolicyResponse.builder().build();
    }

    ListInstanceProfilesForRoleResponse listInstanceProfilesForRole(ListInstanceProfilesForRoleRequest r) {
        roles.get(r.roleName());
        return ListInstanceProfilesForRoleResponse.builder()
                .instanceProfiles(List.of())
                .isTruncated(false)
                .build();
    }

    /** Everything about roles in one list: the only way to read roles with their policies without one call each. */
    GetAccountAuthorizationDetailsResponse getAccountAuthorizationDetails(GetAccountAuthorizationDetailsRequest r) {
        List<RoleDetail> details = roles.all().stream()
                .map(held -> RoleDetail.builder()
                        .roleName(held.role.roleName())
                        .roleId(held.role.roleId())
                        .path(held.role.path())
                        .arn(held.role.arn())
                        .createDate(held.role.createDate())
                        .assumeRolePolicyDocument(held.role.assumeRolePolicyDocument())
                        .tags(tags(held))
                        .attachedManagedPolicies(attached(held))
                        .rolePolicyList(held.inline.entrySet().stream()
                                .map(p -> PolicyDetail.builder()
                                        .policyName(p.getKey())
                                        .policyDocument(URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
                                        .build())
                                .toList())
                        .instanceProfileList(List.of())
                        .build())
                .toList();
        Page<RoleDetail> page = Page.of(details, r.maxItems(), r.marker(), account.pageSize());
        return GetAccountAuthorizationDetailsResponse.builder()
                .roleDetailList(page.items())
                .isTruncated(page.truncated())
                .marker(page.next())
                .build();
    }

    List<String> inventory() {
        return roles.all().stream()
                .map(held -> "role " + held.role.path() + held.role.roleName() + " " + held.attached + " "
                        + held.inline.keySet())
                .toList();
    }

    private void tag(HeldRole held, List<Tag> tags) {
        tags.forEach(tag -> held.tags.put(tag.key(), tag.value()));
        if (held.tags.size() > 50) {
            throw refuse(
                    LimitExceededException.builder(), 409, "LimitExceeded", "Cannot exceed quota for TagsPerRole: 50");
        }
    }

    private static List<Tag> tags(HeldRole held) {
        return held.tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    private static List<AttachedPolicy> attached(HeldRole held) {
        return held.attached.stream()
                .map(arn -> AttachedPolicy.builder()
                        .policyArn(arn)
                        .policyName(arn.substring(arn.lastIndexOf('/') + 1))
                        .build())
                .toList();
    }

    private static Role shown(HeldRole held) {
        return held.role.toBuilder().tags(tags(held)).build();
    }

    private static void requireDocument(String document) {
        try {
            if (!JSON.readTree(document).path("Statement").isContainerNode()) {
                throw malformed("Missing required field Statement");
            }
        } catch (JsonProcessingException e) {
            throw malformed("This policy contains invalid Json");
        }
    }

    private static AwsServiceException malformed(String message) {
        return refuse(MalformedPolicyDocumentException.builder(), 400, "MalformedPolicyDocument", message);
    }

    private static AwsServiceException noPolicy(String name) {
        return refuse(
                NoSuchEntityException.builder(),
                404,
                "NoSuchEntity",
                "The role policy with name " + name + " cannot be found.");
    }

    private static AwsServiceException conflict(String message) {
        return refuse(DeleteConflictException.builder(), 409, "DeleteConflict", message);
    }

    private static AwsServiceException refuse(
            AwsServiceException.Builder builder, int status, String code, String message) {
        return AwsErrors.of(builder, "Iam", status, code, message);
    }
}
