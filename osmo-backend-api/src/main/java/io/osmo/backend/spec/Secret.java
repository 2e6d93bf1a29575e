// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A value that is fetched when it is needed and never shown. Plans and written specs hold only {@link #reference()}.
 * Equality is that of the reference. Safe for concurrent use if the supplier is.
 */
public final class Secret {
    private final Map<String, String> reference;
    private final Supplier<String> supplier;

    private Secret(Map<String, String> reference, Supplier<String> supplier) {
        this.reference = Map.copyOf(reference);
        this.supplier = supplier;
    }

    /** A secret that the host supplies; written as {@code external: name}, to be supplied again by whoever reads it. */
    public static Secret of(String name, Supplier<String> supplier) {
        return new Secret(Map.of("external", name), supplier);
    }

    /** The value of an environment variable, read when needed. */
    public static Secret env(String variable) {
        return new Secret(
                Map.of("env", variable),
                () -> Optional.ofNullable(System.getenv(variable))
                        .orElseThrow(
                                () -> new IllegalStateException("environment variable " + variable + " is not set")));
    }

    /** How the secret is written: one entry whose key is {@code env}, {@code file} or {@code external}. */
    public Map<String, String> reference() {
        return reference;
    }

    /** Fetches the value. The caller must not log or keep it. */
    public String reveal() {
        return supplier.get();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && reference.equals(that.reference);
    }

    @Override
    public int hashCode() {
        return reference.hashCode();
    }

    @Override
    public String toString() {
        return "Secret[redacted]";
    }
}
