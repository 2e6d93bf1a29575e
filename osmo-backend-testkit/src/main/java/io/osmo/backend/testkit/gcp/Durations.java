// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.gcp;

import java.time.Duration;

/** How long Google Cloud typically takes. */
final class Durations {
    static final Duration NETWORK = Duration.ofSeconds(12);
    static final Duration NETWORK_DELETE = Duration.ofSeconds(25);
    static final Duration SUBNETWORK = Duration.ofSeconds(15);
    static final Duration SUBNETWORK_DELETE = Duration.ofSeconds(20);
    static final Duration ROUTER = Duration.ofSeconds(10);
    static final Duration OTHER = Duration.ofSeconds(5);
    /** How long a finished operation is remembered. */
    static final Duration OPERATION_MEMORY = Duration.ofHours(2);

    static final Duration CLUSTER_CREATE = Duration.ofMinutes(6);
    static final Duration CLUSTER_DELETE = Duration.ofMinutes(4);
    static final Duration CLUSTER_UPDATE = Duration.ofSeconds(60);
    /** Re-encrypting the Secrets that exist. */
    static final Duration CLUSTER_ENCRYPTION = Duration.ofMinutes(5);

    static final Duration CLUSTER_LABELS = Duration.ofSeconds(10);
    static final Duration MASTER_UPGRADE = Duration.ofMinutes(8);
    static final Duration POOL_CREATE = Duration.ofSeconds(120);
    static final Duration POOL_UPDATE = Duration.ofSeconds(20);
    static final Duration POOL_AUTOSCALING = Duration.ofSeconds(10);
    static final Duration POOL_RESIZE = Duration.ofSeconds(60);
    static final Duration POOL_DELETE = Duration.ofSeconds(150);
    /** Replacing one node of a pool. */
    static final Duration NODE_REPLACE = Duration.ofSeconds(150);
    /** How often machines that could not be had are asked for again. */
    static final Duration STOCK_OUT_RETRY = Duration.ofMinutes(5);

    static final Duration BACKUP_PLAN = Duration.ofSeconds(4);
    static final Duration SERVICE_ENABLE = Duration.ofSeconds(25);
    /** How long after its creation a service account is not known to the other services yet. */
    static final Duration SERVICE_ACCOUNT_PROPAGATION = Duration.ofSeconds(5);

    private Durations() {}
}
