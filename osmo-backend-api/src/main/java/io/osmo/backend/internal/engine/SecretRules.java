// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.error.MissingSecretException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Rules about the values of secrets, held before anything is called: a wrong token would otherwise show an hour later, in a
 * pod's log. Values are looked at and forgotten; violations say only their length.
 */
public final class SecretRules {
    /** What an OSMO service hands out ({@code osmo-contract.md} §1). */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}|[A-Za-z0-9_-]{64}");

    private final List<Violation> violations = new ArrayList<>();

    private SecretRules() {}

    /** @param spec with its secrets resolved */
    public static List<Violation> check(BackendSpec spec) {
        SecretRules rules = new SecretRules();
        for (int i = 0; i < spec.pullSecrets().size(); i++) {
            rules.require(
                    "pullSecrets[" + i + "].password",
                    "RG-2",
                    spec.pullSecrets().get(i).password(),
                    value -> !value.isBlank() && value.equals(value.strip()),
                    "a password without white space around it");
        }
        spec.osmo()
                .flatMap(osmo -> osmo.token())
                .ifPresent(token -> rules.require(
                        "osmo.token",
                        "SC-4",
                        token,
                        value -> TOKEN.matcher(value).matches(),
                        "43 or 64 characters of A-Z a-z 0-9 _ -"));
        return List.copyOf(rules.violations);
    }

    private void require(String path, String requirement, Secret secret, Predicate<String> good, String allowed) {
        String given;
        String remedy;
        try {
            String value = secret.reveal();
            if (good.test(value)) {
                return;
            }
            given = value.length() + " characters (redacted)";
            remedy = "Look at what " + secret.reference() + " holds; copying often adds a line end.";
        } catch (MissingSecretException e) {
            given = e.getMessage();
            remedy = e.remedy();
        } catch (RuntimeException e) {
            // A host's supplier may put anything into its message: it is not repeated.
            given = "a supplier that fails with " + e.getClass().getSimpleName();
            remedy = "Mend what supplies " + secret.reference() + ".";
        }
        violations.add(new Violation(path, Optional.of(requirement), given, allowed, remedy));
    }
}
