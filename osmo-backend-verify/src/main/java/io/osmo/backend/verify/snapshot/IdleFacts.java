// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;

/**
 * Whether a connection that was idle for a while could still be used.
 *
 * @param name pool that the pod ran in
 * @param url what was requested, before and after
 * @param kept unknown when the other end did not answer at all, or says that it closes connections
 */
public record IdleFacts(String name, String url, Fact<Boolean> kept) {
    @Override
    public String toString() {
        return "pool/" + name + " to " + url;
    }
}
