// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

/**
 * A resource as it was found.
 *
 * @param value the vendor's own model of it
 * @param ownership whose it is
 */
public record Observed<O>(O value, Ownership ownership) {
    /** Whose a resource is. */
    public enum Ownership {
        /** Carries the ownership tags of this backend. */
        OURS,
        /** Named by the spec as existing: read, checked, used, never changed or deleted. */
        EXISTING,
        /** Has the name that we would give but not our tags: never touched; wanting it is a conflict. */
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
