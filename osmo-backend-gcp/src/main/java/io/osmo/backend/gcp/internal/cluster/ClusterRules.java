// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.cluster;

import io.osmo.backend.error.Violation;
import io.osmo.backend.gcp.internal.catalog.KubernetesVersion;
import io.osmo.backend.gcp.internal.catalog.Versions;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rules for the version of a cluster (CP-2). */
final class ClusterRules {
    /** Nodes may be this many minor versions behind the control plane during an upgrade. */
    private static final int MAX_SKEW = 2;

    private ClusterRules() {}

    static List<Violation> check(BackendSpec spec, Versions versions, Optional<KubernetesVersion> current) {
        if (spec.kubernetesVersion().isEmpty() || versions.offered().isEmpty()) {
            return List.of();
        }
        List<Violation> violations = new ArrayList<>();
        String minor = spec.kubernetesVersion().get();
        KubernetesVersion wanted = KubernetesVersion.parse(minor);
        if (current.filter(version -> version.minorsSince(wanted) >= 0).isEmpty()
                && versions.newestOf(minor).isEmpty()) {
            violations.add(violation(
                    minor,
                    "a minor version that the release channel offers: " + String.join(", ", versions.minors()),
                    "Choose one of these, or another settings.releaseChannel."));
        }
        if (current.filter(version -> wanted.minorsSince(version) > MAX_SKEW).isPresent()) {
            violations.add(violation(
                    minor,
                    "at most " + MAX_SKEW + " minor versions above the current one",
                    "Upgrade in steps, so that the nodes can follow."));
        }
        return violations;
    }

    private static Violation violation(String given, String allowed, String remedy) {
        return Requirement.CP_2.violation("kubernetesVersion", given, allowed, remedy);
    }
}
