// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges against the arithmetic of their bits. */
class RangesTest {
    @Property
    void two_ranges_overlap_when_they_agree_in_the_shorter_prefix(
            @ForAll int a,
            @ForAll @IntRange(max = 32) int bitsOfA,
            @ForAll int b,
            @ForAll @IntRange(max = 32) int bitsOfB) {
        String first = range(a, bitsOfA);
        String second = range(b, bitsOfB);
        int shorter = Math.min(bitsOfA, bitsOfB);

        assertThat(Ranges.overlap(first, second)).isEqualTo(prefix(a, shorter) == prefix(b, shorter));
        assertThat(Ranges.overlap(second, first)).isEqualTo(Ranges.overlap(first, second));
    }

    @Property
    void an_address_is_inside_when_one_of_the_ranges_has_its_prefix(
            @ForAll int address, @ForAll @Size(max = 6) List<Integer> bases, @ForAll @IntRange(max = 32) int bits) {
        List<String> ranges = bases.stream().map(base -> range(base, bits)).toList();

        assertThat(Ranges.inside(ranges).test(text(address)))
                .isEqualTo(bases.stream().anyMatch(base -> prefix(base, bits) == prefix(address, bits)));
    }

    @Property
    void the_number_of_parts_is_a_power_of_two(
            @ForAll int base, @ForAll @IntRange(min = 2, max = 28) int bits, @ForAll @IntRange(max = 28) int more) {
        int finer = Math.min(32, bits + more);

        assertThat(Ranges.parts(range(base, bits), range(base, finer))).isEqualTo(1L << (finer - bits));
        assertThat(Ranges.parts(range(~base, bits), range(base, finer))).isZero();
    }

    @Test
    void ranges_of_different_families_never_overlap() {
        assertThat(Ranges.overlap("0.0.0.0/0", "::/0")).isFalse();
        assertThat(Ranges.parts("::/0", "10.0.0.0/24")).isZero();
        assertThat(Ranges.inside(List.of("::/0")).test("10.0.0.1")).isFalse();
    }

    /** The library would write out what they stand for. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1-255.*.0.*",
                "*",
                "1-ffff::*:1",
                "10.0.0.0/255.0.255.0",
                "1_.2.3.4",
                "10.0.0.0 - 10.255.0.7",
                "a%eth0"
            })
    void ranges_in_other_notations_are_none(String text) {
        assertThat(Ranges.invalid(List.of(text, "10.0.0.0/8"))).containsExactly(text);
        assertThat(Ranges.overlap(text, "0.0.0.0/0")).isFalse();
        assertThat(Ranges.inside(List.of(text)).test("10.0.0.1")).isFalse();
    }

    private static int prefix(int address, int bits) {
        return bits == 0 ? 0 : address >>> (32 - bits);
    }

    private static String range(int address, int bits) {
        return text(address) + "/" + bits;
    }

    private static String text(int address) {
        return String.join(
                ".",
                IntStream.of(24, 16, 8, 0)
                        .mapToObj(shift -> String.valueOf(address >>> shift & 0xff))
                        .toList());
    }

    @Property
    void overlap_is_symmetric_and_a_range_overlaps_its_parts(
            @ForAll @IntRange(max = 255) int second, @ForAll @IntRange(min = 8, max = 30) int bits) {
        String part = "10." + second + ".0.0/" + Math.max(16, bits);

        assertThat(Ranges.overlap("10.0.0.0/8", part)).isTrue();
        assertThat(Ranges.overlap(part, "10.0.0.0/8")).isTrue();
        assertThat(Ranges.overlap(part, "172.20.0.0/16")).isFalse();
    }

    @Test
    void an_address_is_found_in_any_of_many_ranges_of_both_families() {
        List<String> ranges = IntStream.range(0, 256)
                .mapToObj(i -> "100.64." + i + ".0/24")
                .collect(java.util.stream.Collectors.toCollection(java.util.ArrayList::new));
        ranges.add("fd00::/64");

        assertThat(Ranges.inside(ranges))
                .accepts("100.64.200.7", "fd00::1")
                .rejects("100.65.0.1", "10.0.0.1", "fd01::1");
    }

    @Test
    void texts_that_are_not_ranges_have_nothing_in_common_with_any_and_are_told_apart() {
        assertThat(Ranges.overlap("10.0.0.0/8", "somewhere")).isFalse();
        assertThat(Ranges.inside(List.of("10.0.0.0/8", "*", "")))
                .accepts("10.1.2.3")
                .rejects("somewhere", "", "*");
        assertThat(Ranges.parts("somewhere", "10.0.0.0/24")).isZero();
        assertThat(Ranges.invalid(List.of("10.0.0.0/8", "10.0.0.1", "fd00::/8", "somewhere", "", "10.0.0.0/99", "*")))
                .containsExactly("somewhere", "", "10.0.0.0/99", "*");
    }
}
