// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.existing;

import io.osmo.backend.spi.provider.ProviderGraph;
import java.util.List;

/** The parts of a backend in an existing cluster that are outside of the cluster's API: none that is ever changed. */
public final class ExistingGraph {
    public static final ProviderGraph<?> GRAPH = graph();

    private ExistingGraph() {}

    static ProviderGraph<ExistingContext> graph() {
        return new ProviderGraph<>(List.of(new ClusterConcern(), new PoolConcern()));
    }
}
