// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.network;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.internal.cloud.Remedy;
import io.osmo.backend.verify.snapshot.Vantage;

/** SC-3: otherwise anybody on the internet can try to log in. */
public final class ApiAuthorizedRanges extends AbstractCheck {

    public ApiAuthorizedRanges() {
        super(
                "network.api-authorized-ranges",
                "a Kubernetes API that is private, or open to named ranges only",
                Requirement.SC_3,
                Severity.WARNING,
                Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(evidence.controlPlane(), plane -> {
            if (!plane.publicAccess()) {
                return pass("private");
            }
            if (plane.publicCidrs().isEmpty()) {
                return pass("public, but open to no range");
            }
            boolean open = plane.publicCidrs().stream().anyMatch(c -> c.equals("0.0.0.0/0") || c.equals("::/0"));
            if (open && !evidence.expectations().production()) {
                return skipped("a development backend");
            }
            return open
                    ? breach(
                            "public, open to every address",
                            CloudServices.remedy(evidence.snapshot(), Remedy.LIMIT_API_ACCESS))
                    : pass("public, open to " + plane.publicCidrs());
        });
    }
}
