// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.cluster;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** A range of IPv4 or IPv6 addresses in CIDR notation, such as {@code 10.0.0.0/16}. Immutable. */
public final class IpRange {
    private static final Pattern PREFIX = Pattern.compile("0|[1-9]\\d{0,2}");
    /** Four decimal numbers. Octal numbers and missing parts mean different addresses to different programs. */
    private static final Pattern IPV4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
    /** What {@link InetAddress} accepts as an address without a lookup: anything else might be a host name. */
    private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9a-fA-F:][0-9a-fA-F:.]*");

    private static final int LONGEST = 45;
    private static final int LARGEST_NUMBER = 255;
    private static final List<IpRange> PRIVATE = List.of(
            parse("10.0.0.0/8").orElseThrow(),
            parse("172.16.0.0/12").orElseThrow(),
            parse("192.168.0.0/16").orElseThrow(),
            parse("100.64.0.0/10").orElseThrow());

    private final BigInteger first;
    private final int bits;
    private final int prefix;

    private IpRange(BigInteger address, int bits, int prefix) {
        this.first = address.shiftRight(bits - prefix).shiftLeft(bits - prefix);
        this.bits = bits;
        this.prefix = prefix;
    }

    /** Parses {@code address/prefix}; empty if the text is something else. Bits after the prefix are set to zero. */
    public static Optional<IpRange> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !PREFIX.matcher(text.substring(slash + 1)).matches()) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(text.substring(slash + 1));
        return address(text.substring(0, slash))
                .filter(address -> prefix <= address.bits)
                .map(address -> new IpRange(address.first, address.bits, prefix));
    }

    /** Parses an address as a range of one address; empty if the text is something else. */
    public static Optional<IpRange> address(String text) {
        return bytes(text).map(bytes -> {
            int bits = bytes.length * Byte.SIZE;
            return new IpRange(new BigInteger(1, bytes), bits, bits);
        });
    }

    private static Optional<byte[]> bytes(String text) {
        if (IPV4.matcher(text).matches()) {
            int[] numbers = Arrays.stream(text.split("\\.", -1))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            byte[] bytes = new byte[numbers.length];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) numbers[i];
            }
            return Arrays.stream(numbers).allMatch(number -> number <= LARGEST_NUMBER)
                    ? Optional.of(bytes)
                    : Optional.empty();
        }
        if (text.length() > LONGEST || !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text).getAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    public boolean ipv4() {
        return bits == Integer.SIZE;
    }

    /** Length of the prefix, in bits. */
    public int prefix() {
        return prefix;
    }

    /** Number of addresses, at most {@link Long#MAX_VALUE}. */
    public long size() {
        return bits - prefix < Long.SIZE - 1 ? 1L << (bits - prefix) : Long.MAX_VALUE;
    }

    /** The first address as a number. */
    public BigInteger first() {
        return first;
    }

    /** The last address as a number. */
    public BigInteger last() {
        return first.add(BigInteger.ONE.shiftLeft(bits - prefix)).subtract(BigInteger.ONE);
    }

    /** Whether all addresses of another range are in this one. */
    public boolean contains(IpRange other) {
        return bits == other.bits
                && prefix <= other.prefix
                && first.equals(other.first.shiftRight(bits - prefix).shiftLeft(bits - prefix));
    }

    /** Whether they have an address in common. */
    public boolean overlaps(IpRange other) {
        return contains(other) || other.contains(this);
    }

    /** Whether it is an IPv4 range for private use: within RFC 1918, or RFC 6598, which clouds allow in networks too. */
    public boolean privateUse() {
        return PRIVATE.stream().anyMatch(range -> range.contains(this));
    }

    /** The address at a position, from 0. */
    public String addressAt(long position) {
        return text(first.add(BigInteger.valueOf(position)));
    }

    /**
     * One of the equal parts that the range is divided into.
     *
     * @param longer prefix length of the parts, in bits
     * @param position index of the part, from 0
     */
    public IpRange part(int longer, long position) {
        return new IpRange(first.add(BigInteger.valueOf(position).shiftLeft(bits - longer)), bits, longer);
    }

    private String text(BigInteger address) {
        byte[] bytes = new byte[bits / Byte.SIZE];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = address.shiftRight(bits - Byte.SIZE * (i + 1)).byteValue();
        }
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(bits + " bits", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpRange range
                && bits == range.bits
                && prefix == range.prefix
                && first.equals(range.first);
    }

    @Override
    public int hashCode() {
        return Objects.hash(first, bits, prefix);
    }

    /** The range by its network address, such as {@code 10.0.0.0/16}. IPv6 addresses are not shortened. */
    @Override
    public String toString() {
        return text(first) + "/" + prefix;
    }
}
