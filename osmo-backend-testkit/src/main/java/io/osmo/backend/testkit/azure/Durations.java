// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import java.time.Duration;

/** How long Azure typically takes. */
final class Durations {
    static final Duration GROUP_DELETE = Duration.ofSeconds(30);
    static final Duration REGISTRATION = Duration.ofMinutes(1);

    static final Duration NETWORK_CREATE = Duration.ofSeconds(5);
    static final Duration NETWORK_UPDATE = Duration.ofSeconds(3);
    static final Duration NETWORK_DELETE = Duration.ofSeconds(10);
    static final Duration NAT_CREATE = Duration.ofSeconds(15);

    /** How long a new identity is unknown to those who look for it in the directory. */
    static final Duration PRINCIPAL_REPLICATION = Duration.ofSeconds(20);
    /** How long after a role was assigned the rights of it hold. */
    static final Duration ROLE_PROPAGATION = Duration.ofMinutes(1);

    static final Duration VAULT_CREATE = Duration.ofSeconds(40);
    static final Duration VAULT_RETENTION = Duration.ofDays(90);
    static final Duration DISK_ENCRYPTION_SET = Duration.ofSeconds(10);

    static final Duration CLUSTER_CREATE = Duration.ofMinutes(6);
    static final Duration CLUSTER_UPDATE = Duration.ofMinutes(2);
    static final Duration CLUSTER_UPGRADE = Duration.ofMinutes(10);
    static final Duration CLUSTER_DELETE = Duration.ofMinutes(5);
    static final Duration CLUSTER_START = Duration.ofMinutes(4);
    static final Duration POOL_CREATE = Duration.ofMinutes(3);
    static final Duration POOL_UPDATE = Duration.ofSeconds(90);
    /** For each node that is replaced. */
    static final Duration POOL_UPGRADE = Duration.ofMinutes(3);

    static final Duration POOL_DELETE = Duration.ofMinutes(3);

    static final Duration TRUSTED_ACCESS = Duration.ofSeconds(5);
    static final Duration EXTENSION_CREATE = Duration.ofMinutes(2);
    static final Duration EXTENSION_DELETE = Duration.ofMinutes(1);
    static final Duration BACKUP_VAULT_CREATE = Duration.ofSeconds(20);
    static final Duration BACKUP_INSTANCE_CREATE = Duration.ofSeconds(40);
    static final Duration BACKUP_INSTANCE_DELETE = Duration.ofSeconds(30);

    private Durations() {}
}
