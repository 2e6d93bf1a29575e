// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.pool;

import io.osmo.backend.cluster.CloudFacts.Machine;
import io.osmo.backend.cluster.GpuStack;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.spi.ServiceDefaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What GKE does by default.
 *
 * @see <a href="https://cloud.google.com/kubernetes-engine/docs/how-to/gpus">taint of GPU nodes</a>
 * @see <a href="https://cloud.google.com/kubernetes-engine/docs/how-to/prepare-arm-workloads-for-deployment">taint of Arm nodes</a>
 * @see <a href="https://cloud.google.com/kubernetes-engine/docs/how-to/nodelocal-dns-cache">NodeLocal DNSCache and its address</a>
 */
public final class GkeDefaults implements ServiceDefaults {
    public static final ServiceDefaults INSTANCE = new GkeDefaults();

    private GkeDefaults() {}

    @Override
    public Optional<GpuStack> gpuStack(BackendSpec spec) {
        return Optional.of(GkeGpuStack.of(GkeSettings.of(spec.settings()).gpuDriver()));
    }

    @Override
    public List<Taint> taints(NodePool pool, Optional<Machine> machine) {
        List<Taint> taints = new ArrayList<>();
        if (pool.role() == PoolRole.GPU) {
            taints.add(PoolRole.GPU.standardTaint());
        }
        if (machine.filter(known -> known.architecture().equals("arm64")).isPresent()) {
            taints.add(new Taint("kubernetes.io/arch", "arm64", Taint.Effect.NO_SCHEDULE));
        }
        return taints;
    }

    @Override
    public boolean enforcesNetworkPolicies() {
        return true;
    }

    @Override
    public List<String> dnsAddresses() {
        return List.of("169.254.20.10/32");
    }
}
