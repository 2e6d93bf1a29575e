// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

/** How much is built by default. */
public enum Profile {
    /** Highly available, one NAT per zone, backup, control-plane logs, a dedicated operator pool. */
    PRODUCTION,
    /** The cheapest backend that a real OSMO accepts: one NAT, no backup, an optional operator pool. */
    DEVELOPMENT
}
