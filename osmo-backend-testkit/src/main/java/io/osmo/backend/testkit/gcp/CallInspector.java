// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.gcp;

import com.google.protobuf.Message;

/** Looks at each request before it has an effect and at each response before the caller sees it; may throw. */
public interface CallInspector {
    /** @param operation such as {@code container.CreateCluster} */
    void request(String operation, Message request);

    default void response(String operation, Message response) {}

    /**
     * A request that cannot be read as the service's description says, such as one with an unknown field. It is refused anyway.
     */
    default void malformed(String operation, String problem) {}
}
