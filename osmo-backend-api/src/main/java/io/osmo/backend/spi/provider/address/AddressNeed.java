// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.address;

import java.util.List;

/**
 * The addresses needed by the nodes that a pool can still add.
 *
 * @param pool name of the pool
 * @param ranges {@linkplain AddressRange#name() names} of the ranges that the nodes can be placed in; sorted, without duplicates
 * @param nodes number of additional nodes, including those that a rolling replacement adds temporarily
 * @param each addresses that a node takes when it starts
 * @param most addresses that a node takes when it runs as many pods as it admits; at least {@code each}
 */
public record AddressNeed(String pool, List<String> ranges, long nodes, long each, long most) {
    public AddressNeed {
        ranges = ranges.stream().sorted().distinct().toList();
    }

    /** The need of nodes that take the same number of addresses however many pods they run. */
    public static AddressNeed fixed(String pool, List<String> ranges, long nodes, long each) {
        return new AddressNeed(pool, ranges, nodes, each, each);
    }
}
