// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.diagnosis;

/**
 * Why nodes of a pool did not join.
 *
 * @param id stable between releases, such as {@code no-capacity}; {@code docs/diagnosis.md} lists them
 * @param text what is wrong, as a sentence
 * @param remedy the next thing to do, as a sentence
 */
public record Cause(String id, String text, String remedy) {
    /** The cloud has no capacity for the type in the zones of the pool. The id is the same on all clouds. */
    public static final String NO_CAPACITY = "no-capacity";

    /** The reservation of the pool has no free capacity. */
    public static final String RESERVATION_USED_UP = "reservation-used-up";

    /** A quota of the account allows no more machines of this kind. The id is the same on all clouds. */
    public static final String QUOTA = "quota-used-up";
}
