// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.iam;

import io.osmo.backend.testkit.internal.Page;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.model.*;

/** Managed and inline policies of roles. */
final class RolePolicies {
    private final Iam iam;

    RolePolicies(Iam iam) {
        this.iam = iam;
    }

    AttachRolePolicyResponse attachRolePolicy(AttachRolePolicyRequest r) {
        StoredRole stored = iam.roles.get(r.roleName());
        if (!r.policyArn().startsWith(iam.account.awsOwned("iam", "policy/"))) {
            throw Iam.refuse(
                    NoSuchEntityException.builder(),
                    404,
                    "NoSuchEntity",
                    "Policy " + r.policyArn() + " does not exist or is not attachable.");
        }
        if (!stored.attached.contains(r.policyArn()) && stored.attached.size() >= 10) {
            throw Iam.refuse(
                    LimitExceededException.builder(),
                    409,
                    "LimitExceeded",
                    "Cannot exceed quota for PoliciesPerRole: 10");
        }
        stored.attached.add(r.policyArn());
        return AttachRolePolicyResponse.builder().build();
    }

    DetachRolePolicyResponse detachRolePolicy(DetachRolePolicyRequest r) {
        if (!iam.roles.get(r.roleName()).attached.remove(r.policyArn())) {
            throw Iam.refuse(
                    NoSuchEntityException.builder(),
                    404,
                    "NoSuchEntity",
                    "Policy " + r.policyArn() + " was not found.");
        }
        return DetachRolePolicyResponse.builder().build();
    }

    ListAttachedRolePoliciesResponse listAttachedRolePolicies(ListAttachedRolePoliciesRequest r) {
        Page<AttachedPolicy> page =
                Page.of(attached(iam.roles.get(r.roleName())), r.maxItems(), r.marker(), iam.account.pageSize());
        return ListAttachedRolePoliciesResponse.builder()
                .attachedPolicies(page.items())
                .isTruncated(page.truncated())
                .marker(page.next())
                .build();
    }

    PutRolePolicyResponse putRolePolicy(PutRolePolicyRequest r) {
        StoredRole stored = iam.roles.get(r.roleName());
        iam.requireDocument(r.policyDocument());
        stored.inline.put(r.policyName(), r.policyDocument());
        return PutRolePolicyResponse.builder().build();
    }

    GetRolePolicyResponse getRolePolicy(GetRolePolicyRequest r) {
        String document = iam.roles.get(r.roleName()).inline.get(r.policyName());
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
                List.copyOf(iam.roles.get(r.roleName()).inline.keySet()),
                r.maxItems(),
                r.marker(),
                iam.account.pageSize());
        return ListRolePoliciesResponse.builder()
                .policyNames(page.items())
                .isTruncated(page.truncated())
                .marker(page.next())
                .build();
    }

    DeleteRolePolicyResponse deleteRolePolicy(DeleteRolePolicyRequest r) {
        if (iam.roles.get(r.roleName()).inline.remove(r.policyName()) == null) {
            throw noPolicy(r.policyName());
        }
        return DeleteRolePolicyResponse.builder().build();
    }

    static List<AttachedPolicy> attached(StoredRole stored) {
        return stored.attached.stream()
                .map(arn -> AttachedPolicy.builder()
                        .policyArn(arn)
                        .policyName(arn.substring(arn.lastIndexOf('/') + 1))
                        .build())
                .toList();
    }

    private static AwsServiceException noPolicy(String name) {
        return Iam.refuse(
                NoSuchEntityException.builder(),
                404,
                "NoSuchEntity",
                "The role policy with name " + name + " cannot be found.");
    }
}
