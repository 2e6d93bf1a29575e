// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.spi.CloudProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * The schemas in the jars: {@code META-INF/osmo-backend/spec.schema.json} of the spec, and {@code
 * META-INF/osmo-backend/settings/PROVIDER.schema.json} in the jar of each provider.
 */
public final class PublishedSchemas {
    private static final String FOLDER = "/META-INF/osmo-backend/";
    private static final JsonMapper JSON = new JsonMapper();

    private PublishedSchemas() {}

    /** The schema of the spec, with the settings of each provider that is found. */
    public static String ofSpec() {
        ObjectNode schema = read(PublishedSchemas.class, "spec")
                .orElseThrow(() -> new IllegalStateException("osmo-backend-api lacks its own schema"));
        ArrayNode cases = schema.withArray("allOf");
        ArrayNode known = JSON.createArrayNode();
        providers().forEach((id, provider) -> {
            known.add(id);
            read(provider.getClass(), "settings/" + id).ifPresent(settings -> {
                settings.remove("$schema");
                schema.withObject("/definitions").set("settings-" + id, settings);
                ObjectNode choice = cases.addObject();
                choice.set("if", provider("const", JSON.getNodeFactory().textNode(id)));
                choice.withObject("/then/properties/settings").put("$ref", "#/definitions/settings-" + id);
            });
        });
        ObjectNode others = cases.addObject();
        others.set("if", provider("enum", known));
        others.withObject("/else/properties").put("settings", false);
        return write(schema);
    }

    /** The schema of the settings of one provider, if it is found and has one. */
    public static Optional<String> ofSettings(String provider) {
        return Optional.ofNullable(providers().get(provider))
                .flatMap(found -> read(found.getClass(), "settings/" + provider))
                .map(PublishedSchemas::write);
    }

    private static ObjectNode provider(String keyword, JsonNode value) {
        ObjectNode condition = JSON.createObjectNode();
        condition.withObject("/properties/provider").set(keyword, value);
        condition.withArray("required").add("provider");
        return condition;
    }

    private static Map<String, CloudProvider> providers() {
        Map<String, CloudProvider> providers = new TreeMap<>();
        for (CloudProvider provider : ServiceLoader.load(CloudProvider.class)) {
            providers.putIfAbsent(provider.id(), provider);
        }
        return providers;
    }

    private static Optional<ObjectNode> read(Class<?> ofJar, String name) {
        try (InputStream schema = ofJar.getResourceAsStream(FOLDER + name + ".schema.json")) {
            return schema == null ? Optional.empty() : Optional.of((ObjectNode) JSON.readTree(schema));
        } catch (IOException e) {
            throw new UncheckedIOException("a schema in the jar of " + ofJar.getName() + " cannot be read", e);
        }
    }

    private static String write(ObjectNode schema) {
        return schema.toPrettyString() + "\n";
    }
}
