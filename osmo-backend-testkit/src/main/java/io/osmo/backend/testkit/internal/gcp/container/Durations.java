// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.container;

import java.time.Duration;

/** How long GKE typically takes. */
final class Durations {
    /** From when an operation is accepted to when it runs. */
    static final Duration OPERATION_QUEUE = Duration.ofSeconds(2);

    static final Duration CLUSTER_CREATE = Duration.ofMinutes(6);
    static final Duration CLUSTER_DELETE = Duration.ofMinutes(4);
    static final Duration CLUSTER_UPDATE = Duration.ofMinutes(1);
    /** Includes encrypting the existing Secrets again. */
    static final Duration CLUSTER_ENCRYPTION = Duration.ofMinutes(5);

    static final Duration CLUSTER_LABELS = Duration.ofSeconds(10);
    static final Duration MASTER_UPGRADE = Duration.ofMinutes(8);

    static final Duration POOL_CREATE = Duration.ofMinutes(2);
    static final Duration POOL_DELETE = Duration.ofSeconds(150);
    static final Duration POOL_UPDATE = Duration.ofSeconds(20);
    static final Duration POOL_AUTOSCALING = Duration.ofSeconds(10);
    static final Duration POOL_RESIZE = Duration.ofMinutes(1);
    /** Replacing one node of a pool. */
    static final Duration NODE_REPLACE = Duration.ofSeconds(150);
    /** From one attempt to evict the pods of a node to the next. */
    static final Duration DRAIN_STEP = Duration.ofSeconds(10);
    /**
     * When the autoscaler looks again at a node that it could not empty, see {@code --unremovable-node-recheck-timeout} in the <a
     * href="https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md">FAQ of the autoscaler</a>.
     */
    static final Duration SCALE_DOWN_RECHECK = Duration.ofMinutes(5);
    /**
     * How long GKE waits for budgets before it takes a node away all the same, see <a
     * href="https://cloud.google.com/kubernetes-engine/docs/concepts/node-pool-upgrade-strategies">upgrade strategies</a>.
     */
    static final Duration DRAIN_PATIENCE = Duration.ofHours(1);
    /** From one attempt to get unavailable machines to the next. */
    static final Duration STOCK_OUT_RETRY = Duration.ofMinutes(5);

    private Durations() {}
}
