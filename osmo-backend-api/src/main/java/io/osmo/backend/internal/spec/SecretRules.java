// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.spec;

import io.osmo.backend.error.MissingSecretException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Chart;
import io.osmo.backend.spec.PullSecret;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spec.Secret;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Rules for the values of secrets. They fetch the values and are therefore not part of {@link SpecRules}: a plan checks them
 * before the cloud is asked anything. No violation holds a value.
 */
public final class SecretRules {
    /** Shorter ones may be part of any word. */
    private static final int SHORTEST_TO_LOOK_FOR = 8;

    private final Problems problems = new Problems();
    private final Set<String> revealed = new HashSet<>();

    private SecretRules() {}

    /** Fetches each secret once. What a supplier throws is reported by its type only; its message may hold anything. */
    public static List<Violation> check(BackendSpec spec) {
        SecretRules rules = new SecretRules();
        List<PullSecret> pullSecrets = spec.pullSecrets();
        for (int i = 0; i < pullSecrets.size(); i++) {
            rules.password(
                    "pullSecrets[" + i + "].password",
                    Optional.of(Requirement.RG_2),
                    pullSecrets.get(i).password());
        }
        spec.osmo().flatMap(osmo -> osmo.token()).ifPresent(rules::token);
        rules.charts(spec.charts());
        return rules.problems.all();
    }

    private void password(String path, Optional<Requirement> requirement, Secret secret) {
        reveal(path, requirement, secret)
                .filter(value -> !value.equals(value.strip()))
                .ifPresent(value -> add(
                        path,
                        requirement,
                        value.length() + " characters (not shown)",
                        "a password without white space around it",
                        "Look at what " + where(secret) + " holds; copying often adds a line end."));
    }

    /** Values of charts are recorded in plain text, so no secret of the spec may be in them. */
    private void charts(List<Chart> charts) {
        for (int i = 0; i < charts.size(); i++) {
            String path = "charts[" + i + "].";
            charts.get(i).password().ifPresent(password -> password(path + "password", Optional.empty(), password));
            ChartValues.leaves(path + "values", charts.get(i).values(), (at, value) -> {
                if (value instanceof String text && revealed.stream().anyMatch(text::contains)) {
                    add(
                            at.path(),
                            Optional.empty(),
                            text.length() + " characters with a secret of this spec (not shown)",
                            "no secret: values are recorded in the cluster in plain text",
                            "Put it in a Kubernetes Secret, and give the chart its name.");
                }
            });
        }
    }

    private void token(Secret secret) {
        String path = "osmo.token";
        Optional<Requirement> requirement = Optional.of(Requirement.NW_2);
        reveal(path, requirement, secret)
                .filter(token -> !OsmoTokens.isToken(OsmoTokens.normalized(token)))
                .ifPresent(token -> add(
                        path,
                        requirement,
                        token.length() + " characters (not shown)",
                        OsmoTokens.RULE,
                        "Use the token that OSMO gave out for this backend, without quotes or spaces around it."));
    }

    private Optional<String> reveal(String path, Optional<Requirement> requirement, Secret secret) {
        try {
            String value = secret.reveal();
            if (value.isBlank()) {
                add(
                        path,
                        requirement,
                        "nothing",
                        "a secret that is not empty",
                        "Check where " + where(secret) + " comes from.");
                return Optional.empty();
            }
            if (value.length() >= SHORTEST_TO_LOOK_FOR) {
                revealed.add(value);
            }
            return Optional.of(value);
        } catch (MissingSecretException e) {
            add(path, requirement, "nothing: " + e.getMessage(), "a secret that can be fetched", e.remedy());
        } catch (RuntimeException e) {
            add(
                    path,
                    requirement,
                    "nothing: " + where(secret) + " failed with " + e.getClass().getName(),
                    "a secret that can be fetched",
                    "Correct the supplier.");
        }
        return Optional.empty();
    }

    private void add(String path, Optional<Requirement> requirement, String given, String allowed, String remedy) {
        problems.add(new Violation(path, requirement.map(Requirement::id), given, allowed, remedy));
    }

    private static String where(Secret secret) {
        return secret.reference().toString();
    }
}
