// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.values;

import io.osmo.backend.cluster.IpRange;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Ranges of addresses in CIDR form. A text that is neither an address nor a range has nothing in common with any. */
public final class Ranges {
    /** Of the logarithm of a number of parts; more make no difference to a check. */
    private static final int MOST_BITS = 30;

    private Ranges() {}

    /** The texts that are neither an address nor a range; callers have to report them. */
    public static List<String> invalid(Collection<String> texts) {
        return texts.stream().filter(text -> parse(text).isEmpty()).distinct().toList();
    }

    /** Whether two ranges have an address in common. */
    public static boolean overlap(String first, String second) {
        return parse(first).flatMap(a -> parse(second).filter(a::overlaps)).isPresent();
    }

    /** Whether an address lies in any of these ranges, of which a cluster may have one for each node. */
    public static Predicate<String> inside(List<String> ranges) {
        NavigableMap<BigInteger, BigInteger> ipv4 = new TreeMap<>();
        NavigableMap<BigInteger, BigInteger> ipv6 = new TreeMap<>();
        ranges.stream()
                .flatMap(range -> parse(range).stream())
                .forEach(range -> (range.ipv4() ? ipv4 : ipv6).merge(range.first(), range.last(), BigInteger::max));
        disjoint(ipv4);
        disjoint(ipv6);
        return address -> parse(address)
                .filter(parsed -> {
                    Map.Entry<BigInteger, BigInteger> before = (parsed.ipv4() ? ipv4 : ipv6).floorEntry(parsed.first());
                    return before != null && before.getValue().compareTo(parsed.last()) >= 0;
                })
                .isPresent();
    }

    /** Removes ranges that lie in others. Two ranges in CIDR form are apart, or one lies in the other. */
    private static void disjoint(NavigableMap<BigInteger, BigInteger> ranges) {
        BigInteger end = BigInteger.ONE.negate();
        for (Iterator<BigInteger> ends = ranges.values().iterator(); ends.hasNext(); ) {
            BigInteger last = ends.next();
            if (last.compareTo(end) <= 0) {
                ends.remove();
            } else {
                end = last;
            }
        }
    }

    /** How many parts of the size of {@code part} a range has; 0 when {@code part} does not lie in it. */
    public static long parts(String range, String part) {
        return parse(range)
                .flatMap(whole -> parse(part)
                        .filter(whole::contains)
                        .map(piece -> 1L << Math.min(MOST_BITS, piece.prefix() - whole.prefix())))
                .orElse(0L);
    }

    /** An address is a range of one. */
    private static Optional<IpRange> parse(String text) {
        return IpRange.parse(text).or(() -> IpRange.address(text));
    }
}
