// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.preflight;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.provider.PreflightCheck;
import io.osmo.backend.spi.provider.Survey;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Whether the account has the service-linked role of EC2 Spot, if a pool may have spot machines. The role of EC2 Auto Scaling may create
 * it, unless a policy of the organization forbids that.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/service-linked-roles-spot-instance-requests.html">EC2: the role of
 *     Spot</a>
 * @see <a href="https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AutoScalingServiceRolePolicy.html">what Auto Scaling may
 *     do</a>
 */
final class SpotRoleCheck extends PreflightCheck<AwsContext> {
    private static final String ROLE = "AWSServiceRoleForEC2Spot";

    SpotRoleCheck() {
        super("spot-role", Requirement.CN_1);
    }

    @Override
    protected CompletableFuture<List<PreflightFinding>> run(Survey<AwsContext> survey) {
        AwsContext context = survey.context();
        return survey.spec().pools().stream().anyMatch(SpotRoleCheck::mayBeSpot)
                ? context.scheduler()
                        .call(() -> context.find(
                                "iam:GetRole",
                                () -> context.iam()
                                        .getRole(r -> r.roleName(ROLE))
                                        .role()))
                        .thenApply(found -> List.of(
                                found.isPresent()
                                        ? pass("the account has the role " + ROLE)
                                        : warn(
                                                "the account lacks the role " + ROLE
                                                        + "; EC2 Auto Scaling creates it with the first spot machine,"
                                                        + " unless the organization forbids iam:CreateServiceLinkedRole",
                                                "To be sure, create it once: aws iam create-service-linked-role"
                                                        + " --aws-service-name spot.amazonaws.com.")))
                : none();
    }

    private static boolean mayBeSpot(NodePool pool) {
        return pool.spot()
                || pool.fallback().stream().anyMatch(each -> each.of(pool).spot());
    }
}
