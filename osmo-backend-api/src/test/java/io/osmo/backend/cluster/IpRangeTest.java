// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges against the bits of their addresses. */
class IpRangeTest {
    private static String text(byte[] address) {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static IpRange range(byte[] address, int prefix) {
        return IpRange.parse(text(address) + "/" + prefix).orElseThrow();
    }

    /** The first bits of an address, as text. */
    private static String bits(byte[] address, int count) {
        StringBuilder bits = new StringBuilder();
        for (byte part : address) {
            bits.append(Integer.toBinaryString(part & 0xff | 0x100).substring(1));
        }
        return bits.substring(0, count);
    }

    private static boolean agree(byte[] a, byte[] b, int count) {
        return bits(a, count).equals(bits(b, count));
    }

    private static void compare(byte[] a, int bitsOfA, byte[] b, int bitsOfB) {
        IpRange first = range(a, bitsOfA);
        IpRange second = range(b, bitsOfB);

        assertThat(first.contains(second)).isEqualTo(bitsOfA <= bitsOfB && agree(a, b, bitsOfA));
        assertThat(first.overlaps(second)).isEqualTo(agree(a, b, Math.min(bitsOfA, bitsOfB)));
        assertThat(second.overlaps(first)).isEqualTo(first.overlaps(second));
        assertThat(first.equals(second)).isEqualTo(bitsOfA == bitsOfB && agree(a, b, bitsOfA));
    }

    @Property
    void ipv4_ranges_are_compared_by_their_prefixes(
            @ForAll @Size(4) byte[] a,
            @ForAll @IntRange(max = 32) int bitsOfA,
            @ForAll @Size(4) byte[] b,
            @ForAll @IntRange(max = 32) int bitsOfB) {
        compare(a, bitsOfA, b, bitsOfB);
        compare(a, bitsOfA, a, bitsOfB);
    }

    @Property
    void ipv6_ranges_are_compared_by_their_prefixes(
            @ForAll @Size(16) byte[] a,
            @ForAll @IntRange(max = 128) int bitsOfA,
            @ForAll @Size(16) byte[] b,
            @ForAll @IntRange(max = 128) int bitsOfB) {
        // Or else it is an IPv4 address in the notation of IPv6.
        a[0] = (byte) 0xfd;
        compare(a, bitsOfA, b, bitsOfB);
        compare(a, bitsOfA, a, bitsOfB);
    }

    @Property
    void a_range_is_written_by_its_network_address_and_read_again(
            @ForAll @Size(4) byte[] address, @ForAll @IntRange(max = 32) int prefix) {
        IpRange range = range(address, prefix);

        assertThat(IpRange.parse(range.toString())).contains(range);
        assertThat(range.toString()).isEqualTo(range.addressAt(0) + "/" + prefix);
        assertThat(range.contains(IpRange.address(text(address)).orElseThrow())).isTrue();
        assertThat(range.size()).isEqualTo(1L << (32 - prefix));
        assertThat(range.last().subtract(range.first()).longValueExact()).isEqualTo(range.size() - 1);
        assertThat(range.contains(
                        IpRange.address(range.addressAt(range.size() - 1)).orElseThrow()))
                .isTrue();
    }

    @Property
    void parts_are_apart_and_within(
            @ForAll @Size(4) byte[] address,
            @ForAll @IntRange(max = 24) int prefix,
            @ForAll @IntRange(min = 1, max = 8) int more,
            @ForAll @IntRange(max = 1) int one) {
        IpRange range = range(address, prefix);
        IpRange part = range.part(prefix + more, one);

        assertThat(range.contains(part)).isTrue();
        assertThat(part.overlaps(range.part(prefix + more, 1 - one))).isFalse();
        assertThat(part.size()).isEqualTo(range.size() >> more);
    }

    @Test
    void large_ranges_have_as_many_addresses_as_a_long_can_say() {
        assertThat(IpRange.parse("fd00::/64").orElseThrow().size()).isEqualTo(Long.MAX_VALUE);
        assertThat(IpRange.parse("fd00::/66").orElseThrow().size()).isEqualTo(1L << 62);
        assertThat(IpRange.parse("::/0")
                        .orElseThrow()
                        .contains(IpRange.address("fd00::1").orElseThrow()))
                .isTrue();
        assertThat(IpRange.parse("::/0")
                        .orElseThrow()
                        .overlaps(IpRange.parse("0.0.0.0/0").orElseThrow()))
                .isFalse();
    }

    @Test
    void private_ranges_are_those_that_clouds_allow() {
        for (String range : Arrays.asList("10.0.0.0/8", "172.31.0.0/16", "192.168.1.0/24", "100.127.0.0/16")) {
            assertThat(IpRange.parse(range).orElseThrow().privateUse())
                    .as(range)
                    .isTrue();
        }
        for (String range : Arrays.asList("10.0.0.0/7", "172.32.0.0/16", "8.8.8.0/24", "100.128.0.0/16", "fd00::/8")) {
            assertThat(IpRange.parse(range).orElseThrow().privateUse())
                    .as(range)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10.0.0.0",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/08",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "10.0.0/8",
                "10.0.0.256/8",
                "010.0.0.0/8",
                "10.0.0.0 /8",
                "10.*.0.0/16",
                "10.0.0.0/255.0.0.0",
                "fd00::/129",
                "fd00::1::/64",
                "fd00:::/64",
                "fd00::%1/64",
                ".:/8",
                "localhost/8",
                "cafe/8",
                "::999999999999999999999999999999999999999999999999999/8"
            })
    void other_notations_are_no_ranges(String text) {
        assertThat(IpRange.parse(text)).isEmpty();
    }
}
