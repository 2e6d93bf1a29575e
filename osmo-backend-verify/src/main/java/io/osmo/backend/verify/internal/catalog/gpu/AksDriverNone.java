// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.gpu;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.cluster.GpuStack;
import io.osmo.backend.cluster.GpuStack.Owner;
import io.osmo.backend.cluster.GpuStack.Part;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.snapshot.ClusterPolicyFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;

/**
 * On some services both the service and the GPU Operator install NVIDIA's driver by default. Two drivers break each other. A driver
 * that is in the node image is found by the operator, which installs no other.
 */
public final class AksDriverNone extends AbstractCheck {

    public AksDriverNone() {
        super(
                "gpu.aks-driver-none",
                "NVIDIA's driver installed either by the cloud or by the GPU Operator on each GPU pool",
                Severity.ERROR,
                Vantage.CLOUD,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.pools(),
                all -> given(evidence.snapshot().stack().clusterPolicies(), policies -> {
                    if (policies.isEmpty()) {
                        return skipped("no GPU Operator");
                    }
                    List<CloudFacts.Pool> pools = all.stream()
                            .filter(p -> p.machine()
                                    .known()
                                    .filter(m -> m.gpus() > 0)
                                    .isPresent())
                            .toList();
                    for (CloudFacts.Pool pool : pools) {
                        if (pool.gpuStack() instanceof Fact.Unknown<GpuStack> unread) {
                            return unknown(unread.reason());
                        }
                    }
                    boolean operator = policies.stream().anyMatch(ClusterPolicyFacts::installsDriver);
                    return each(
                            pools,
                            "GPU pools",
                            pool -> hasOneOwner(pool, operator),
                            pool -> operator ? "both install the driver" : "neither installs the driver",
                            remedy(evidence, operator));
                }));
    }

    private static boolean hasOneOwner(CloudFacts.Pool pool, boolean operator) {
        return switch (pool.gpuStack().known().map(s -> s.owner(Part.DRIVER)).orElse(Owner.GPU_OPERATOR)) {
            case NODE_IMAGE -> true;
            case SERVICE -> !operator;
            case GPU_OPERATOR -> operator;
        };
    }

    private static String remedy(Evidence evidence, boolean operator) {
        return operator
                ? CloudServices.of(evidence.snapshot())
                        .poolWithoutGpuDriver()
                        .map(pool -> pool + ", or set driver.enabled=false in the GPU Operator.")
                        .orElse("Set driver.enabled=false in the GPU Operator.")
                : "Set driver.enabled=true in the GPU Operator.";
    }
}
