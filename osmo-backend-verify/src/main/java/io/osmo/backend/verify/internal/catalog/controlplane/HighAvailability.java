// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.controlplane;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.internal.cloud.Remedy;
import io.osmo.backend.verify.snapshot.Vantage;

/** CP-3: recommended for production. Whether pools spread over zones is judged by {@code pool.zone-spread}. */
public final class HighAvailability extends AbstractCheck {

    public HighAvailability() {
        super(
                "control-plane.high-availability",
                "a redundant control plane",
                Requirement.CP_3,
                Severity.WARNING,
                Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        if (!evidence.expectations().production()) {
            return skipped("a development backend");
        }
        return given(
                evidence.controlPlane(),
                plane -> plane.highlyAvailable()
                        ? pass("redundant" + over(plane))
                        : breach(
                                "not redundant" + over(plane),
                                CloudServices.remedy(evidence.snapshot(), Remedy.MAKE_CONTROL_PLANE_REDUNDANT)));
    }

    private static String over(CloudFacts.ControlPlane plane) {
        return plane.zones().known().map(zones -> ", over " + zones).orElse("");
    }
}
