// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import java.time.Duration;

/** How long AWS typically takes. */
final class Durations {
    static final Duration VPC = Duration.ofSeconds(1);
    static final Duration SUBNET = Duration.ofSeconds(1);
    static final Duration NAT_GATEWAY_CREATE = Duration.ofSeconds(110);
    static final Duration NAT_GATEWAY_DELETE = Duration.ofSeconds(50);
    /** How long a deleted NAT gateway is still listed. */
    static final Duration NAT_GATEWAY_MEMORY = Duration.ofHours(1);

    static final Duration ENDPOINT_CREATE = Duration.ofSeconds(110);
    static final Duration ENDPOINT_DELETE = Duration.ofSeconds(60);
    /** How long after its creation a role cannot be assumed by every service yet. */
    static final Duration ROLE_PROPAGATION = Duration.ofSeconds(8);

    static final Duration CLUSTER_CREATE = Duration.ofMinutes(9);
    static final Duration CLUSTER_DELETE = Duration.ofMinutes(3);
    static final Duration CLUSTER_CONFIG = Duration.ofMinutes(2);
    static final Duration CLUSTER_UPGRADE = Duration.ofMinutes(9);
    static final Duration NODE_GROUP_CREATE = Duration.ofSeconds(150);
    static final Duration NODE_GROUP_CONFIG = Duration.ofSeconds(20);
    /** Replacing the nodes of a group, for each batch that the group's update configuration allows. */
    static final Duration NODE_GROUP_UPGRADE_BATCH = Duration.ofMinutes(4);

    static final Duration NODE_GROUP_DELETE = Duration.ofMinutes(4);
    /** How long EKS tries before it gives up on a group whose instances cannot be had. */
    static final Duration NODE_GROUP_GIVES_UP = Duration.ofMinutes(20);

    static final Duration SCALE = Duration.ofSeconds(60);
    static final Duration ADDON = Duration.ofSeconds(50);
    static final Duration ADDON_DELETE = Duration.ofSeconds(20);
    static final Duration LOAD_BALANCER_DELETE = Duration.ofSeconds(30);

    private Durations() {}
}
