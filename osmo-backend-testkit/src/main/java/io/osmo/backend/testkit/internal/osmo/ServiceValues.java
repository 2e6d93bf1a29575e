// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.osmo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.cluster.internal.Json;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the values of the service's chart configure: of several fragments all together, as Helm merges them. Maps are merged, a null
 * removes a key, and anything else replaces what there was.
 *
 * @see <a href="https://github.com/NVIDIA/OSMO/blob/main/src/service/core/config/configmap_loader.py">loader of the service</a>
 */
final class ServiceValues {
    private final ObjectNode tree;

    private ServiceValues(ObjectNode tree) {
        this.tree = tree;
    }

    /** As the chart comes: the catch-all platform, and no backend. */
    static ServiceValues ofChart() {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.putObject("backends");
        tree.putObject("podTemplates");
        tree.putObject("resourceValidations");
        tree.putObject("roles");
        ObjectNode pool = tree.putObject("pools").putObject("default");
        pool.put("backend", "default").put("default_platform", "default");
        pool.putObject("platforms").putObject("default");
        return new ServiceValues(tree);
    }

    /**
     * With more values merged in.
     *
     * @param chart path of the configuration in the values of this release's chart
     * @param controlNamespace what the chart writes where a backend has no namespace
     * @throws IllegalArgumentException if the service would refuse the file
     */
    ServiceValues with(Map<String, ?> values, String chart, String controlNamespace) {
        JsonNode given = Json.MAPPER.valueToTree(values).at(chart);
        if (!given.isObject()) {
            throw new IllegalArgumentException(
                    "the values have nothing at " + chart + ": are they those of this release?");
        }
        ObjectNode merged = tree.deepCopy();
        merge(merged, (ObjectNode) given);
        merged.path("backends").forEach(backend -> {
            if (!backend.has("k8s_namespace")) {
                ((ObjectNode) backend).put("k8s_namespace", controlNamespace);
            }
        });
        merged.path("pools").properties().forEach(pool -> {
            if (!pool.getValue().hasNonNull("backend")) {
                throw new IllegalArgumentException("pool " + pool.getKey() + " names no backend");
            }
        });
        return new ServiceValues(merged);
    }

    private static void merge(ObjectNode into, ObjectNode more) {
        more.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                into.remove(field.getKey());
            } else if (value.isObject() && into.get(field.getKey()) instanceof ObjectNode known) {
                merge(known, (ObjectNode) value);
            } else {
                into.set(field.getKey(), value.deepCopy());
            }
        });
    }

    Stream<String> backends() {
        return names("backends");
    }

    Optional<JsonNode> backend(String name) {
        return find("backends", name);
    }

    Stream<String> pools() {
        return names("pools");
    }

    Optional<JsonNode> pool(String name) {
        return find("pools", name);
    }

    JsonNode podTemplate(String name) {
        return tree.path("podTemplates").path(name);
    }

    /** Rules of this name; those of the chart are not in its values here. */
    Optional<JsonNode> validation(String name) {
        return find("resourceValidations", name);
    }

    ObjectNode roles() {
        return (ObjectNode) tree.path("roles");
    }

    private Stream<String> names(String section) {
        return tree.path(section).properties().stream().map(Map.Entry::getKey).sorted();
    }

    private Optional<JsonNode> find(String section, String name) {
        return Optional.ofNullable(tree.path(section).get(name));
    }
}
