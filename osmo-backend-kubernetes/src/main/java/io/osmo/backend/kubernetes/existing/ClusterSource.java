// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.existing;

import io.osmo.backend.cluster.ClusterAccess;

/** Finds the cluster that the settings refer to. Implementations must be safe for concurrent use. */
@FunctionalInterface
public interface ClusterSource {
    /**
     * How the cluster is reached. May read files; calls no cluster.
     *
     * @throws io.osmo.backend.error.KubeconfigException with all reasons why a kubeconfig cannot be used
     */
    ClusterAccess access(ExistingSettings settings);
}
