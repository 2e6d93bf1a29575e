// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.cluster;

import io.osmo.backend.error.Violation;
import io.osmo.backend.gcp.internal.Lookup;
import io.osmo.backend.gcp.internal.identity.ServiceAccount;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Rules for the principals that become administrators of the cluster. Pure. */
final class AdminRules {
    private static final Pattern PRINCIPAL = Pattern.compile(
            "(?:(?:user|group|serviceAccount):)?[^@:/\\s]+@[^@:/\\s]+\\.[^@:/\\s]+|principal(?:Set)?://iam\\.googleapis\\.com/.+");

    /** Service accounts of the project that the spec names, by email; an attachment of every inventory of such a spec. */
    record Accounts(Map<String, Lookup<ServiceAccount>> byEmail) {
        Accounts {
            byEmail = Map.copyOf(byEmail);
        }
    }

    private AdminRules() {}

    static List<Violation> validate(BackendSpec spec) {
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < spec.admins().size(); i++) {
            String admin = spec.admins().get(i);
            if (!PRINCIPAL.matcher(admin).matches()) {
                violations.add(Requirement.CP_1.violation(
                        path(i),
                        admin,
                        "a principal of Google Cloud: an email address, with user:, group: or serviceAccount: before it",
                        "Write it as user:ada@example.com, group:team@example.com, or"
                                + " serviceAccount:ci@my-project.iam.gserviceaccount.com."));
            }
        }
        return violations;
    }

    static List<Violation> check(BackendSpec spec, Optional<Accounts> accounts) {
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < spec.admins().size(); i++) {
            String email = email(spec.admins().get(i));
            Optional<Lookup<ServiceAccount>> lookup =
                    accounts.flatMap(all -> Optional.ofNullable(all.byEmail().get(email)));
            if (lookup.filter(Lookup::isAbsent).isPresent()) {
                violations.add(Requirement.CP_1.violation(
                        path(i),
                        spec.admins().get(i),
                        "a service account that exists",
                        "Correct the name: gcloud iam service-accounts list."));
            }
        }
        return violations;
    }

    /** What could not be read. */
    static List<String> warnings(Optional<Accounts> accounts) {
        return accounts.map(AdminRules.Accounts::byEmail).orElse(Map.of()).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(each -> each.getValue().refused().stream()
                        .map(refused -> "whether " + each.getKey() + " of admins exists could not be read: "
                                + refused.getMessage()))
                .toList();
    }

    private static String path(int index) {
        return "admins[" + index + "]";
    }

    /** The email of a principal. */
    static String email(String principal) {
        return principal.substring(principal.indexOf(':') + 1);
    }
}
