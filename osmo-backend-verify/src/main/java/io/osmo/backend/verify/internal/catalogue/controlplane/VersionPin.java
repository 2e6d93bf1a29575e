// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.controlplane;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;

/** CP-2: AKS withdraws patch versions after some months; whoever names one cannot create or repair pools with it then. */
public final class VersionPin extends AbstractCheck {

    private static final CloudCommand ASK = new CloudCommand(
            "aws eks update-cluster-version --region REGION --name NAME --kubernetes-version MINOR",
            "gcloud container clusters upgrade NAME --location REGION --master --cluster-version MINOR",
            "az aks upgrade --resource-group GROUP --name NAME --kubernetes-version MINOR");

    public VersionPin() {
        super(
                "control-plane.version-pin",
                "a minor version of Kubernetes that was asked for, not a patch of it",
                Requirement.CP_2,
                Severity.WARNING,
                Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.controlPlane(),
                plane -> plane.pinnedVersion()
                        .map(patch -> breach(
                                patch + " was asked for",
                                ASK.on(evidence).replace("MINOR", patch.replaceFirst("^(\\d+\\.\\d+).*", "$1"))))
                        .orElseGet(() -> pass(plane.version() + ", no patch version asked for")));
    }
}
