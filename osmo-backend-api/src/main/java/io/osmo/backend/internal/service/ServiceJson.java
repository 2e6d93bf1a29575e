// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.osmo.backend.service.GpuUsage;
import io.osmo.backend.service.ServiceBackend;
import io.osmo.backend.service.ServiceNode;
import io.osmo.backend.service.ServicePool;
import io.osmo.backend.service.ServiceRole;
import io.osmo.backend.service.ServiceVersion;
import io.osmo.backend.service.ServiceWorkflow;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the JSON of the service. Fields that are unknown are ignored, and those that are missing are empty: releases differ. */
public final class ServiceJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private ServiceJson() {}

    static JsonNode tree(ServiceAnswer answer) {
        try {
            return MAPPER.readTree(answer.body().isBlank() ? "null" : answer.body());
        } catch (JsonProcessingException e) {
            throw ServiceErrors.unexpected(
                    answer,
                    "an answer that is no JSON" + (answer.body().stripLeading().startsWith("<") ? " but a page" : ""));
        }
    }

    public static ServiceVersion version(JsonNode node) {
        return new ServiceVersion(
                text(node, "major"), text(node, "minor"), text(node, "revision"), present(node, "hash"));
    }

    public static List<ServiceBackend> backends(JsonNode node) {
        return elements(node.path("backends")).map(ServiceJson::backend).toList();
    }

    public static ServiceBackend backend(JsonNode node) {
        return new ServiceBackend(
                text(node, "name"),
                text(node, "description"),
                present(node, "version"),
                present(node, "k8s_uid"),
                present(node, "k8s_namespace"),
                present(node, "router_address"),
                time(text(node, "last_heartbeat")),
                node.path("online").asBoolean());
    }

    public static List<ServicePool> pools(JsonNode node) {
        List<ServicePool> pools = new ArrayList<>();
        node.path("pools").properties().forEach(pool -> pools.add(pool(pool.getKey(), pool.getValue())));
        return List.copyOf(pools);
    }

    private static ServicePool pool(String name, JsonNode node) {
        return new ServicePool(
                name,
                text(node, "status"),
                text(node, "backend"),
                present(node, "default_platform"),
                node.path("platforms").properties().stream()
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList());
    }

    public static List<ServiceNode> nodes(JsonNode node) {
        return elements(node.path("resources"))
                .map(entry -> new ServiceNode(
                        text(entry, "hostname"),
                        text(entry, "backend"),
                        platforms(entry.path("pool_platform_labels")),
                        texts(entry.path("allocatable_fields"))))
                .toList();
    }

    public static List<GpuUsage> gpus(JsonNode node) {
        return elements(node.path("node_sets"))
                .flatMap(set -> elements(set.path("pools")))
                .map(pool -> new GpuUsage(
                        text(pool, "name"),
                        number(pool, "total_capacity"),
                        number(pool, "total_free"),
                        number(pool, "quota_limit")))
                .toList();
    }

    public static List<ServiceRole> roles(JsonNode node) {
        return elements(node)
                .map(role -> new ServiceRole(
                        text(role, "name"),
                        elements(role.path("policies")).map(ServiceJson::policy).toList()))
                .toList();
    }

    /** Actions are texts; older releases write them as objects. */
    private static ServiceRole.Policy policy(JsonNode node) {
        return new ServiceRole.Policy(
                !text(node, "effect").equalsIgnoreCase("Deny"),
                elements(node.path("actions"))
                        .map(action -> action.isObject() ? text(action, "action") : action.asText())
                        .toList(),
                elements(node.path("resources")).map(JsonNode::asText).toList());
    }

    public static ServiceWorkflow workflow(JsonNode node) {
        List<String> failures = new ArrayList<>();
        elements(node.path("groups")).forEach(group -> {
            failure(group).ifPresent(failures::add);
            elements(group.path("tasks")).forEach(task -> failure(task).ifPresent(failures::add));
        });
        return new ServiceWorkflow(text(node, "name"), text(node, "status"), present(node, "pool"), failures);
    }

    private static Optional<String> failure(JsonNode part) {
        String message = text(part, "failure_message");
        return message.isEmpty() ? Optional.empty() : Optional.of(text(part, "name") + ": " + message);
    }

    public static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }

    /** The service writes an empty text where it has no value. */
    private static Optional<String> present(JsonNode node, String field) {
        return Optional.of(text(node, field)).filter(text -> !text.isEmpty());
    }

    private static int number(JsonNode pool, String field) {
        JsonNode value = pool.path("resource_usage").path(field);
        try {
            return (int) Double.parseDouble(value.asText("0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Map<String, List<String>> platforms(JsonNode node) {
        Map<String, List<String>> platforms = new TreeMap<>();
        node.properties()
                .forEach(pool -> platforms.put(
                        pool.getKey(),
                        elements(pool.getValue()).map(JsonNode::asText).toList()));
        return platforms;
    }

    private static Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new TreeMap<>();
        node.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText("")));
        return texts;
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return array.isArray() ? array.valueStream() : Stream.empty();
    }

    /** The service writes UTC without saying so. */
    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(
                    text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")
                            ? OffsetDateTime.parse(text).toInstant()
                            : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
