// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.wire;

import io.osmo.backend.testkit.internal.http.HttpCall;
import io.osmo.backend.testkit.internal.http.HttpReply;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;

/**
 * Operations are methods of paths; members are in path, query and body.
 *
 * @param missingCode error code for a required member that is missing
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html">AWS restJson1 protocol</a>
 */
record RestJson(String missingCode) implements Protocol {
    @Override
    public WireOperation operation(HttpCall call, Collection<WireOperation> operations) {
        List<String> path = WireOperation.segments(call.uri().getRawPath());
        return operations.stream()
                .filter(operation -> operation.binding().httpMethod().name().equals(call.method()))
                .filter(operation -> matches(operation.path(), path))
                // Of "/clusters/{name}" and "/clusters/all" the latter.
                .min(Comparator.comparingLong(operation ->
                        operation.path().stream().filter(RestJson::isVariable).count()))
                .orElseThrow(() -> new WireRefusal(
                        404,
                        "UnknownOperationException",
                        "The emulated service has no operation " + call.method() + " "
                                + call.uri().getRawPath()));
    }

    private static boolean isVariable(String segment) {
        return segment.startsWith("{");
    }

    private static boolean matches(List<String> template, List<String> path) {
        if (template.size() != path.size()) {
            return false;
        }
        for (int i = 0; i < path.size(); i++) {
            boolean variable = isVariable(template.get(i));
            if (variable ? path.get(i).isEmpty() : !template.get(i).equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void read(HttpCall call, WireOperation operation, SdkPojo builder) {
        if (operation.binding().hasPayloadMembers()) {
            JsonWire.read(JsonWire.parse(call.body()), builder);
        }
        List<String> path = WireOperation.segments(call.uri().getRawPath());
        Map<String, List<String>> query = call.query();
        for (SdkField<?> field : builder.sdkFields()) {
            if (field.location() == MarshallLocation.PATH) {
                String text = path.get(operation.path().indexOf("{" + field.locationName() + "}"));
                field.set(builder, Values.parse(field, URLDecoder.decode(text, StandardCharsets.UTF_8)));
            } else if (field.location() == MarshallLocation.QUERY_PARAM && query.containsKey(field.locationName())) {
                field.set(builder, parameter(field, query.get(field.locationName())));
            }
        }
    }

    private static Object parameter(SdkField<?> field, List<String> values) {
        if (field.marshallingType().getKnownType() != MarshallingKnownType.LIST) {
            return Values.parse(field, values.get(0));
        }
        SdkField<?> member = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
        return values.stream().map(value -> Values.parse(member, value)).toList();
    }

    @Override
    public WireRefusal missing(WireOperation operation, String member) {
        return new WireRefusal(400, missingCode, "The request needs the member " + member);
    }

    @Override
    public WireRefusal malformed(String problem) {
        return new WireRefusal(400, "SerializationException", problem);
    }

    @Override
    public HttpReply response(WireOperation operation, SdkPojo response) {
        return HttpReply.json(200, JsonWire.write(response).toString());
    }

    @Override
    public HttpReply error(int status, String code, String message) {
        return JsonWire.error("application/json", status, code, message).with("x-amzn-ErrorType", code);
    }
}
