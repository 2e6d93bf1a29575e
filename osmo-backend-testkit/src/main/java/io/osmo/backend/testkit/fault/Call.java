// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.fault;

import java.time.Instant;

/**
 * One call that an emulated cloud has received.
 *
 * @param number counts the calls of the cloud from 1
 * @param at virtual time
 * @param operation as the cloud's own reference names it: {@code eks:CreateCluster}, {@code container.CreateCluster}, {@code PUT
 *     Microsoft.ContainerService/managedClusters}
 * @param reads whether the call only reads
 * @param request in the vendor's own type, or what an emulator makes of it; may hold what its caller considers secret
 */
public record Call(int number, Instant at, String operation, boolean reads, Object request) {
    /** The request in its type. */
    public <T> T request(Class<T> type) {
        return type.cast(request);
    }

    @Override
    public String toString() {
        return "#" + number + " " + operation + " at " + at;
    }
}
