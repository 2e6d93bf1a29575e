// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.controlplane;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.values.Versions;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.Optional;
import org.semver4j.Semver;

/** CP-2. */
public final class VersionMin extends AbstractCheck {
    private static final Semver FLOOR = Semver.create(1, 30, 0);

    public VersionMin() {
        super(
                "control-plane.version-min",
                "Kubernetes 1.30.0 or newer",
                Requirement.CP_2,
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(evidence.snapshot().server().version(), text -> {
            Optional<Semver> version = Versions.parse(text);
            if (version.isEmpty()) {
                return unknown("'" + text + "' is not a version");
            }
            return version.get().isGreaterThanOrEqualTo(FLOOR)
                    ? pass(text)
                    : breach(
                            text,
                            "Upgrade the control plane one minor version at a time, and the node pools after each step.");
        });
    }
}
