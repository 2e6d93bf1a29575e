// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.cluster;

import io.osmo.backend.error.Violation;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.spec.BackendSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Projects are named by their ids: docs.cloud.google.com/resource-manager/docs/creating-managing-projects. */
final class ProjectRules {
    /** Older ones may begin with a domain. */
    private static final Pattern ID = Pattern.compile("([a-z0-9.-]+:)?[a-z]([a-z0-9-]{0,28}[a-z0-9])?");

    private ProjectRules() {}

    static List<Violation> validate(BackendSpec spec) {
        GkeSettings settings = GkeSettings.of(spec.settings());
        List<Violation> violations = new ArrayList<>();
        check("settings.project", settings.project(), violations);
        check("settings.quotaProject", settings.quotaProject(), violations);
        return violations;
    }

    private static void check(String path, Optional<String> given, List<Violation> violations) {
        given.filter(id -> !ID.matcher(id).matches())
                .ifPresent(id -> violations.add(new Violation(
                        path,
                        Optional.empty(),
                        id,
                        "the id of a project: 6 to 30 lower-case letters, digits and hyphens, a letter first",
                        "Give its id, not its name or number: gcloud projects list shows all three.")));
    }
}
