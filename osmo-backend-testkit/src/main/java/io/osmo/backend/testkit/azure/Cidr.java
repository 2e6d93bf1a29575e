// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;

/** A range of IPv4 addresses, refused as the network provider refuses it. */
record Cidr(IPAddress range) {
    static Cidr of(String text) {
        IPAddress range = new IPAddressString(text).getAddress();
        if (range == null || !range.isIPv4() || range.getPrefixLength() == null || !range.isPrefixBlock()) {
            throw ArmError.badRequest(
                    "InvalidCIDRNotation", "The address prefix '" + text + "' has an invalid CIDR notation.");
        }
        return new Cidr(range);
    }

    int bits() {
        return range.getPrefixLength();
    }

    long size() {
        return range.getCount().longValue();
    }

    boolean contains(Cidr other) {
        return range.contains(other.range);
    }

    boolean overlaps(Cidr other) {
        return range.intersect(other.range) != null;
    }

    boolean contains(String address) {
        IPAddress single = new IPAddressString(address).getAddress();
        return single != null && range.contains(single);
    }

    /** The n-th address. */
    String address(long n) {
        return range.getLower().increment(n).withoutPrefixLength().toCanonicalString();
    }

    @Override
    public String toString() {
        return range.toCanonicalString();
    }
}
