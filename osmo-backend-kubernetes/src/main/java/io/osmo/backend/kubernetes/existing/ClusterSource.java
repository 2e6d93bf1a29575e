// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.existing;

import io.osmo.backend.cluster.ClusterAccess;

/** Finds the cluster that settings mean. Safe for concurrent use. */
@FunctionalInterface
public interface ClusterSource {
    /**
     * How the cluster is reached. May read files; calls no cluster.
     *
     * @throws io.osmo.backend.error.KubeconfigException naming everything for which a kubeconfig cannot be used
     */
    ClusterAccess access(ExistingSettings settings);
}
