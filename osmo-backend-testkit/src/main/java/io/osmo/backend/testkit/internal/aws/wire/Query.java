// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.wire;

import io.osmo.backend.testkit.internal.http.HttpCall;
import io.osmo.backend.testkit.internal.http.HttpReply;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;

/**
 * A form with the operation and its members is answered in XML.
 *
 * @param ec2 whether it is the variant of Amazon EC2
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-query-protocol.html">AWS query protocol</a>
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html">AWS EC2 query protocol</a>
 */
record Query(boolean ec2) implements Protocol {
    /** Of every answer; the vendor's is a new one for each. */
    private static final String REQUEST_ID = "00000000-0000-4000-a000-000000000000";

    @Override
    public WireOperation operation(HttpCall call, Collection<WireOperation> operations) {
        Map<String, List<String>> parameters = parameters(call);
        String action = first(parameters, "Action");
        String version = first(parameters, "Version");
        if (action.isEmpty()) {
            throw new WireRefusal(400, "MissingAction", "The request is missing an action");
        }
        return operations.stream()
                .filter(operation -> operation.name().equals(action))
                .filter(operation -> operation.binding().apiVersion().equals(version))
                .findFirst()
                .orElseThrow(() -> new WireRefusal(
                        400,
                        "InvalidAction",
                        "Could not find operation " + action + " for version "
                                + (version.isEmpty() ? "NO_VERSION_SPECIFIED" : version)
                                + " in the emulated service"));
    }

    private static String first(Map<String, List<String>> parameters, String name) {
        return parameters.getOrDefault(name, List.of("")).get(0);
    }

    private static Map<String, List<String>> parameters(HttpCall call) {
        Map<String, List<String>> parameters = new LinkedHashMap<>(call.query());
        parameters.putAll(HttpCall.parameters(call.body()));
        // What signs a request is none of its members.
        parameters.keySet().removeIf(name -> name.startsWith("X-Amz-"));
        return parameters;
    }

    @Override
    public void read(HttpCall call, WireOperation operation, SdkPojo builder) {
        Map<String, List<String>> parameters = parameters(call);
        if (ec2 && first(parameters, "DryRun").equals("true")) {
            throw new WireRefusal(412, "DryRunOperation", "Request would have succeeded, but DryRun flag is set.");
        }
        new FormWire(ec2).read(parameters, builder);
    }

    @Override
    public WireRefusal missing(WireOperation operation, String member) {
        return ec2
                ? new WireRefusal(400, "MissingParameter", "The request must contain the parameter " + member)
                : new WireRefusal(400, "ValidationError", TargetJson.nullMember(member));
    }

    @Override
    public WireRefusal malformed(String problem) {
        return new WireRefusal(400, ec2 ? "InvalidParameterValue" : "MalformedInput", problem);
    }

    @Override
    public HttpReply response(WireOperation operation, SdkPojo response) {
        String name = operation.name() + "Response";
        XmlWire xml = new XmlWire().open(name);
        if (ec2) {
            xml.text("requestId", REQUEST_ID).members(response);
            if (response.sdkFields().isEmpty()) {
                xml.text("return", "true");
            }
        } else {
            String result = operation.name() + "Result";
            xml.open(result).members(response).close(result);
            xml.open("ResponseMetadata").text("RequestId", REQUEST_ID).close("ResponseMetadata");
        }
        return HttpReply.of(200, "text/xml;charset=UTF-8", xml.close(name).toString());
    }

    @Override
    public HttpReply error(int status, String code, String message) {
        XmlWire xml = new XmlWire();
        if (ec2) {
            xml.open("Response").open("Errors").open("Error");
            xml.text("Code", code).text("Message", message).close("Error").close("Errors");
            xml.text("RequestID", REQUEST_ID).close("Response");
        } else {
            xml.open("ErrorResponse").open("Error").text("Type", status < 500 ? "Sender" : "Receiver");
            xml.text("Code", code).text("Message", message).close("Error");
            xml.text("RequestId", REQUEST_ID).close("ErrorResponse");
        }
        return HttpReply.of(status, "text/xml;charset=UTF-8", xml.toString());
    }
}
