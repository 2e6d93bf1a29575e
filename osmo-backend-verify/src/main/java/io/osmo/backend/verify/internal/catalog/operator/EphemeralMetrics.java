// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.operator;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;

/** Optional; OSMO's dashboards for ephemeral storage use it. */
public final class EphemeralMetrics extends AbstractCheck {

    public EphemeralMetrics() {
        super(
                "operator.ephemeral-metrics",
                "the ephemeral storage exporter running, if it is installed",
                Severity.INFO,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.snapshot().core().deployments(),
                deployments -> each(
                        deployments.stream()
                                .filter(d -> d.name().contains("k8s-ephemeral-storage-metrics"))
                                .toList(),
                        "ephemeral storage exporters",
                        d -> d.ready() > 0,
                        d -> d + " has no ready pod",
                        "kubectl get pods -A -l app.kubernetes.io/name=k8s-ephemeral-storage-metrics"));
    }
}
