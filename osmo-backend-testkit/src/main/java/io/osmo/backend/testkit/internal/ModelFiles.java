// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A directory with gzipped JSON models of a vendor. Each file is read once per JVM, when it is first asked for. */
public final class ModelFiles {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Path, SoftReference<Object>> PARSED = new ConcurrentHashMap<>();

    private final Path directory;

    private ModelFiles(Path directory) {
        this.directory = directory;
    }

    /** @throws IllegalArgumentException if there is no such directory */
    public static ModelFiles in(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException("no directory with models: " + directory);
        }
        return new ModelFiles(directory.toAbsolutePath().normalize());
    }

    /** What a function makes of a file; empty if there is no such file. Callers must always pass the same function. */
    @SuppressWarnings("unchecked")
    public <T> Optional<T> read(String name, Function<JsonNode, T> parse) {
        Path file = directory.resolve(name);
        @Nullable SoftReference<Object> known = PARSED.get(file);
        @Nullable Object value = known == null ? null : known.get();
        if (value == null) {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            value = parse.apply(json(file));
            PARSED.put(file, new SoftReference<>(value));
        }
        return Optional.of((T) value);
    }

    private static JsonNode json(Path file) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
