// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

import io.osmo.backend.cluster.CloudFacts.Machine;
import io.osmo.backend.cluster.GpuStack;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.Taint;
import java.util.List;
import java.util.Optional;

/**
 * What values of charts take into account beyond a spec: what the managed service of a provider does by itself, or what the nodes of a
 * cluster show that no cloud describes. Pure.
 */
public interface ServiceDefaults {
    /** Of clusters of which nothing is known. */
    ServiceDefaults UNKNOWN = new ServiceDefaults() {};

    /** Who brings the software of the GPU nodes of a spec; empty if that is not known. */
    default Optional<GpuStack> gpuStack(BackendSpec spec) {
        return Optional.empty();
    }

    /**
     * Taints that the nodes of a pool have beyond those of the spec.
     *
     * @param machine of the pool, if it is known
     */
    default List<Taint> taints(NodePool pool, Optional<Machine> machine) {
        return List.of();
    }

    /** What a machine of a pool has, where it is known without the cloud's API. */
    default Optional<Machine> machine(NodePool pool) {
        return Optional.empty();
    }

    /** Whether each cluster that the provider creates enforces network policies. */
    default boolean enforcesNetworkPolicies() {
        return false;
    }

    /** Ranges of addresses, beside those of services, at which nodes answer DNS. */
    default List<String> dnsAddresses() {
        return List.of();
    }
}
