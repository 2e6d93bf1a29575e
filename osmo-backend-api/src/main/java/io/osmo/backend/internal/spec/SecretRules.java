// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.spec;

import io.osmo.backend.error.MissingSecretException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.PullSecret;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spec.Secret;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rules for the values of secrets. They fetch the values and are therefore not part of {@link SpecRules}: a plan checks them
 * before the cloud is asked anything. No violation holds a value.
 */
public final class SecretRules {
    private final Problems problems = new Problems();

    private SecretRules() {}

    /** Fetches each secret once. What a supplier throws is reported by its type only; its message may hold anything. */
    public static List<Violation> check(BackendSpec spec) {
        SecretRules rules = new SecretRules();
        List<PullSecret> pullSecrets = spec.pullSecrets();
        for (int i = 0; i < pullSecrets.size(); i++) {
            rules.password("pullSecrets[" + i + "].password", pullSecrets.get(i).password());
        }
        spec.osmo().flatMap(osmo -> osmo.token()).ifPresent(rules::token);
        return rules.problems.all();
    }

    private void password(String path, Secret secret) {
        reveal(path, Requirement.RG_2, secret)
                .filter(value -> !value.equals(value.strip()))
                .ifPresent(value -> problems.addDescribed(
                        path,
                        Requirement.RG_2,
                        value.length() + " characters (not shown)",
                        "a password without white space around it",
                        "Look at what " + where(secret) + " holds; copying often adds a line end."));
    }

    private void token(Secret secret) {
        String path = "osmo.token";
        reveal(path, Requirement.NW_2, secret)
                .filter(token -> !OsmoTokens.isToken(OsmoTokens.normalised(token)))
                .ifPresent(token -> problems.addDescribed(
                        path,
                        Requirement.NW_2,
                        token.length() + " characters (not shown)",
                        OsmoTokens.RULE,
                        "Use the token that OSMO gave out for this backend, without quotes or spaces around it."));
    }

    private Optional<String> reveal(String path, Requirement requirement, Secret secret) {
        try {
            String value = secret.reveal();
            if (value.isBlank()) {
                problems.add(
                        path,
                        requirement,
                        "",
                        "a secret that is not empty",
                        "Check where " + where(secret) + " comes from.");
                return Optional.empty();
            }
            return Optional.of(value);
        } catch (MissingSecretException e) {
            report(path, requirement, e.getMessage(), e.remedy());
        } catch (RuntimeException e) {
            report(
                    path,
                    requirement,
                    where(secret) + " failed with " + e.getClass().getName(),
                    "Mend the supplier.");
        }
        return Optional.empty();
    }

    private void report(String path, Requirement requirement, @Nullable String why, String remedy) {
        problems.add(new Violation(
                path, Optional.of(requirement.id()), "nothing: " + why, "a secret that can be fetched", remedy));
    }

    private static String where(Secret secret) {
        return secret.reference().toString();
    }
}
