// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.plan.PreflightFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * Checks whether the caller has the permissions that the plan needs, or without a plan, those that creating the backend needs.
 *
 * @param <C> one backend of one cloud
 */
public final class PermissionsCheck<C extends ProviderContext> extends PreflightCheck<C> {
    private static final int SHOWN = 12;

    private final PermissionSource<C> source;

    public PermissionsCheck(PermissionSource<C> source) {
        super("permissions");
        this.source = source;
    }

    @Override
    protected CompletableFuture<List<PreflightFinding>> run(Survey<C> survey) {
        if (!survey.changesAnything()) {
            return none();
        }
        SortedSet<String> actions = survey.actions();
        CompletableFuture<List<PreflightFinding>> asked =
                source.ask(survey, actions).thenApply(grants -> findings(actions, grants));
        return Futures.recover(
                asked,
                refused -> List.of(unknown(
                        "whether " + actions.size() + " actions are allowed is unknown: " + refused.getMessage(),
                        refused.remedy())));
    }

    private List<PreflightFinding> findings(SortedSet<String> actions, Grants grants) {
        List<PreflightFinding> findings = new ArrayList<>();
        byReason(grants.denied())
                .forEach((reason, denied) -> findings.add(fail(
                        denied.size() + " of " + actions.size() + " actions are not allowed to " + grants.caller()
                                + (reason.isEmpty() ? "" : ", " + reason) + ": " + names(denied),
                        reason.isEmpty()
                                ? "Ask an administrator to " + source.attach()
                                        + ": osmo.permissions(plan) prints them, as does the command permissions."
                                : "Ask an administrator to allow them there; a policy of this identity cannot.")));
        byReason(grants.undecided())
                .forEach((reason, undecided) -> findings.add(unknown(
                        "whether " + grants.caller() + " may do " + undecided.size() + " of " + actions.size()
                                + " actions is unknown, because " + reason + ": " + names(undecided),
                        "Compare with docs/permissions.md, or continue if an administrator confirms them.")));
        return findings.isEmpty()
                ? List.of(pass("all " + actions.size() + " actions are allowed to " + grants.caller()))
                : findings;
    }

    private static Map<String, SortedSet<String>> byReason(Map<String, String> actions) {
        Map<String, SortedSet<String>> reasons = new TreeMap<>();
        actions.forEach((action, reason) ->
                reasons.computeIfAbsent(reason, key -> new TreeSet<>()).add(action));
        return reasons;
    }

    private static String names(SortedSet<String> actions) {
        String shown = String.join(", ", actions.stream().limit(SHOWN).toList());
        return actions.size() > SHOWN ? shown + " and " + (actions.size() - SHOWN) + " more" : shown;
    }
}
