// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.billing;

/** The services whose prices are emulated. */
enum Seller {
    COMPUTE_ENGINE("6F81-5844-456A", "Compute Engine"),
    KUBERNETES_ENGINE("CCD8-9BF1-090E", "Kubernetes Engine"),
    NETWORKING("E505-1604-58F8", "Networking");

    private final String id;
    private final String displayName;

    Seller(String id, String displayName) {
        this.id = id;
        this.displayName = displayName;
    }

    String id() {
        return id;
    }

    String displayName() {
        return displayName;
    }
}
