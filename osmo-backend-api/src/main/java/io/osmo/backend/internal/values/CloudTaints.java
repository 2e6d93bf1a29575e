// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.values;

import io.osmo.backend.cluster.CloudFacts.Machine;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spec.Taint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Taints that managed services put on nodes by themselves.
 *
 * @see <a href="https://cloud.google.com/kubernetes-engine/docs/how-to/gpus">GPU nodes of GKE</a>
 * @see <a href="https://cloud.google.com/kubernetes-engine/docs/how-to/prepare-arm-workloads-for-deployment">Arm nodes of GKE</a>
 * @see <a href="https://learn.microsoft.com/azure/aks/spot-node-pool">spot nodes of AKS</a>
 */
final class CloudTaints {
    private CloudTaints() {}

    static List<Taint> of(String provider, NodePool pool, Optional<Machine> machine) {
        List<Taint> taints = new ArrayList<>();
        if (provider.equals("gcp")) {
            if (pool.role() == PoolRole.GPU) {
                taints.add(PoolRole.GPU.standardTaint());
            }
            if (machine.filter(m -> m.architecture().equals("arm64")).isPresent()) {
                taints.add(new Taint("kubernetes.io/arch", "arm64", Taint.Effect.NO_SCHEDULE));
            }
        }
        if (provider.equals("azure") && pool.spot()) {
            taints.add(new Taint("kubernetes.azure.com/scalesetpriority", "spot", Taint.Effect.NO_SCHEDULE));
        }
        return taints;
    }
}
