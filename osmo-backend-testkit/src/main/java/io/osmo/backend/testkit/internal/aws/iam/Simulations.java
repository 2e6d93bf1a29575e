// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.iam;

import io.osmo.backend.testkit.internal.Page;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import software.amazon.awssdk.services.iam.model.*;

/** The simulation of policies: what the account allows its caller, and what denies it. */
final class Simulations {
    private final Iam iam;
    private final Predicate<String> allowed;
    private final Set<String> deniedByOrganization = new TreeSet<>();
    private final Set<String> beyondBoundary = new TreeSet<>();
    private final Set<String> deniedByStatement = new TreeSet<>();

    Simulations(Iam iam, Predicate<String> allowed) {
        this.iam = iam;
        this.allowed = allowed;
    }

    void denyByOrganization(String action) {
        deniedByOrganization.add(action);
    }

    void denyByBoundary(String action) {
        beyondBoundary.add(action);
    }

    void denyByStatement(String action) {
        deniedByStatement.add(action);
    }

    /** The principal of the policies is named with its path; a session is none. */
    SimulatePrincipalPolicyResponse simulatePrincipalPolicy(SimulatePrincipalPolicyRequest r) {
        if (!iam.exists(r.policySourceArn())) {
            throw Iam.refuse(
                    NoSuchEntityException.builder(),
                    404,
                    "NoSuchEntity",
                    "The entity " + r.policySourceArn() + " cannot be found.");
        }
        List<EvaluationResult> results = r.actionNames().stream()
                .map(action -> result(action, r.resourceArns()))
                .toList();
        Page<EvaluationResult> page = Page.of(results, r.maxItems(), r.marker(), iam.account.pageSize());
        return SimulatePrincipalPolicyResponse.builder()
                .evaluationResults(page.items())
                .isTruncated(page.truncated())
                .marker(page.next())
                .build();
    }

    /** With several resources IAM answers for each of them. */
    private EvaluationResult result(String action, List<String> resources) {
        boolean organization = !deniedByOrganization.contains(action);
        boolean boundary = !beyondBoundary.contains(action);
        PolicyEvaluationDecisionType decision = !organization || deniedByStatement.contains(action)
                ? PolicyEvaluationDecisionType.EXPLICIT_DENY
                : allowed.test(action)
                        ? PolicyEvaluationDecisionType.ALLOWED
                        : PolicyEvaluationDecisionType.IMPLICIT_DENY;
        return EvaluationResult.builder()
                .evalActionName(action)
                .evalDecision(decision)
                .organizationsDecisionDetail(o -> o.allowedByOrganizations(organization))
                .permissionsBoundaryDecisionDetail(b -> b.allowedByPermissionsBoundary(boundary))
                .resourceSpecificResults(resources.stream()
                        .map(each -> ResourceSpecificResult.builder()
                                .evalResourceName(each)
                                .evalResourceDecision(decision)
                                .permissionsBoundaryDecisionDetail(b -> b.allowedByPermissionsBoundary(boundary))
                                .build())
                        .toList())
                .build();
    }
}
