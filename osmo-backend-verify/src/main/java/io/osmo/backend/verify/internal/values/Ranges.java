// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.values;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Ranges of addresses in CIDR form. A text that is neither an address nor a range has nothing in common with any. */
public final class Ranges {
    private static final BigInteger LARGEST = BigInteger.valueOf(Integer.MAX_VALUE);

    private static final Pattern FORM = Pattern.compile("[0-9a-fA-F:.]+(/[0-9]{1,3})?");

    /** Of an IPv6 address with a prefix. */
    private static final int LONGEST = 64;

    private Ranges() {}

    /** The texts that are neither an address nor a range; a caller that judges such a text has to say so. */
    public static List<String> invalid(Collection<String> texts) {
        return texts.stream().filter(text -> parse(text).isEmpty()).distinct().toList();
    }

    /** Whether two ranges have an address in common. */
    public static boolean overlap(String first, String second) {
        return parse(first)
                .flatMap(a -> parse(second).filter(b -> a.contains(b) || b.contains(a)))
                .isPresent();
    }

    /** Whether an address lies in any of these ranges. They are merged first, because a cluster may have one for each node. */
    public static Predicate<String> inside(List<String> ranges) {
        List<IPAddress> blocks = Stream.of(true, false)
                .map(four -> ranges.stream()
                        .flatMap(range -> parse(range).stream())
                        .filter(a -> a.isIPv4() == four)
                        .toList())
                .filter(family -> !family.isEmpty())
                .flatMap(family -> Stream.of(family.get(0)
                        .mergeToPrefixBlocks(family.subList(1, family.size()).toArray(IPAddress[]::new))))
                .toList();
        return address -> parse(address)
                .filter(parsed -> blocks.stream().anyMatch(block -> block.contains(parsed)))
                .isPresent();
    }

    /** How many parts of the size of {@code part} a range has; 0 when {@code part} does not lie in it. */
    public static long parts(String range, String part) {
        return parse(range)
                .flatMap(whole -> parse(part)
                        .filter(piece -> whole.isIPv4() == piece.isIPv4() && whole.contains(piece))
                        .map(piece -> whole.getCount()
                                .divide(piece.getCount())
                                .min(LARGEST)
                                .longValueExact()))
                .orElse(0L);
    }

    /** The parser takes the empty text, masks, and ranges such as {@code 1-255.*.0.*}, which it may take the heap to write out. */
    private static Optional<IPAddress> parse(String range) {
        if (range.length() > LONGEST || !FORM.matcher(range).matches()) {
            return Optional.empty();
        }
        IPAddressString text = new IPAddressString(range);
        return !text.isIPAddress()
                ? Optional.empty()
                : Optional.ofNullable(text.getAddress())
                        .map(address -> address.isPrefixed() ? address.toPrefixBlock() : address);
    }
}
