// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.gcp.GcpService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lists of Compute Engine by URL, since more of the vendor's clients just to list and delete would be more code. */
public final class ComputeObjects {
    private static final Set<String> GLOBAL = Set.of("firewalls", "targetTcpProxies");

    private ComputeObjects() {}

    /** All of a collection, in every zone, region and globally. */
    public static List<JsonNode> list(GcpContext context, String collection) {
        boolean global = GLOBAL.contains(collection);
        String path = "/compute/v1/projects/" + context.project() + (global ? "/global/" : "/aggregated/") + collection;
        List<JsonNode> objects = new ArrayList<>();
        String page = "";
        do {
            String query = page.isEmpty() ? "" : "?pageToken=" + page;
            Optional<JsonNode> answer = context.find(
                    "compute." + collection + ".list", () -> context.rest().get(GcpService.COMPUTE, path + query));
            answer.ifPresent(json -> {
                if (global) {
                    json.path("items").forEach(objects::add);
                } else {
                    json.path("items").forEach(scope -> scope.path(collection).forEach(objects::add));
                }
            });
            page = answer.map(json -> json.path("nextPageToken").asText()).orElse("");
        } while (!page.isEmpty());
        return objects;
    }

    /** Path of an object, which begins with {@code projects/}. */
    public static String path(JsonNode object) {
        String link = object.path("selfLink").asText();
        return link.substring(Math.max(0, link.indexOf("projects/")));
    }
}
