// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.cloud;

/** What the reader of a report may have to do with the tools of the cloud. */
public enum Remedy {
    /** Encrypt Secrets with a key of the customer. */
    ENCRYPT_SECRETS,
    MAKE_CONTROL_PLANE_REDUNDANT,
    /** Let the cluster follow {@code MINOR} instead of one patch version of it. */
    FOLLOW_MINOR_VERSION,
    /** Upgrade to {@code NEXT}. */
    UPGRADE,
    LIMIT_API_ACCESS,
    GRANT_CLUSTER_ADMIN,
    SPREAD_POOL_OVER_ZONES,
    ATTACH_ACCELERATOR,
    ENFORCE_NETWORK_POLICIES,
    GIVE_PODS_IDENTITY,
    /** Use a storage class with volumes that several nodes can share. */
    SHARE_FILES,
    /** Replace a retired instance type. */
    REPLACE_INSTANCE_TYPE,
    /** Replace a node image that is no longer maintained. */
    REPLACE_NODE_IMAGE,
    /** Give the nodes of {@code POOL} the newest release of their image. */
    ROLL_NODE_IMAGE
}
