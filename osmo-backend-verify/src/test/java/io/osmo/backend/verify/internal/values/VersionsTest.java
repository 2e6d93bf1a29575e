// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.values;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.semver4j.Semver;

class VersionsTest {
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
    void texts_that_are_not_versions_are_refused(String text) {
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
    void versions_are_ordered_by_their_numbers_only(
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
}
