// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure;

/** Pricing tier of the control plane. */
public enum Tier {
    /** Without a service level agreement; for development. */
    FREE("Free"),
    /** With a service level agreement for the API server; up to 5,000 nodes. */
    STANDARD("Standard"),
    /** Like {@link #STANDARD}, with long-term support for Kubernetes versions. */
    PREMIUM("Premium");

    private final String aks;

    Tier(String aks) {
        this.aks = aks;
    }

    /** AKS's own spelling. */
    public String aks() {
        return aks;
    }
}
