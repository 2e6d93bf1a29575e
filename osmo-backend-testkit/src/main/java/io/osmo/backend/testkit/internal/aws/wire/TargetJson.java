// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.wire;

import io.osmo.backend.testkit.internal.http.HttpCall;
import io.osmo.backend.testkit.internal.http.HttpReply;
import java.util.Collection;
import java.util.Locale;
import software.amazon.awssdk.core.SdkPojo;

/**
 * A header names the operation, the body has all members.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html">AWS JSON 1.1 protocol</a>
 */
record TargetJson() implements Protocol {
    private static final String TYPE = "application/x-amz-json-1.1";

    @Override
    public WireOperation operation(HttpCall call, Collection<WireOperation> operations) {
        String target = call.header("x-amz-target");
        return operations.stream()
                .filter(operation -> operation.binding().operationIdentifier().equals(target))
                .findFirst()
                .orElseThrow(() -> new WireRefusal(
                        400,
                        "UnknownOperationException",
                        "The emulated service has no operation '" + target + "' (X-Amz-Target)"));
    }

    @Override
    public void read(HttpCall call, WireOperation operation, SdkPojo builder) {
        JsonWire.read(JsonWire.parse(call.body()), builder);
    }

    @Override
    public WireRefusal missing(WireOperation operation, String member) {
        return new WireRefusal(400, "ValidationException", nullMember(member));
    }

    /** The words in which services that check their model refuse. */
    static String nullMember(String member) {
        return "1 validation error detected: Value null at '"
                + member.substring(0, 1).toLowerCase(Locale.ROOT) + member.substring(1)
                + "' failed to satisfy constraint: Member must not be null";
    }

    @Override
    public WireRefusal malformed(String problem) {
        return new WireRefusal(400, "SerializationException", problem);
    }

    @Override
    public HttpReply response(WireOperation operation, SdkPojo response) {
        return HttpReply.of(200, TYPE, JsonWire.write(response).toString());
    }

    @Override
    public HttpReply error(int status, String code, String message) {
        return JsonWire.error(TYPE, status, code, message);
    }
}
