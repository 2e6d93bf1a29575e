// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.gpu;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.cloud.CloudService;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.snapshot.ClusterPolicyFacts;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;

/** Some services install their own device plugin on GPU nodes unless a label turns it off. */
public final class GkePluginDisabled extends AbstractCheck {
    public GkePluginDisabled() {
        super(
                "gpu.gke-plugin-disabled",
                "either the cloud's own device plugin or that of the GPU Operator",
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.gpuNodes()
                        .map(all -> all.stream().filter(n -> !off(n).isEmpty()).toList()),
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
                            "GPU nodes with a plugin of the cloud",
                            n -> n.label(off(n)).equals("true") == operator,
                            n -> operator ? "both plugins" : "neither plugin",
                            operator
                                    ? "Label the pool " + off(nodes) + "=true, and disable the driver's installation."
                                    : "Install the GPU Operator, or remove the label " + off(nodes)
                                            + " from the pool.");
                }));
    }

    /** Label that turns the plugin off; empty where the service has none of its own. */
    private static String off(NodeFacts node) {
        return CloudServices.hosting(node)
                .flatMap(CloudService::devicePluginOff)
                .orElse("");
    }

    private static String off(List<NodeFacts> nodes) {
        return nodes.stream().findFirst().map(GkePluginDisabled::off).orElse("");
    }
}
