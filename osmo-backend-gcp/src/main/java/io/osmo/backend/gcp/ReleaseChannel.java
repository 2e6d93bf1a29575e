// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp;

/**
 * Release channels of GKE: they decide which versions are offered and when a cluster is upgraded. See <a
 * href="https://cloud.google.com/kubernetes-engine/docs/concepts/release-channels">release channels</a>.
 */
public enum ReleaseChannel {
    RAPID,
    REGULAR,
    STABLE,
    /** Like {@link #REGULAR}, with support for up to 24 months at an additional price. */
    EXTENDED
}
