// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.util.Optional;

/** A range of IPv4 addresses in CIDR notation. */
public record IpRange(IPAddress block) {
    /** Empty if the text is not an IPv4 range, or has bits set behind its prefix. */
    public static Optional<IpRange> parse(String cidr) {
        return Optional.ofNullable(new IPAddressString(cidr).getAddress())
                .filter(range -> range.isIPv4() && range.getPrefixLength() != null && range.isPrefixBlock())
                .map(IpRange::new);
    }

    /** Length of the prefix. */
    public int bits() {
        return block.getPrefixLength();
    }

    /** Number of addresses. */
    public long size() {
        return block.getCount().longValue();
    }

    public boolean contains(IpRange other) {
        return block.contains(other.block);
    }

    public boolean overlaps(IpRange other) {
        return block.intersect(other.block) != null;
    }

    public boolean contains(String address) {
        return Optional.ofNullable(new IPAddressString(address).getAddress())
                .filter(block::contains)
                .isPresent();
    }

    /** The address at a position, counted from 0. */
    public String address(long position) {
        return block.getLower().increment(position).withoutPrefixLength().toCanonicalString();
    }

    @Override
    public String toString() {
        return block.toCanonicalString();
    }
}
