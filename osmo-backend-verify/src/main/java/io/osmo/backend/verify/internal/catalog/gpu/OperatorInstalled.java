// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.gpu;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.CustomKinds;
import io.osmo.backend.verify.internal.values.Quantities;
import io.osmo.backend.verify.snapshot.ClusterPolicyFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;

/** Custom resource definitions that an earlier installation left behind do not count. */
public final class OperatorInstalled extends AbstractCheck {

    public OperatorInstalled() {
        super(
                "gpu.operator-installed",
                "a working GPU stack: the GPU Operator with a ready ClusterPolicy, or another one",
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.gpuNodes(),
                nodes -> given(GpuStack.installed(evidence), installed -> {
                    if (!nodes.isEmpty() && !installed) {
                        return skipped("the GPU Operator is not installed yet");
                    }
                    if (nodes.isEmpty()) {
                        return skipped("no GPU nodes");
                    }
                    return given(
                            CustomKinds.definition(evidence, "clusterpolicies.nvidia.com"),
                            crd -> given(evidence.snapshot().stack().clusterPolicies(), policies -> {
                                boolean works = nodes.stream()
                                        .anyMatch(n -> Quantities.amount(
                                                                n.allocatable().getOrDefault("nvidia.com/gpu", ""))
                                                        .orElse(0)
                                                > 0);
                                if (!policies.isEmpty()) {
                                    // Of several the operator uses one, and marks the others as ignored.
                                    List<ClusterPolicyFacts> used = policies.stream()
                                            .filter(p -> !p.state().equals("ignored"))
                                            .toList();
                                    return each(
                                            used.isEmpty() ? policies : used,
                                            "cluster policies",
                                            p -> p.state().equals("ready"),
                                            p -> p.name() + " is "
                                                    + (p.state().isEmpty() ? "not processed yet" : p.state()),
                                            "kubectl -n gpu-operator get pods; kubectl describe clusterpolicy");
                                }
                                if (works) {
                                    return pass("another GPU stack");
                                }
                                return breach(
                                        crd.isPresent()
                                                ? "the CRD of ClusterPolicy, but no ClusterPolicy"
                                                : "no GPU Operator, and no node shows GPUs",
                                        GpuStack.remedy(
                                                evidence,
                                                "helm upgrade --install gpu-operator nvidia/gpu-operator -n gpu-operator"));
                            }));
                }));
    }
}
