// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure;

/** Pricing tier of the control plane. */
public enum Tier {
    /** No service level; for development. */
    FREE("Free"),
    /** With a service level on the API server, up to 5,000 nodes. */
    STANDARD("Standard"),
    /** As standard, with long-term support of Kubernetes versions. */
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
