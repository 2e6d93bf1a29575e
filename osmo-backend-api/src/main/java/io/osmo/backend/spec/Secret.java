// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import io.osmo.backend.error.MissingSecretException;
import io.osmo.backend.internal.files.RegularFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value that is fetched when it is needed and never shown. Plans and written specs hold only {@link #reference()}.
 * Equality is that of the reference. Safe for concurrent use if the supplier is.
 */
public final class Secret {
    private static final Pattern LINE_END = Pattern.compile("\\r?\\n\\z");
    private static final int LONGEST_FILE = 1 << 20;

    private final Kind kind;
    private final String name;
    private final @Nullable Supplier<String> supplier;

    private enum Kind {
        ENV("env"),
        FILE("file"),
        EXTERNAL("external");

        private final String key;

        Kind(String key) {
            this.key = key;
        }
    }

    private Secret(Kind kind, String name, @Nullable Supplier<String> supplier) {
        this.kind = kind;
        this.name = Objects.requireNonNull(name, "name");
        this.supplier = supplier;
    }

    /** A secret that the host supplies; written as {@code external: name}, to be supplied again by whoever reads it. */
    public static Secret of(String name, Supplier<String> supplier) {
        return new Secret(Kind.EXTERNAL, name, Objects.requireNonNull(supplier, "supplier"));
    }

    /** A secret that is only named; a {@link SecretResolver} supplies it before it is needed. */
    public static Secret external(String name) {
        return new Secret(Kind.EXTERNAL, name, null);
    }

    /** The value of an environment variable, read when needed. */
    public static Secret env(String variable) {
        return new Secret(Kind.ENV, variable, () -> {
            String value = System.getenv(variable);
            if (value == null) {
                throw new MissingSecretException(
                        "environment variable " + variable + " is not set", "Set it for this process.", null);
            }
            return value;
        });
    }

    /** The content of a UTF-8 file of at most 1 MiB, read when needed; one line end at its end is dropped. */
    public static Secret file(Path path) {
        return new Secret(Kind.FILE, path.toString(), () -> {
            try {
                String content = RegularFile.text(path, LONGEST_FILE);
                return LINE_END.matcher(content).replaceFirst("");
            } catch (UncheckedIOException e) {
                throw new MissingSecretException(
                        "secret file " + path + " cannot be read: it " + e.getMessage(),
                        "Create it, or allow this process to read it.",
                        e);
            }
        });
    }

    /** How the secret is written: one entry with the key {@code env}, {@code file} or {@code external}. */
    public Map<String, String> reference() {
        return Map.of(kind.key, name);
    }

    /** This secret, supplied by the resolver if it is only named so far. */
    public Secret resolvedBy(SecretResolver resolver) {
        return supplier == null ? of(name, () -> resolver.resolve(name)) : this;
    }

    /**
     * Fetches the value. The caller must not log or keep it.
     *
     * @throws MissingSecretException when it is not available
     */
    public String reveal() {
        if (supplier == null) {
            throw new MissingSecretException(
                    "no value was supplied for the secret " + name,
                    "Supply it with OsmoBackends.builder().secrets(name -> …) or spec.withSecrets(name -> …),"
                            + " or write it as env or file.",
                    null);
        }
        return supplier.get();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && kind == that.kind && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, name);
    }

    @Override
    public String toString() {
        return "Secret[redacted]";
    }
}
