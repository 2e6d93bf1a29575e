// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.CustomKinds;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.TreeSet;

/**
 * Installing a chart with a PodMonitor fails if the kind is not served. Helm then leaves nothing in the cluster, not even a release,
 * so if the kind is not installed at all, it is unknown whether the chart needs it.
 */
public final class PodMonitorCrd extends AbstractCheck {
    private static final String NAME = "podmonitors.monitoring.coreos.com";
    private static final String VERSION = "v1";

    public PodMonitorCrd() {
        super(
                "operator.podmonitor-crd",
                "the CRD of PodMonitor served as v1, if it is installed",
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(CustomKinds.definition(evidence, NAME), crd -> {
            if (crd.isEmpty()) {
                return skipped("not installed: leave podMonitor.enabled=false, the chart's default");
            }
            return crd.get().established() && crd.get().served().contains(VERSION)
                    ? pass("served")
                    : breach(
                                    crd.get().established()
                                            ? "serves "
                                                    + new TreeSet<>(crd.get().served()) + ", not " + VERSION
                                            : "is not established",
                                    "Upgrade the Prometheus Operator, or set podMonitor.enabled=false in the chart.")
                            .about(List.of(crd.get()));
        });
    }
}
