// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** Instance types that AWS no longer sells or no longer fits with current drivers, each with a replacement (CN-1). */
final class RetiredTypes {
    private static final String DATA = "retired-instance-types.properties";

    private final Map<String, Retired> byPrefix;

    private RetiredTypes(Map<String, Retired> byPrefix) {
        this.byPrefix = byPrefix;
    }

    /**
     * @param replacement type to take instead
     * @param reason why, as a clause
     */
    record Retired(String replacement, String reason) {}

    static RetiredTypes load() {
        Properties data = new Properties();
        try (InputStream in = RetiredTypes.class.getResourceAsStream(DATA)) {
            if (in == null) {
                throw new IllegalStateException(DATA + " is missing from the jar");
            }
            data.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        Map<String, Retired> types = new TreeMap<>();
        data.stringPropertyNames().forEach(key -> {
            String[] parts = data.getProperty(key).split(";", 2);
            types.put(key, new Retired(parts[0].trim(), parts[1].trim()));
        });
        return new RetiredTypes(types);
    }

    /** Looks up a type by its full name, then by its family. */
    Optional<Retired> find(String type) {
        Retired exact = byPrefix.get(type);
        int dot = type.indexOf('.');
        return Optional.ofNullable(exact != null || dot < 0 ? exact : byPrefix.get(type.substring(0, dot)));
    }
}
