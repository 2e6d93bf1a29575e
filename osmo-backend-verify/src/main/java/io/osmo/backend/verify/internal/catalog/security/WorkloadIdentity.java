// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.security;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.internal.cloud.Remedy;
import io.osmo.backend.verify.snapshot.Vantage;

/** Without it, workflows need long-lived keys to reach data in the cloud. */
public final class WorkloadIdentity extends AbstractCheck {

    public WorkloadIdentity() {
        super(
                "security.workload-identity",
                "workload identity, by which pods get identities of the cloud",
                Severity.INFO,
                Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.controlPlane().flatMap(CloudFacts.ControlPlane::workloadIdentity),
                by -> by.map(this::pass)
                        .orElseGet(() ->
                                breach("none", CloudServices.remedy(evidence.snapshot(), Remedy.GIVE_PODS_IDENTITY))));
    }
}
