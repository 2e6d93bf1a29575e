// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

/** Determines the defaults of a spec. */
public enum Profile {
    /** Highly available, one NAT per zone, backup, control-plane logs, a dedicated operator pool. */
    PRODUCTION,
    /** The cheapest backend that OSMO accepts: one NAT, no backup, an optional operator pool. */
    DEVELOPMENT
}
