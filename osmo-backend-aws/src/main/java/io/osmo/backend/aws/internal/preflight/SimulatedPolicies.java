// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.preflight;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Caller;
import io.osmo.backend.aws.internal.CallerReader;
import io.osmo.backend.aws.internal.permission.Simulation;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.permission.Use;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.Grants;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.PermissionSource;
import io.osmo.backend.spi.provider.PolicyWriter;
import io.osmo.backend.spi.provider.Survey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.PermissionsBoundaryDecisionDetail;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;

/**
 * Asks IAM to simulate the caller's policies, with the resources and conditions of the backend. The simulation includes the permissions
 * boundary, and the service control policies of the organization as far as they have no conditions; policies of the session are not
 * known to it.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html">IAM: SimulatePrincipalPolicy</a>
 */
public final class SimulatedPolicies implements PermissionSource<AwsContext> {
    /** What the calls below need. */
    public static final Needs NEEDS = Needs.reading("iam:GetRole", "iam:SimulatePrincipalPolicy");

    private static final String ASSUMED = ":assumed-role/";

    @Override
    public String attach() {
        return "create the policies that this needs and attach them to it";
    }

    @Override
    public CompletableFuture<Grants> ask(Survey<AwsContext> survey, SortedSet<String> actions) {
        AwsContext context = survey.context();
        return survey.observation().of(CallerReader.INSTANCE).thenCompose(reading -> {
            Caller caller = Caller.of(reading.toInventory());
            List<Simulation> simulations = Simulation.of(new PolicyWriter.Request(
                    context.ref(), Optional.of(caller.account()), Optional.of(survey.spec()), Use.APPLY, actions));
            return context.scheduler()
                    .call(() -> principal(context, caller.arn()))
                    .thenCompose(found -> found.map(principal -> simulate(context, principal, simulations))
                            .orElseGet(() -> CompletableFuture.completedFuture(untold(caller, actions))));
        });
    }

    /** Root users and federated users have no policies that IAM could simulate. */
    private static Grants untold(Caller caller, SortedSet<String> actions) {
        return new Grants(
                caller.arn(),
                Map.of(),
                actions.stream()
                        .collect(Collectors.toMap(action -> action, action -> "IAM simulates users and roles only")));
    }

    /** The user, or the role of the session with its path, which the ARN of the session lacks. */
    private static Optional<String> principal(AwsContext context, String arn) {
        int assumed = arn.indexOf(ASSUMED);
        if (assumed < 0) {
            return arn.contains(":user/") ? Optional.of(arn) : Optional.empty();
        }
        String name = arn.substring(assumed + ASSUMED.length()).replaceFirst("/.*", "");
        return Optional.of(context.call(
                "iam:GetRole",
                () -> context.iam().getRole(r -> r.roleName(name)).role().arn()));
    }

    private static CompletableFuture<Grants> simulate(
            AwsContext context, String principal, List<Simulation> simulations) {
        return Futures.all(simulations.stream()
                        .map(each -> context.scheduler().call(() -> decisions(context, principal, each)))
                        .toList())
                .thenApply(answers -> {
                    Map<String, String> denied = new HashMap<>();
                    Map<String, String> undecided = new HashMap<>();
                    for (Map<String, Decision> answer : answers) {
                        answer.forEach((action, decision) -> {
                            if (decision.told() && !decision.allowed()) {
                                denied.put(action, decision.reason());
                            } else if (!decision.told()) {
                                undecided.put(action, decision.reason());
                            }
                        });
                    }
                    undecided.keySet().removeAll(denied.keySet());
                    return new Grants(principal, denied, undecided);
                });
    }

    /**
     * What IAM said of an action.
     *
     * @param reason what denies it, or why it is not known
     */
    private record Decision(boolean told, boolean allowed, String reason) {
        static final Decision ALLOWED = new Decision(true, true, "");

        static Decision denied(String by) {
            return new Decision(true, false, by);
        }

        static Decision untold(String reason) {
            return new Decision(false, false, reason);
        }
    }

    private static Map<String, Decision> decisions(AwsContext context, String principal, Simulation simulation) {
        try {
            return context.call(
                    "iam:SimulatePrincipalPolicy",
                    () ->
                            context
                                    .iam()
                                    .simulatePrincipalPolicyPaginator(simulation.request(principal))
                                    .evaluationResults()
                                    .stream()
                                    .collect(Collectors.toMap(
                                            EvaluationResult::evalActionName,
                                            result -> decision(result, simulation.resources(result.evalActionName())),
                                            (one, other) -> one.allowed() ? other : one)));
        } catch (CloudException refused) {
            return simulation.actions().stream()
                    .collect(Collectors.toMap(
                            action -> action,
                            action -> new Decision(false, false, String.valueOf(refused.getMessage()))));
        }
    }

    /** @param own the resources on which the action has to be allowed; the others of the call do not matter */
    private static Decision decision(EvaluationResult result, Set<String> own) {
        if (result.organizationsDecisionDetail() != null
                && Boolean.FALSE.equals(result.organizationsDecisionDetail().allowedByOrganizations())) {
            return Decision.denied("by a service control policy of the organization");
        }
        return result.resourceSpecificResults().stream()
                .filter(each -> own.contains(each.evalResourceName()))
                .map(each -> decision(
                        each.evalResourceDecision(),
                        each.permissionsBoundaryDecisionDetail(),
                        each.missingContextValues()))
                .filter(decision -> !decision.allowed())
                .findFirst()
                .orElseGet(() -> result.hasResourceSpecificResults()
                                && !result.resourceSpecificResults().isEmpty()
                        ? Decision.ALLOWED
                        : decision(
                                result.evalDecision(),
                                result.permissionsBoundaryDecisionDetail(),
                                result.missingContextValues()));
    }

    private static Decision decision(
            PolicyEvaluationDecisionType type,
            @Nullable PermissionsBoundaryDecisionDetail boundary,
            List<String> missingContext) {
        if (type == PolicyEvaluationDecisionType.ALLOWED) {
            return Decision.ALLOWED;
        }
        if (boundary != null && Boolean.FALSE.equals(boundary.allowedByPermissionsBoundary())) {
            return Decision.denied("by the permissions boundary of this identity");
        }
        if (type == PolicyEvaluationDecisionType.EXPLICIT_DENY) {
            return Decision.denied("by a statement that denies them");
        }
        return missingContext.isEmpty()
                ? Decision.denied("")
                : Decision.untold("its policies depend on "
                        + missingContext.stream().sorted().collect(Collectors.joining(", ")));
    }
}
