// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

/** Where facts come from. A verification may use any of them; checks say which ones they need. */
public enum Vantage {
    /** The cloud's own API. */
    CLOUD("the cloud's API"),
    /** The Kubernetes API, read only. */
    KUBERNETES("the Kubernetes API"),
    /** Temporary pods inside the cluster. */
    PROBE("a probe inside the cluster"),
    /** The OSMO service. */
    OSMO("the OSMO service");

    private final String phrase;

    Vantage(String phrase) {
        this.phrase = phrase;
    }

    /** In words that fit after "needs". */
    public String phrase() {
        return phrase;
    }
}
