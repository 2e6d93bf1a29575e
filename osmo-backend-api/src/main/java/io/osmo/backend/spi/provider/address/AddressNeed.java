// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.address;

import java.util.List;

/**
 * What the nodes of a pool take that are still to come.
 *
 * @param pool name of the pool
 * @param ranges names of the ranges that they may be in
 * @param nodes how many more, with the surge of a replacement
 * @param each addresses that a node takes when it starts
 * @param most addresses that a node takes with as many pods as it admits
 */
public record AddressNeed(String pool, List<String> ranges, long nodes, long each, long most) {
    public AddressNeed {
        ranges = ranges.stream().sorted().distinct().toList();
    }

    /** A node that takes the same, however many pods it has. */
    public static AddressNeed fixed(String pool, List<String> ranges, long nodes, long each) {
        return new AddressNeed(pool, ranges, nodes, each, each);
    }
}
