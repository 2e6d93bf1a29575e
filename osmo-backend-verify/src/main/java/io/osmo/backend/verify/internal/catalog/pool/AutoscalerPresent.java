// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.cloud.CloudService;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;

/** CN-2, OP-3: some services have an autoscaler built in; on others the bounds of a pool scale nothing without one. */
public final class AutoscalerPresent extends AbstractCheck {

    public AutoscalerPresent() {
        super(
                "pool.autoscaler-present",
                "an autoscaler for the pools",
                Requirement.CN_2,
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.nodes(),
                nodes -> given(evidence.snapshot().server().apiGroups(), groups -> {
                    if (nodes.stream()
                            .anyMatch(n -> CloudServices.running(n)
                                    .filter(CloudService::autoscales)
                                    .isPresent())) {
                        return pass("built into the managed service");
                    }
                    return given(evidence.snapshot().core().deployments(), deployments -> {
                        if (groups.contains("karpenter.sh") && karpenterRuns(nodes, deployments)) {
                            return pass("Karpenter");
                        }
                        List<WorkloadFacts> autoscalers = deployments.stream()
                                .filter(d -> d.name().contains("cluster-autoscaler"))
                                .toList();
                        if (autoscalers.isEmpty()
                                && !nodes.isEmpty()
                                && nodes.stream().noneMatch(CloudServices::isHosted)) {
                            return skipped("not on a cloud that can add machines");
                        }
                        if (autoscalers.isEmpty()) {
                            return breach(
                                    groups.contains("karpenter.sh")
                                            ? "definitions of Karpenter, but neither its controller nor a node of it"
                                            : "neither Cluster Autoscaler nor Karpenter",
                                    "Install Cluster Autoscaler or Karpenter: without one the bounds of a pool scale nothing.");
                        }
                        return each(
                                autoscalers,
                                "autoscalers",
                                d -> d.ready() > 0,
                                d -> d + " has no ready pod",
                                "kubectl -n " + autoscalers.get(0).namespace() + " describe deployment "
                                        + autoscalers.get(0).name());
                    });
                }));
    }

    /** Its definitions stay when it is removed. Where the service runs it, nodes show it and no Deployment does. */
    private static boolean karpenterRuns(List<NodeFacts> nodes, List<WorkloadFacts> deployments) {
        return nodes.stream().anyMatch(n -> !n.label("karpenter.sh/nodepool").isEmpty())
                || deployments.stream().anyMatch(d -> d.name().contains("karpenter") && d.ready() > 0);
    }
}
