// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import java.time.Instant;
import software.amazon.awssdk.core.SdkPojo;

/**
 * One call that an emulated service has received.
 *
 * @param number counts the calls of the account from 1
 * @param operation service and operation as IAM names them, such as {@code eks:CreateCluster}
 * @param at virtual time
 * @param request the vendor's own request; may hold what its caller considers secret
 */
public record Call(int number, String operation, Instant at, SdkPojo request) {
    /** Service prefix, such as {@code eks}. */
    public String service() {
        return operation.substring(0, operation.indexOf(':'));
    }

    /** Whether the call only reads. */
    public boolean reads() {
        String name = operation.substring(operation.indexOf(':') + 1);
        return name.startsWith("Describe") || name.startsWith("List") || name.startsWith("Get");
    }

    @Override
    public String toString() {
        return "#" + number + " " + operation + " at " + at;
    }
}
