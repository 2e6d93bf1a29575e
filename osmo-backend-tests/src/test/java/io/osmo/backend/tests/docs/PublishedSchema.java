// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The schema files in the resources of the modules. */
final class PublishedSchema {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, SerializationFeature.INDENT_OUTPUT)
            .build();

    private PublishedSchema() {}

    /** @param schemas by module and name, such as {@code osmo-backend-api/spec} */
    static void requireCurrent(Map<String, Map<String, Object>> schemas) {
        schemas.forEach((file, schema) -> {
            Path made = Path.of("target/schemas", resource(file));
            try {
                Files.createDirectories(made.getParent());
                Files.writeString(made, write(schema));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        schemas.forEach((file, schema) -> {
            Path published = Repository.ROOT.resolve(resource(file));
            assertThat(Files.exists(published) ? Repository.read(published) : "")
                    .as("%s is outdated: cp -r osmo-backend-tests/target/schemas/. .", published)
                    .isEqualTo(write(schema));
        });
    }

    private static String resource(String file) {
        int slash = file.indexOf('/');
        return file.substring(0, slash) + "/src/main/resources/META-INF/osmo-backend" + file.substring(slash)
                + ".schema.json";
    }

    private static String write(Map<String, Object> schema) {
        try {
            return JSON.writeValueAsString(schema) + "\n";
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
