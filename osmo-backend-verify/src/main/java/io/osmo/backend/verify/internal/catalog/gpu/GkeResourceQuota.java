// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.gpu;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.cloud.CloudService;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.QuotaFacts;
import io.osmo.backend.verify.snapshot.StackFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;

/** Some services admit critical pods outside kube-system only if a quota allows them. */
public final class GkeResourceQuota extends AbstractCheck {

    public GkeResourceQuota() {
        super(
                "gpu.gke-resourcequota",
                "a quota for system-node-critical pods in the namespace gpu-operator",
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.gpuNodes(),
                nodes -> given(
                        evidence.snapshot().stack().clusterPolicies(),
                        policies -> given(quotas(evidence), quotas -> {
                            if (policies.isEmpty() || nodes.stream().noneMatch(GkeResourceQuota::needsQuota)) {
                                return skipped("no GPU Operator on a cloud that requires the quota");
                            }
                            return quotas.stream()
                                            .anyMatch(q -> q.priorityClasses().contains("system-node-critical"))
                                    ? pass("a quota exists")
                                    : breach(
                                            quotas.isEmpty()
                                                    ? "no quota"
                                                    : "none of " + quotas.size() + " quotas names that class",
                                            "Create a ResourceQuota with a scopeSelector on PriorityClass"
                                                    + " system-node-critical and system-cluster-critical.");
                        })));
    }

    private static Fact<List<QuotaFacts>> quotas(Evidence evidence) {
        return evidence.snapshot()
                .tenancy()
                .quotas()
                .map(all -> all.stream()
                        .filter(q -> q.namespace().equals(StackFacts.GPU_NAMESPACE))
                        .toList());
    }

    private static boolean needsQuota(NodeFacts node) {
        return CloudServices.hosting(node)
                .filter(CloudService::limitsCriticalPods)
                .isPresent();
    }
}
