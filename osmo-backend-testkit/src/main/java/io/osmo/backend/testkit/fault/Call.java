// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.fault;

import java.time.Instant;

/**
 * One call that an emulated cloud has received.
 *
 * @param number number of the call in its cloud, from 1
 * @param at virtual time of the call
 * @param operation name in the reference of the cloud: {@code eks:CreateCluster}, {@code container.CreateCluster}, {@code PUT
 *     Microsoft.ContainerService/managedClusters}
 * @param reads whether the call only reads
 * @param request the request in the vendor's own type, or in one of the emulator; may contain secrets
 */
public record Call(int number, Instant at, String operation, boolean reads, Object request) {
    /** The request, cast to its type. */
    public <T> T request(Class<T> type) {
        return type.cast(request);
    }

    @Override
    public String toString() {
        return "#" + number + " " + operation + " at " + at;
    }
}
