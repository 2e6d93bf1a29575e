// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.operator;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalogue.installed.Installed;
import io.osmo.backend.verify.snapshot.HelmReleaseFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;

/** A chart that asks for a PodMonitor fails where the kind is not served. */
public final class PodMonitorKind extends AbstractCheck {

    public PodMonitorKind() {
        super(
                "operator.podmonitor-crd",
                "the kind PodMonitor served, or not asked for by the chart",
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                Installed.serves(evidence, "podmonitors.monitoring.coreos.com", "v1"),
                served -> given(evidence.snapshot().stack().helmReleases(), releases -> {
                    if (served) {
                        return pass("served");
                    }
                    List<HelmReleaseFacts> failed = releases.stream()
                            .filter(r ->
                                    r.namespace().equals(evidence.expectations().operatorNamespace())
                                            && r.status().equals("failed"))
                            .toList();
                    return failed.isEmpty()
                            ? skipped("not served: leave podMonitor.enabled=false")
                            : breach(
                                            "not served, and the release failed",
                                            "helm upgrade … --set podMonitor.enabled=false, or install the Prometheus Operator.")
                                    .about(failed);
                }));
    }
}
