// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.spec;

import inet.ipaddr.IPAddressString;
import inet.ipaddr.ipv4.IPv4Address;
import java.util.Optional;
import java.util.regex.Pattern;

/** An IPv4 range. */
record Cidr(IPv4Address block, int prefix) {
    /** The library reads much that clouds do not: wildcards, octal numbers, missing parts. */
    private static final Pattern NOTATION = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}/(0|[1-9]\\d?)");

    private static final IPv4Address CARRIER_GRADE_NAT = block("100.64.0.0/10");

    /** Reads {@code a.b.c.d/n}; empty when it is not that. Host bits are kept off: see {@link #toString()}. */
    static Optional<Cidr> parse(String text) {
        if (!NOTATION.matcher(text).matches()) {
            return Optional.empty();
        }
        IPAddressString address = new IPAddressString(text);
        if (!address.isIPv4()) {
            return Optional.empty();
        }
        return Optional.of(new Cidr(block(text), address.getNetworkPrefixLength()));
    }

    private static IPv4Address block(String text) {
        return new IPAddressString(text).getAddress().toIPv4().toPrefixBlock();
    }

    boolean overlaps(Cidr other) {
        return block.contains(other.block) || other.block.contains(block);
    }

    /** Within RFC 1918, or within RFC 6598, which clouds allow inside networks too. */
    boolean isPrivate() {
        return block.isPrivate() || CARRIER_GRADE_NAT.contains(block);
    }

    /** The range by its network address, such as {@code 10.0.0.0/16}. */
    @Override
    public String toString() {
        return block.getLower().withoutPrefixLength() + "/" + prefix;
    }
}
