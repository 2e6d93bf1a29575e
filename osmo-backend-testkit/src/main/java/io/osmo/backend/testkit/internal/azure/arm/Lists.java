// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.azure.ArmRequest;
import io.osmo.backend.testkit.internal.Page;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cuts lists into pages. */
final class Lists {
    private Lists() {}

    /** The requested page of a response; a response without a list stays as it is. */
    static ArmReply paged(ArmRequest request, ArmReply reply, int pageSize) {
        if (reply.body() == null || !(reply.body().path("value") instanceof ArrayNode all)) {
            return reply;
        }
        List<JsonNode> items = new ArrayList<>();
        all.forEach(items::add);
        String top = request.query("$top");
        Page<JsonNode> page = Page.of(
                items,
                top.isEmpty() ? null : Integer.valueOf(top),
                request.query().get("$skiptoken"),
                pageSize);
        ObjectNode body = Json.object();
        body.setAll(reply.body());
        ArrayNode value = body.putArray("value");
        page.items().forEach(value::add);
        if (page.next() != null) {
            body.put("nextLink", link(request, page.next()));
        }
        return new ArmReply(reply.status(), reply.headers(), body);
    }

    private static String link(ArmRequest request, String token) {
        Map<String, String> query = new LinkedHashMap<>(request.query());
        query.put("$skiptoken", token);
        List<String> parts = new ArrayList<>();
        query.forEach((name, text) -> parts.add(encode(name) + "=" + encode(text)));
        return request.base() + request.path() + "?" + String.join("&", parts);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
