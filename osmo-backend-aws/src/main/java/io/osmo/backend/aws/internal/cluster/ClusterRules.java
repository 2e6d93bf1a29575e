// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cluster;

import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.aws.internal.AwsTags;
import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Static rules for names and settings of the control plane. Limits: the EKS, IAM and KMS API references. */
final class ClusterRules {
    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z][A-Za-z0-9\\-_]*");
    /** Limit of EKS; roles shorten the names that they derive. */
    private static final int LONGEST_NAME = 100;

    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]+");
    private static final Pattern PRINCIPAL =
            Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:(role|user)/[\\w+=,.@/-]{1,512}");

    private ClusterRules() {}

    static List<Violation> validate(BackendSpec spec) {
        List<Violation> violations = new ArrayList<>();
        if (!NAME.matcher(spec.name()).matches() || spec.name().length() > LONGEST_NAME) {
            violations.add(violation(
                    "name",
                    spec.name(),
                    "1 to " + LONGEST_NAME
                            + " letters, digits, hyphens and underscores, beginning with a letter or digit",
                    "Choose a shorter or simpler name."));
        }
        for (int i = 0; i < spec.admins().size(); i++) {
            if (!PRINCIPAL.matcher(spec.admins().get(i)).matches()) {
                violations.add(
                        violation(
                                "admins[" + i + "]",
                                spec.admins().get(i),
                                "the ARN of an IAM role or user",
                                "Give an ARN such as arn:aws:iam::123456789012:role/Admin; groups and sessions are not taken."));
            }
        }
        violations.addAll(AwsTags.RULES.check(spec.tags()));
        settings(EksSettings.of(spec.settings()), violations);
        return violations;
    }

    private static void settings(EksSettings settings, List<Violation> violations) {
        settings.roleArn()
                .filter(arn -> !ROLE.matcher(arn).matches())
                .ifPresent(arn -> violations.add(violation(
                        "settings.roleArn",
                        arn,
                        "the ARN of an IAM role",
                        "Give an ARN such as arn:aws:iam::123456789012:role/osmo-backend.")));
        settings.logTypes()
                .ifPresent(types -> types.stream()
                        .filter(type -> !DesiredCluster.LOG_TYPES.contains(type))
                        .forEach(type -> violations.add(violation(
                                "settings.logTypes",
                                type,
                                "any of " + String.join(", ", new TreeSet<>(DesiredCluster.LOG_TYPES)),
                                "Correct the name of the log."))));
        if (settings.keyDeletionWindowDays() < 7 || settings.keyDeletionWindowDays() > 30) {
            violations.add(violation(
                    "settings.keyDeletionWindowDays",
                    String.valueOf(settings.keyDeletionWindowDays()),
                    "7 to 30 days",
                    "Choose a number in that range."));
        }
        if (settings.maxUnavailable() < 1 || settings.maxUnavailable() > 100) {
            violations.add(violation(
                    "settings.maxUnavailable",
                    String.valueOf(settings.maxUnavailable()),
                    "1 to 100 nodes",
                    "Choose a number in that range."));
        }
        settings.clusterEndpoint()
                .filter(uri ->
                        uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme()))
                .ifPresent(uri -> violations.add(violation(
                        "settings.clusterEndpoint",
                        uri.toString(),
                        "a URL with scheme http or https and a host",
                        "Give one such as https://127.0.0.1:6443.")));
    }

    private static Violation violation(String path, String given, String allowed, String remedy) {
        return new Violation(path, Optional.empty(), given, allowed, remedy);
    }
}
