// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Get and list. */
final class Reads {
    private final Store store;

    Reads(Store store) {
        this.store = store;
    }

    Answer get(Target target) {
        return new Answer(200, store.get(target));
    }

    Answer list(Target target, Request request) {
        if (request.has("watch", "true")) {
            throw new ApiError(405, "MethodNotAllowed", "watching is not emulated");
        }
        List<Map.Entry<String, ObjectNode>> all = selected(target, request);
        String from = decode(request.query().getOrDefault("continue", ""));
        List<Map.Entry<String, ObjectNode>> rest =
                all.stream().filter(e -> e.getKey().compareTo(from) > 0).toList();
        int limit = Integer.parseInt(request.query().getOrDefault("limit", "0"));
        List<Map.Entry<String, ObjectNode>> page = limit > 0 && rest.size() > limit ? rest.subList(0, limit) : rest;
        ObjectNode list = Json.MAPPER.createObjectNode();
        list.put("kind", target.kind().name() + "List");
        list.put("apiVersion", target.kind().apiVersion());
        ObjectNode metadata = list.putObject("metadata");
        metadata.put("resourceVersion", String.valueOf(store.resourceVersion()));
        if (page.size() < rest.size()) {
            metadata.put("continue", encode(page.get(page.size() - 1).getKey()));
            metadata.put("remainingItemCount", rest.size() - page.size());
        }
        ArrayNode items = list.putArray("items");
        page.forEach(e -> items.add(e.getValue()));
        return new Answer(200, list);
    }

    /** The objects that a request selects, by key. */
    List<Map.Entry<String, ObjectNode>> selected(Target target, Request request) {
        Selectors selectors = new Selectors(
                request.query().getOrDefault("labelSelector", ""),
                request.query().getOrDefault("fieldSelector", ""));
        return store.all(target.kind()).entrySet().stream()
                .filter(e -> target.namespace().isEmpty() || e.getKey().startsWith(target.namespace() + "/"))
                .filter(e -> selectors.match(e.getValue()))
                .toList();
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
