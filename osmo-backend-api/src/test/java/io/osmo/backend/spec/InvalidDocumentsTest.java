// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The table {@code invalid-specs.txt}: documents, each with exactly what is said about it. */
class InvalidDocumentsTest {
    private static final String SECRET = "hunter2";

    record Case(String title, String document, List<String> expected) {}

    @TestFactory
    Stream<DynamicTest> eachInvalidDocumentIsRefusedWithExactlyItsMessages() throws IOException {
        return cases().stream()
                .map(c -> DynamicTest.dynamicTest(
                        c.title(), () -> assertThat(messages(c.document())).isEqualTo(c.expected())));
    }

    @Test
    void tableHoldsAtLeast45Cases() throws IOException {
        assertThat(cases())
                .hasSizeGreaterThanOrEqualTo(45)
                .extracting(Case::title)
                .doesNotHaveDuplicates();
    }

    @Test
    void noMessageHoldsASecret() throws IOException {
        for (Case c : cases()) {
            InvalidSpecException refusal = refusal(c.document());
            assertThat(refusal.toString()).doesNotContain(SECRET);
            assertThat(refusal.violations().toString()).doesNotContain(SECRET);
        }
    }

    static List<String> messages(String document) {
        return refusal(document).violations().stream()
                .map(v -> new Violation(v.path(), v.requirement(), v.given(), v.allowed(), v.remedy()).toString())
                .toList();
    }

    private static InvalidSpecException refusal(String document) {
        InvalidSpecException refusal =
                catchThrowableOfType(InvalidSpecException.class, () -> BackendSpec.fromYaml(document));
        assertThat(refusal).as("refusal of%n%s", document).isNotNull();
        return refusal;
    }

    static List<Case> cases() throws IOException {
        String text;
        try (InputStream in = InvalidDocumentsTest.class.getResourceAsStream("invalid-specs.txt")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        List<Case> cases = new ArrayList<>();
        for (String part : text.split("(?m)^=== ")) {
            if (part.startsWith("#")) {
                continue;
            }
            String[] titleAndRest = part.split("\n", 2);
            String[] documentAndExpected = titleAndRest[1].split("(?m)^>>>\n", 2);
            cases.add(new Case(
                    titleAndRest[0],
                    withBase(documentAndExpected[0].strip() + "\n"),
                    documentAndExpected.length < 2
                            ? List.of()
                            : documentAndExpected[1]
                                    .lines()
                                    .filter(l -> !l.isBlank())
                                    .toList()));
        }
        return cases;
    }

    private static String withBase(String document) {
        Map<String, String> base = new TreeMap<>(Map.of(
                "name", "train-west",
                "provider", "aws",
                "region", "us-west-2",
                "computePools", "[{name: cpu, instanceTypes: [m7i.2xlarge]}]"));
        base.keySet().removeIf(key -> Arrays.stream(document.split("\n")).anyMatch(l -> l.startsWith(key + ":")));
        return base.entrySet().stream()
                .map(e -> e.getKey() + ": " + e.getValue() + "\n")
                .collect(Collectors.joining("", "", document));
    }
}
