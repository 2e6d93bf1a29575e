// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.values;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Ranges of addresses in CIDR form. */
public final class Ranges {
    private static final BigInteger LARGEST = BigInteger.valueOf(Integer.MAX_VALUE);

    private Ranges() {}

    /** Whether two ranges have an address in common. */
    public static boolean overlap(String first, String second) {
        IPAddress a = parse(first);
        IPAddress b = parse(second);
        return a.contains(b) || b.contains(a);
    }

    /** Whether an address lies in any of these ranges. They are merged first, because a cluster may have one for each node. */
    public static Predicate<String> inside(List<String> ranges) {
        List<IPAddress> blocks = Stream.of(true, false)
                .map(four -> ranges.stream()
                        .map(Ranges::parse)
                        .filter(a -> a.isIPv4() == four)
                        .toList())
                .filter(family -> !family.isEmpty())
                .flatMap(family -> Stream.of(family.get(0)
                        .mergeToPrefixBlocks(family.subList(1, family.size()).toArray(IPAddress[]::new))))
                .toList();
        return address -> {
            IPAddress parsed = parse(address);
            return blocks.stream().anyMatch(block -> block.contains(parsed));
        };
    }

    /** How many parts of the size of {@code part} a range has; 0 when {@code part} does not lie in it. */
    public static long parts(String range, String part) {
        IPAddress whole = parse(range);
        IPAddress piece = parse(part);
        return whole.isIPv4() == piece.isIPv4() && whole.contains(piece)
                ? whole.getCount().divide(piece.getCount()).min(LARGEST).longValueExact()
                : 0;
    }

    private static IPAddress parse(String range) {
        IPAddress address = new IPAddressString(range).getAddress();
        if (address == null) {
            throw new IllegalArgumentException("not an address or a range: " + range);
        }
        return address.isPrefixed() ? address.toPrefixBlock() : address;
    }
}
