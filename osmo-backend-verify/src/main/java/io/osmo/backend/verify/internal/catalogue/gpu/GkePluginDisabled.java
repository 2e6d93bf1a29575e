// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.gpu;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.ClusterPolicyFacts;
import io.osmo.backend.verify.snapshot.Vantage;

/** GKE installs its own device plugin unless the pool says that it shall not. */
public final class GkePluginDisabled extends AbstractCheck {
    private static final String OFF = "gke-no-default-nvidia-gpu-device-plugin";

    public GkePluginDisabled() {
        super(
                "gpu.gke-plugin-disabled",
                "GKE's own device plugin off where the GPU Operator installs its own, and on where it does not",
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.gpuNodes()
                        .map(all -> all.stream()
                                .filter(n -> n.providerId().startsWith("gce://"))
                                .toList()),
                nodes -> given(evidence.snapshot().stack().clusterPolicies(), policies -> {
                    for (ClusterPolicyFacts policy : policies) {
                        if (policy.installsPlugin() instanceof Fact.Unknown<Boolean> unread) {
                            return unknown(unread.reason());
                        }
                    }
                    boolean operator =
                            policies.stream().anyMatch(p -> p.installsPlugin().equals(Fact.of(true)));
                    return each(
                            nodes,
                            "GPU nodes of GKE",
                            n -> n.label(OFF).equals("true") == operator,
                            n -> operator ? "both plugins" : "neither plugin",
                            operator
                                    ? "Label the pool " + OFF + "=true, and disable the driver's installation."
                                    : "Install the GPU Operator, or remove the label " + OFF + " from the pool.");
                }));
    }
}
