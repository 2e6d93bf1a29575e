// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.network;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalogue.controlplane.CloudCommand;
import io.osmo.backend.verify.snapshot.Vantage;

/** SC-3: the whole internet may try. */
public final class ApiAuthorizedRanges extends AbstractCheck {

    private static final CloudCommand LIMIT = new CloudCommand(
            "aws eks update-cluster-config --region REGION --name NAME --resources-vpc-config publicAccessCidrs=RANGES",
            "gcloud container clusters update NAME --location REGION --enable-master-authorized-networks"
                    + " --master-authorized-networks RANGES",
            "az aks update --resource-group GROUP --name NAME --api-server-authorized-ip-ranges RANGES");

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
                return pass("public, from no range");
            }
            boolean open = plane.publicCidrs().stream().anyMatch(c -> c.equals("0.0.0.0/0") || c.equals("::/0"));
            if (open && !evidence.expectations().production()) {
                return skipped("a development backend");
            }
            return open
                    ? breach("public, from everywhere", LIMIT.on(evidence))
                    : pass("public, from " + plane.publicCidrs());
        });
    }
}
