// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

/**
 * A resource as it was found.
 *
 * @param value the vendor's own model of it
 * @param ownership who owns it
 */
public record Observed<O>(O value, Ownership ownership) {
    /** Who owns a resource. */
    public enum Ownership {
        /** Carries the ownership tags of this backend. */
        OURS,
        /** Existed before, and the spec refers to it: it is read, checked and used, never changed or deleted. */
        EXISTING,
        /** Has the name that this backend would use, but not its ownership tags: never changed. A spec that needs the name is refused. */
        FOREIGN
    }

    public static <O> Observed<O> ours(O value) {
        return new Observed<>(value, Ownership.OURS);
    }

    public static <O> Observed<O> existing(O value) {
        return new Observed<>(value, Ownership.EXISTING);
    }

    public static <O> Observed<O> foreign(O value) {
        return new Observed<>(value, Ownership.FOREIGN);
    }
}
