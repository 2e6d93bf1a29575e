// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.gpu;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.snapshot.ClusterPolicyFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Optional;

/** On some services both the service and the GPU Operator install NVIDIA's driver by default. Two drivers break each other. */
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
        return given(evidence.pools(), all -> {
            Optional<String> poolWithout = CloudServices.of(evidence.snapshot()).poolWithoutGpuDriver();
            if (poolWithout.isEmpty()) {
                return skipped("this cloud does not install the driver by pool");
            }
            return given(evidence.snapshot().stack().clusterPolicies(), policies -> {
                List<CloudFacts.Pool> pools = all.stream()
                        .filter(p ->
                                p.machine().known().filter(m -> m.gpus() > 0).isPresent())
                        .toList();
                Optional<String> unread = pools.stream()
                        .flatMap(p -> p.driverByCloud() instanceof Fact.Unknown<Boolean> unknown
                                ? Optional.of(unknown.reason()).stream()
                                : Optional.<String>empty().stream())
                        .findFirst();
                if (policies.isEmpty() || unread.isPresent()) {
                    return unread.map(this::unknown).orElseGet(() -> skipped("no GPU Operator"));
                }
                boolean operator = policies.stream().anyMatch(ClusterPolicyFacts::installsDriver);
                return each(
                        pools,
                        "GPU pools",
                        p -> p.driverByCloud().known().orElse(false) != operator,
                        p -> operator ? "both install the driver" : "neither installs the driver",
                        operator
                                ? poolWithout.get() + ", or set driver.enabled=false in the GPU Operator."
                                : "Set driver.enabled=true in the GPU Operator.");
            });
        });
    }
}
