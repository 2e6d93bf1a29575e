// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cluster;

import io.osmo.backend.aws.internal.Caller;
import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds the administrators of a spec against what IAM knows: EKS takes no access entry of a principal that does not exist. Pure. */
public final class AdminRules {
    private AdminRules() {}

    static List<Violation> check(BackendSpec spec, Inventory inventory) {
        Optional<Principals> principals = inventory.attachment(Principals.class);
        List<Violation> violations = new ArrayList<>();
        if (principals.isEmpty()) {
            return violations;
        }
        Caller caller = Caller.of(inventory);
        for (int i = 0; i < spec.admins().size(); i++) {
            String arn = spec.admins().get(i);
            String path = "admins[" + i + "]";
            Principals.Answer answer = principals.get().known().get(arn);
            if (!caller.partition().equals(arn.split(":", -1)[1])) {
                violations.add(violation(
                        path,
                        arn,
                        "an ARN of partition " + caller.partition() + ", which that of the caller is of",
                        "Begin the ARN with arn:" + caller.partition() + ":."));
            } else if (answer != null
                    && !hasAccess(arn, inventory)
                    && !answer.arn().equals(arn)) {
                violations.add(violation(
                        path,
                        arn,
                        "a role or user that exists in account " + caller.account() + "; EKS refuses others",
                        answer.arn().isEmpty()
                                ? "Create it, or correct the ARN."
                                : "Its ARN is " + answer.arn() + ": give that."));
            }
        }
        return violations;
    }

    private static boolean hasAccess(String arn, Inventory inventory) {
        return inventory.find(AdminAccess.id(arn), ObservedAccess.class).isPresent();
    }

    /** Administrators that could not be looked up: those of other accounts, and all without the permissions to read IAM. */
    public static List<String> unknown(BackendSpec spec, Inventory inventory) {
        return inventory
                .attachment(Principals.class)
                .map(principals -> spec.admins().stream()
                        .distinct()
                        .filter(arn -> !principals.known().containsKey(arn) && !hasAccess(arn, inventory))
                        .toList())
                .orElse(List.of());
    }

    static List<String> warnings(BackendSpec spec, Inventory inventory) {
        return unknown(spec, inventory).stream()
                .map(
                        arn -> "Whether " + arn + " of admins exists could not be read: it is of another account, or"
                                + " iam:GetRole and iam:GetUser are not granted. EKS refuses access for one that does not exist.")
                .toList();
    }

    private static Violation violation(String path, String given, String allowed, String remedy) {
        return new Violation(path, Optional.empty(), given, allowed, remedy);
    }
}
