// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.osmo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How the service or its gateway says no.
 *
 * @see <a href="https://github.com/NVIDIA/OSMO/blob/main/src/service/core/service.py">handlers of the service</a>
 */
final class ServiceRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String type;
    private final String body;

    private ServiceRefusal(int status, String type, String body) {
        super(body, null, false, false);
        this.status = status;
        this.type = type;
        this.body = body;
    }

    /** A refusal with one of the service's codes, such as {@code USER} or {@code RESOURCE}. */
    static ServiceRefusal of(int status, String code, String message) {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("message", message).put("error_code", code);
        return new ServiceRefusal(
                status, "application/json", body.putNull("workflow_id").toString());
    }

    /** What the service does not expect: an unknown name is among it. */
    static ServiceRefusal internal(String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("message", "Internal server error: " + message);
        return new ServiceRefusal(500, "application/json", body.toString());
    }

    /** A request that the framework cannot validate. */
    static ServiceRefusal invalid(String field) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode detail =
                body.putArray("detail").addObject().put("type", "missing").put("msg", "Field required");
        detail.putArray("loc").add("body").add(field);
        return new ServiceRefusal(422, "application/json", body.toString());
    }

    static ServiceRefusal noRoute() {
        return new ServiceRefusal(404, "application/json", "{\"detail\":\"Not Found\"}");
    }

    /** By the gateway. */
    static ServiceRefusal text(int status, String body) {
        return new ServiceRefusal(status, body.startsWith("<") ? "text/html" : "text/plain", body);
    }

    /** No answer: the connection breaks. */
    static ServiceRefusal disconnected() {
        return new ServiceRefusal(0, "", "the connection broke");
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }

    String body() {
        return body;
    }
}
