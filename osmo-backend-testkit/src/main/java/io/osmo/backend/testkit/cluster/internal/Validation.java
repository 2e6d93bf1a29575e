// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.testkit.cluster.internal.Kinds.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the API server refuses in the kinds that backends are made of. */
final class Validation {
    private static final Map<String, List<String>> IMMUTABLE = Map.of(
            "StorageClass", List.of("provisioner", "parameters", "reclaimPolicy", "volumeBindingMode"),
            "Secret", List.of("type"),
            "PriorityClass", List.of("value", "preemptionPolicy"),
            "RoleBinding", List.of("roleRef"),
            "ClusterRoleBinding", List.of("roleRef"));

    /** Parts of the spec of workloads that are set once. */
    private static final Map<String, List<String>> IMMUTABLE_SPEC = Map.of(
            "Deployment", List.of("selector"),
            "DaemonSet", List.of("selector"),
            "ReplicaSet", List.of("selector"),
            "StatefulSet", List.of("selector", "serviceName", "podManagementPolicy", "volumeClaimTemplates"),
            "Job", List.of("selector", "template", "completions"));

    /** Of all values of a Secret together. */
    private static final int LARGEST_SECRET = 1 << 20;

    private Validation() {}

    /**
     * @param old the existing object; null if it is new
     */
    static void check(Kind kind, JsonNode object, @Nullable JsonNode old) {
        String name = object.at("/metadata/name").asText();
        labels(kind, name, object.at("/metadata/labels"));
        switch (kind.name()) {
            case "StorageClass" -> require(kind, name, object, "provisioner");
            case "PriorityClass" -> require(kind, name, object, "value");
            case "Secret" -> secret(kind, name, object);
            case "CustomResourceDefinition" -> storedVersions(kind, name, object, old);
            default -> {}
        }
        if (old != null) {
            for (String field : IMMUTABLE.getOrDefault(kind.name(), List.of())) {
                if (old.has(field) && !old.path(field).equals(object.path(field))) {
                    throw ApiError.invalid(kind, name, field, "Forbidden: updates to " + field + " are forbidden.");
                }
            }
            for (String field : IMMUTABLE_SPEC.getOrDefault(kind.name(), List.of())) {
                JsonNode wanted = object.path("spec").path(field);
                if (!old.path("spec").path(field).equals(wanted)) {
                    throw ApiError.invalid(
                            kind, name, "spec." + field, "Invalid value: " + wanted + ": field is immutable");
                }
            }
        }
    }

    /** A version in which objects may be stored cannot be removed before they have been migrated, according to the status. */
    private static void storedVersions(Kind kind, String name, JsonNode definition, @Nullable JsonNode old) {
        Set<String> versions = new HashSet<>();
        definition
                .at("/spec/versions")
                .forEach(version -> versions.add(version.path("name").asText()));
        JsonNode status = old == null || definition.has("status") ? definition : old;
        for (JsonNode stored : status.at("/status/storedVersions")) {
            if (!versions.contains(stored.asText())) {
                throw ApiError.invalid(
                        kind,
                        name,
                        "status.storedVersions[0]",
                        "Invalid value: \"" + stored.asText() + "\": must appear in spec.versions");
            }
        }
    }

    private static void secret(Kind kind, String name, JsonNode secret) {
        int size = 0;
        for (JsonNode value : secret.path("data")) {
            size += Base64.getDecoder().decode(value.asText()).length;
        }
        if (size > LARGEST_SECRET) {
            throw ApiError.invalid(kind, name, "data", "Too long: must have at most " + LARGEST_SECRET + " bytes");
        }
        if (!secret.path("type").asText().equals("kubernetes.io/dockerconfigjson")) {
            return;
        }
        String encoded = secret.at("/data/.dockerconfigjson").asText("");
        String plain = secret.at("/stringData/.dockerconfigjson").asText("");
        if (encoded.isEmpty() && plain.isEmpty()) {
            throw ApiError.invalid(kind, name, "data[.dockerconfigjson]", "Required value");
        }
        try {
            Json.MAPPER.readTree(
                    plain.isEmpty() ? new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8) : plain);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw ApiError.invalid(
                    kind, name, "data[.dockerconfigjson]", "Invalid value: \"<secret contents redacted>\": not JSON");
        }
    }

    private static void labels(Kind kind, String name, JsonNode labels) {
        labels.fields().forEachRemaining(label -> {
            String key = label.getKey().substring(label.getKey().indexOf('/') + 1);
            String value = label.getValue().asText();
            String part = "([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)";
            if (!key.matches(part) || key.length() > 63 || !value.matches(part + "?") || value.length() > 63) {
                throw ApiError.invalid(
                        kind, name, "metadata.labels", "Invalid value: \"" + label.getKey() + "=" + value + "\"");
            }
        });
    }

    private static void require(Kind kind, String name, JsonNode object, String field) {
        if (object.path(field).isMissingNode() || object.path(field).asText().isEmpty()) {
            throw ApiError.invalid(kind, name, field, "Required value");
        }
    }
}
