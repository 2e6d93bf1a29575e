// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.fault.Call;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The table {@code bad-specs.txt}: specs that only AWS can find fault with, each with exactly what is said about it, and whether
 * the cloud was asked. Nothing is ever changed there. What any cloud refuses is proven in the api module.
 */
class BadInputTest {
    /** @param asks whether a rule needs to read the cloud; else nothing at all may be called */
    record Case(String title, boolean asks, String document, List<String> expected) {}

    @TestFactory
    Stream<DynamicTest> each_bad_spec_is_refused_with_exactly_its_messages() throws IOException {
        return cases().stream()
                .map(c -> DynamicTest.dynamicTest(
                        c.title(), () -> assertThat(refuse(c)).isEqualTo(c.expected())));
    }

    @Test
    void the_table_holds_at_least_40_cases() throws IOException {
        assertThat(cases())
                .hasSizeGreaterThanOrEqualTo(40)
                .extracting(Case::title)
                .doesNotHaveDuplicates();
    }

    private static List<String> refuse(Case bad) {
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            InvalidSpecException refusal = catchThrowableOfType(
                    InvalidSpecException.class, () -> osmo.plan(BackendSpec.fromYaml(bad.document())));
            assertThat(refusal).as("refusal of%n%s", bad.document()).isNotNull();
            List<Call> calls = clouds.aws().calls();
            assertThat(calls).allMatch(Call::reads);
            assertThat(calls.isEmpty()).as("nothing was called").isEqualTo(!bad.asks());
            if (bad.asks()) {
                assertFailsPreflight(osmo, bad, refusal);
            }
            return refusal.violations().stream()
                    .map(v -> new Violation(v.path(), v.requirement(), v.given(), v.allowed(), v.remedy()).toString())
                    .toList();
        }
    }

    /** A preflight fails for the same reasons, so it never passes what the plan refuses. */
    private static void assertFailsPreflight(OsmoBackends osmo, Case bad, InvalidSpecException refusal) {
        List<String> told = osmo.preflight(BackendSpec.fromYaml(bad.document())).findings().stream()
                .filter(finding -> finding.status() == PreflightFinding.Status.FAIL)
                .map(PreflightFinding::message)
                .toList();
        assertThat(refusal.violations())
                .allSatisfy(violation -> assertThat(told)
                        .contains(violation.path() + ": given " + violation.given() + "; allowed: "
                                + violation.allowed()));
    }

    private static List<Case> cases() throws IOException {
        String text;
        try (InputStream in = BadInputTest.class.getResourceAsStream("bad-specs.txt")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        return Arrays.stream(text.split("(?m)^=== "))
                .filter(part -> !part.startsWith("#"))
                .map(part -> {
                    String[] titleAndRest = part.split("\n", 2);
                    String[] documentAndExpected = titleAndRest[1].split("(?m)^>>>\n", 2);
                    String title = titleAndRest[0];
                    return new Case(
                            title,
                            title.endsWith("(asks)"),
                            withBase(documentAndExpected[0].strip() + "\n"),
                            documentAndExpected[1]
                                    .lines()
                                    .filter(line -> !line.isBlank())
                                    .toList());
                })
                .toList();
    }

    private static String withBase(String document) {
        Map<String, String> base = new TreeMap<>(Map.of(
                "name", "train-west",
                "provider", "aws",
                "region", "us-west-2",
                "computePools", "[{name: cpu, instanceTypes: [m7i.2xlarge]}]"));
        base.keySet().removeIf(key -> document.lines().anyMatch(line -> line.startsWith(key + ":")));
        return base.entrySet().stream()
                .map(e -> e.getKey() + ": " + e.getValue() + "\n")
                .collect(Collectors.joining("", "", document));
    }
}
