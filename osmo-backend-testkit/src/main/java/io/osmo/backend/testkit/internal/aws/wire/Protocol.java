// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.wire;

import io.osmo.backend.testkit.internal.http.HttpCall;
import io.osmo.backend.testkit.internal.http.HttpReply;
import java.util.Collection;
import software.amazon.awssdk.core.SdkPojo;

/** A protocol of AWS: how requests name their operation, and how members and errors are written. */
interface Protocol {
    /** @throws WireRefusal if the request is for none of these operations */
    WireOperation operation(HttpCall call, Collection<WireOperation> operations);

    /**
     * Reads the members of a request.
     *
     * @throws WireRefusal or IllegalArgumentException if they are not what the operation takes
     */
    void read(HttpCall call, WireOperation operation, SdkPojo builder);

    /** How the service refuses a request without a member that it must have. */
    WireRefusal missing(WireOperation operation, String member);

    /** How the service refuses a request that cannot be read. */
    WireRefusal malformed(String problem);

    HttpReply response(WireOperation operation, SdkPojo response);

    HttpReply error(int status, String code, String message);
}
