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
 * What chart values depend on in addition to the spec: what the managed service of a provider does by default, or what the nodes of a
 * cluster without a cloud API show. Pure.
 */
public interface ServiceDefaults {
    /** For clusters about which nothing is known. */
    ServiceDefaults UNKNOWN = new ServiceDefaults() {};

    /** What installs the GPU software on the nodes of a spec; empty if not known. */
    default Optional<GpuStack> gpuStack(BackendSpec spec) {
        return Optional.empty();
    }

    /**
     * Taints that the nodes of a pool have in addition to those of the spec.
     *
     * @param machine of the pool, if it is known
     */
    default List<Taint> taints(NodePool pool, Optional<Machine> machine) {
        return List.of();
    }

    /** The machine of a pool; empty if only the cloud's API knows it. */
    default Optional<Machine> machine(NodePool pool) {
        return Optional.empty();
    }

    /** Whether each cluster that the provider creates enforces network policies. */
    default boolean enforcesNetworkPolicies() {
        return false;
    }

    /** Address ranges at which nodes answer DNS, in CIDR notation, in addition to the range of services. */
    default List<String> dnsAddresses() {
        return List.of();
    }
}
