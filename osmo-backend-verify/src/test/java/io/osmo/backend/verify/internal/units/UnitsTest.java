// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.osmo.backend.spec.Taint;
import io.osmo.backend.verify.internal.units.Platform.Toleration;
import io.osmo.backend.verify.snapshot.NodeFacts;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.semver4j.Semver;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({
        "v1.33.5-eks-113cf36, 1.33.5",
        "1.30+, 1.30.0",
        "v1.32.4-gke.1125000, 1.32.4",
        "2.2.4, 2.2.4",
        "1.7.33-ubuntu22.04u1, 1.7.33",
        "1.7.27~ds1, 1.7.27",
        "v1.31, 1.31.0",
        "2.0.0-rc.1, 2.0.0-rc.1",
        "v1.30.0-alpha.2, 1.30.0-alpha.2",
    })
    void versions_are_read_as_clouds_write_them(String text, String version) {
        assertThat(Versions.parse(text)).hasValue(new Semver(version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "latest", "1", "v", "1.x", "one.two"})
    void what_is_no_version_is_none(String text) {
        assertThat(Versions.parse(text)).isEmpty();
    }

    @Property
    void a_vendors_suffix_does_not_change_the_order(
            @ForAll @IntRange(max = 40) int minor, @ForAll @IntRange(max = 99) int patch) {
        String plain = "1." + minor + "." + patch;

        assertThat(Versions.parse("v" + plain + "-eks-abc123")).isEqualTo(Versions.parse(plain));
        assertThat(Versions.parse(plain + "+build")).isEqualTo(Versions.parse(plain));
    }

    @Property
    void versions_are_ordered_by_their_numbers_whoever_built_them(
            @ForAll @IntRange(min = 1, max = 2) int major,
            @ForAll @IntRange(max = 40) int minor,
            @ForAll @IntRange(max = 99) int patch,
            @ForAll @IntRange(max = 40) int otherMinor,
            @ForAll @IntRange(max = 99) int otherPatch,
            @ForAll("builds") String build,
            @ForAll("builds") String otherBuild) {
        Semver one = Versions.parse(major + "." + minor + "." + patch + build).orElseThrow();
        Semver other = Versions.parse("v" + major + "." + otherMinor + "." + otherPatch + otherBuild)
                .orElseThrow();

        assertThat(Integer.signum(one.compareTo(other)))
                .isEqualTo(Integer.signum(
                        minor == otherMinor ? Integer.compare(patch, otherPatch) : Integer.compare(minor, otherMinor)));
    }

    @Provide
    Arbitrary<String> builds() {
        return Arbitraries.of(
                "",
                "-eks-113cf36",
                "-gke.1396000",
                "+k3s1",
                "+rke2r1",
                "-k3s1",
                "-ubuntu22.04u1",
                "-0ubuntu1~22.04.1",
                "~ds1",
                "+bottlerocket",
                "-2-g2d2b3a2",
                ".m");
    }

    @Property
    void a_pre_release_comes_before_its_release(
            @ForAll @IntRange(max = 40) int minor,
            @ForAll @IntRange(min = 1, max = 9) int number,
            @ForAll("pres") String pre) {
        Semver release = Versions.parse("1." + minor + ".0").orElseThrow();

        assertThat(Versions.parse("1." + minor + ".0-" + pre + "." + number).orElseThrow())
                .isLessThan(release);
        assertThat(Versions.parse("1." + minor + ".0~" + pre + number).orElseThrow())
                .isLessThan(release);
    }

    @Provide
    Arbitrary<String> pres() {
        return Arbitraries.of("alpha", "beta", "rc");
    }

    @ParameterizedTest
    @CsvSource({
        "3920m, 3920",
        "4, 4000",
        "1e3, 1000000",
        "0.5, 500",
        "100u, 1",
    })
    void cpu_in_all_spellings(String quantity, long millis) {
        assertThat(Quantities.millis(quantity)).hasValue(millis);
    }

    @ParameterizedTest
    @CsvSource({
        "7.5Gi, 8053063680",
        "1e3, 1000",
        "128974848k, 128974848000",
        "128974848, 128974848",
        "16074012Ki, 16459788288",
        "1M, 1000000",
        "2500m, 3",
        "1E, 1000000000000000000",
        "9E, 9000000000000000000",
    })
    void amounts_in_all_spellings(String quantity, long amount) {
        assertThat(Quantities.amount(quantity)).hasValue(amount);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10E", "9Ei", "1e19"})
    void what_is_more_than_a_long_holds_is_no_amount(String quantity) {
        assertThat(Quantities.amount(quantity)).isEmpty();
    }

    @Property
    void a_gibibyte_more_is_never_shown_as_less(@ForAll @LongRange(max = 1L << 50) long bytes) {
        assertThat(new BigDecimal(Quantities.gib(bytes + (1L << 30)).replace(" GiB", "")))
                .isEqualByComparingTo(new BigDecimal(Quantities.gib(bytes).replace(" GiB", "")).add(BigDecimal.ONE));
    }

    @Property
    void quantities_of_cpu_agree_in_both_spellings(@ForAll @IntRange(max = 1000) int cpus) {
        assertThat(Quantities.millis(cpus + "")).isEqualTo(Quantities.millis(cpus * 1000 + "m"));
    }

    @Property
    void a_decimal_unit_is_never_more_than_the_binary_one(@ForAll @IntRange(min = 1, max = 100_000) int amount) {
        assertThat(Quantities.amount(amount + "G").getAsLong())
                .isLessThan(Quantities.amount(amount + "Gi").getAsLong());
        assertThat(Quantities.amount(amount + "Ki")).hasValue(amount * 1024L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "much", "12X"})
    void what_is_no_quantity_is_none(String text) {
        assertThat(Quantities.amount(text)).isEmpty();
    }

    @Property
    void usable_cpu_is_what_osmo_counts(
            @ForAll @LongRange(max = 256_000) long allocatable, @ForAll @LongRange(max = 300_000) long others) {
        long expected = (long) Math.max(0, Math.floor(allocatable / 1000.0) - 1 - Math.ceil(others / 1000.0));

        assertThat(UsableCapacity.cpus(allocatable, others)).isEqualTo(expected);
    }

    @Test
    void a_node_of_four_cpus_with_a_busy_daemon_set_has_none_left_after_two_and_a_bit() {
        assertThat(UsableCapacity.cpus(3920, 1100)).isZero();
        assertThat(UsableCapacity.cpus(3920, 1000)).isOne();
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
    void what_is_no_range_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Ranges.overlap("10.0.0.0/8", "somewhere"));
    }

    @Test
    void the_platform_without_labels_matches_every_node_without_a_hard_taint() {
        assertThat(Platform.CATCH_ALL.matches(node())).isTrue();
        assertThat(Platform.CATCH_ALL.matches(node(taint("a", "", Taint.Effect.PREFER_NO_SCHEDULE))))
                .isTrue();
        assertThat(Platform.CATCH_ALL.matches(node(taint("a", "", Taint.Effect.NO_EXECUTE))))
                .isFalse();
    }

    @Test
    void all_labels_must_be_there() {
        assertThat(new Platform(Map.of("node-type", "gpu"), List.of()).matches(node()))
                .isTrue();
        assertThat(new Platform(Map.of("node-type", "gpu", "x", "y"), List.of()).matches(node()))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "nvidia.com/gpu, true, '', '', true",
        "nvidia.com/gpu, false, present, NoSchedule, true",
        "nvidia.com/gpu, false, absent, NoSchedule, false",
        "nvidia.com/gpu, true, '', NoExecute, false",
        "'', true, '', '', false",
        "sku, true, '', '', false",
    })
    void a_toleration_needs_the_exact_key(String key, boolean exists, String value, String effect, boolean tolerated) {
        Platform platform = new Platform(Map.of(), List.of(new Toleration(key, exists, value, effect)));

        assertThat(platform.matches(node(taint("nvidia.com/gpu", "present", Taint.Effect.NO_SCHEDULE))))
                .isEqualTo(tolerated);
    }

    private static Taint taint(String key, String value, Taint.Effect effect) {
        return new Taint(key, value, effect);
    }

    private static NodeFacts node(Taint... taints) {
        return new NodeFacts(
                "n",
                Map.of("node-type", "gpu"),
                List.of(taints),
                false,
                "",
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                "",
                "",
                "",
                "");
    }
}
