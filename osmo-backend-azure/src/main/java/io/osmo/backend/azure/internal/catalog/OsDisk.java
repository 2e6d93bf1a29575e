// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.catalog;

/** Where AKS puts the OS disk of a node, which cannot be changed later. */
public enum OsDisk {
    /** On the host, included in the price of the machine. */
    EPHEMERAL,
    /** A managed disk, billed and counted by a quota. */
    MANAGED,
    /** Microsoft's documents do not agree. */
    UNKNOWN
}
