// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.osmo;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OsmoCheck;
import io.osmo.backend.verify.internal.values.Versions;
import io.osmo.backend.verify.snapshot.OsmoFacts;
import org.semver4j.Semver;

/** The values of a backend are those of one release, and before 6.3 operators reach the service in another way. */
public final class ApiVersion extends OsmoCheck {
    private static final Semver OLDEST = Semver.create(6, 3, 0);

    public ApiVersion() {
        super("osmo.api-version", "an OSMO service of the release that the spec names, 6.3 or newer", Severity.ERROR);
    }

    @Override
    protected Finding judge(Evidence evidence, OsmoFacts osmo) {
        return given(osmo.version(), version -> {
            if (Versions.parse(version).filter(OLDEST::isLowerThanOrEqualTo).isEmpty()) {
                return breach("the OSMO service is of release " + version, "Upgrade the OSMO service to 6.3 or newer.");
            }
            if (osmo.release().filter(wanted -> !isOf(wanted, version)).isPresent()) {
                return breach(
                        "the OSMO service is of release " + version + ", and the spec is for "
                                + osmo.release().get(),
                        "Set osmo.release to " + version + ", apply, and upgrade the operator with its new values.");
            }
            return pass(version);
        });
    }

    /** The version of a service does not show whether it is a pre-release. */
    private static boolean isOf(String wanted, String version) {
        return wanted.equals(version) || wanted.startsWith(version + "-");
    }
}
