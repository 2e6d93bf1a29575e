// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.gcp.GcpService;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Lists of Compute Engine by URL, since more of the vendor's clients just to list and delete would be more code. */
public final class ComputeObjects {
    private static final Set<String> GLOBAL = Set.of("firewalls", "routes", "targetTcpProxies");

    private ComputeObjects() {}

    /** All of a collection, in every zone, region and globally. */
    public static List<JsonNode> list(GcpContext context, String collection) {
        return context.find(operation(collection), () -> read(context, context.project(), collection))
                .orElse(List.of());
    }

    /** The same for any project; distinguishes an empty list from one that the caller is not allowed to read. */
    public static Lookup<List<JsonNode>> lookup(GcpContext context, String project, String collection) {
        return Lookup.of(context, operation(collection), () -> read(context, project, collection));
    }

    private static String operation(String collection) {
        return "compute." + collection + ".list";
    }

    private static List<JsonNode> read(GcpContext context, String project, String collection) {
        boolean global = GLOBAL.contains(collection);
        String path = "/compute/v1/projects/" + project + (global ? "/global/" : "/aggregated/") + collection;
        List<JsonNode> objects = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        String page = "";
        do {
            String query = page.isEmpty() ? "" : "?pageToken=" + URLEncoder.encode(page, StandardCharsets.UTF_8);
            JsonNode answer = context.rest().get(GcpService.COMPUTE, path + query);
            if (global) {
                answer.path("items").forEach(objects::add);
            } else {
                answer.path("items").forEach(scope -> scope.path(collection).forEach(objects::add));
            }
            page = answer.path("nextPageToken").asText();
            if (!page.isEmpty() && !seen.add(page)) {
                throw new RestFailure(0, "MALFORMED_ANSWER", path + " names the same next page again", null);
            }
        } while (!page.isEmpty());
        return objects;
    }

    /** Path of an object, which begins with {@code projects/}. */
    public static String path(JsonNode object) {
        String link = object.path("selfLink").asText();
        return link.substring(Math.max(0, link.indexOf("projects/")));
    }
}
