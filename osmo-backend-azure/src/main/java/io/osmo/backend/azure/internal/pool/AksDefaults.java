// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.pool;

import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.cluster.CloudFacts.Machine;
import io.osmo.backend.cluster.GpuStack;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.spi.ServiceDefaults;
import java.util.List;
import java.util.Optional;

/**
 * What AKS does by default.
 *
 * @see <a href="https://learn.microsoft.com/azure/aks/spot-node-pool">taint of spot nodes</a>
 */
public final class AksDefaults implements ServiceDefaults {
    public static final ServiceDefaults INSTANCE = new AksDefaults();

    private AksDefaults() {}

    @Override
    public Optional<GpuStack> gpuStack(BackendSpec spec) {
        return Optional.of(
                AksGpuStack.of(AksSettings.of(spec.settings()).gpuDriver().aks()));
    }

    @Override
    public List<Taint> taints(NodePool pool, Optional<Machine> machine) {
        return pool.spot()
                ? List.of(new Taint("kubernetes.azure.com/scalesetpriority", "spot", Taint.Effect.NO_SCHEDULE))
                : List.of();
    }

    @Override
    public boolean enforcesNetworkPolicies() {
        return true;
    }
}
