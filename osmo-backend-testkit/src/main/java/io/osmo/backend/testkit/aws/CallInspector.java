// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import software.amazon.awssdk.core.SdkPojo;

/** Looks at each request before it has an effect and at each response before the caller sees it; may throw. */
public interface CallInspector {
    /**
     * @param service endpoint prefix of the service, such as {@code eks}
     * @param operation operation, such as {@code CreateCluster}
     */
    void request(String service, String operation, SdkPojo request);

    default void response(String service, String operation, SdkPojo response) {}
}
