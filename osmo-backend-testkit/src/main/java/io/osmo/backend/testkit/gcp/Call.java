// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.gcp;

import com.google.protobuf.Message;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * One call that an emulated service has received.
 *
 * @param number counts the calls of the project from 1
 * @param operation service and method as the API's own reference names them: {@code container.CreateCluster} where the service
 *     has one interface, {@code compute.networks.insert} where it has several
 * @param at virtual time
 * @param request the request in the vendor's own type; may hold what its caller considers secret
 */
public record Call(int number, String operation, Instant at, Message request) {
    private static final Pattern READS =
            Pattern.compile("(?i)(get|list|aggregatedList|batchGet|testIam|wait|query|search).*");

    /** Name of the service, such as {@code container}. */
    public String service() {
        return operation.substring(0, operation.indexOf('.'));
    }

    /** Whether the call only reads. */
    public boolean reads() {
        return READS.matcher(operation.substring(operation.lastIndexOf('.') + 1))
                .matches();
    }

    @Override
    public String toString() {
        return "#" + number + " " + operation + " at " + at;
    }
}
