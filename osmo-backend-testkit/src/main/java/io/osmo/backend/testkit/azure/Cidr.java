// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

/** A range of IPv4 addresses. */
record Cidr(long first, int bits) {
    /** Refused as the network provider refuses it. */
    static Cidr of(String text) {
        if (!text.matches("(\\d{1,3}\\.){3}\\d{1,3}/\\d{1,2}")) {
            throw invalid(text);
        }
        String[] parts = text.split("[./]", -1);
        long address = 0;
        for (int i = 0; i < 4; i++) {
            int part = Integer.parseInt(parts[i]);
            if (part > 255) {
                throw invalid(text);
            }
            address = address << 8 | part;
        }
        int bits = Integer.parseInt(parts[4]);
        if (bits > 32 || address % (1L << 32 - bits) != 0) {
            throw invalid(text);
        }
        return new Cidr(address, bits);
    }

    private static ArmError invalid(String text) {
        return ArmError.badRequest(
                "InvalidCIDRNotation", "The address prefix '" + text + "' has an invalid CIDR notation.");
    }

    long size() {
        return 1L << 32 - bits;
    }

    boolean contains(Cidr other) {
        return other.first >= first && other.first + other.size() <= first + size();
    }

    boolean overlaps(Cidr other) {
        return contains(other) || other.contains(this);
    }

    boolean contains(String address) {
        return contains(of(address + "/32"));
    }

    /** The n-th address. */
    String address(long n) {
        long at = first + n;
        return (at >> 24) + "." + (at >> 16 & 255) + "." + (at >> 8 & 255) + "." + (at & 255);
    }

    @Override
    public String toString() {
        return address(0) + "/" + bits;
    }
}
