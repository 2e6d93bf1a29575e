// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.Position;
import io.osmo.backend.error.Violation;
import io.osmo.backend.fake.FakeCloud;
import io.osmo.backend.fake.FakeProvider;
import io.osmo.backend.spi.VirtualTime;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where in a text the violations are. */
class SpecDocumentTest {
    private static final String SPEC = """
            # A comment.
            name: train-west
            provider: fake
            region: here
            computePools:
              - name: cpu
                instanceTypes: [small, "large one"]
              - instanceTypes:
                  - small
                "labels": {"two words": x, fine: y}
                scale:
                    min: 3
                    max: 2
            pullSecrets:
            - registry: ghcr.io
              username: me
              password:
                env: OSMO_BACKEND_TEST_NOT_SET
            """;

    @Test
    void each_violation_has_the_line_and_column_of_its_field() {
        assertThat(refusal(SPEC).violations())
                .extracting(v -> v.position().orElseThrow() + " " + v.path())
                .containsExactly(
                        "line 7, column 28 computePools[0].instanceTypes[1]",
                        "line 8, column 5 computePools[1].name",
                        "line 12, column 9 computePools[1].scale.min",
                        "line 10, column 16 computePools[1].labels[\"two words\"]");
    }

    @Test
    void messages_begin_with_the_position() {
        InvalidSpecException refusal = refusal(SPEC.replace("large one", "large"));

        assertThat(refusal).hasMessageContaining("  line 12, column 9: computePools[1].scale.min (CN-2)\n");
        assertThat(refusal.violations().get(1).toString())
                .startsWith("line 12, column 9: computePools[1].scale.min (CN-2): given 3");
    }

    @Test
    void positions_in_json_are_those_of_its_text() {
        InvalidSpecException refusal = catchThrowableOfType(
                InvalidSpecException.class,
                () -> BackendSpec.fromJson("{\n  \"name\": \"UPPER\", \"provider\": \"fake\",\n  \"region\": 7\n}"));

        assertThat(refusal.violations())
                .extracting(v -> v.path() + " " + v.position().orElseThrow())
                .containsExactly("region line 3, column 3", "name line 2, column 3", "computePools line 1, column 1");
    }

    @Test
    void what_only_a_plan_finds_gets_a_position_too() {
        SpecDocument document = SpecDocument.fromYaml(SPEC.replace("\"large one\"", "large")
                .replace("- instanceTypes", "- name: two\n    instanceTypes")
                .replace("\"two words\"", "one")
                .replace("max: 2", "max: 4"));

        InvalidSpecException refusal = catchThrowableOfType(InvalidSpecException.class, () -> {
            VirtualTime time = VirtualTime.create();
            try (OsmoBackends osmo = OsmoBackends.builder()
                    .provider(new FakeProvider(new FakeCloud(time)))
                    .scheduler(time)
                    .build()) {
                osmo.plan(document.spec());
            }
        });

        assertThat(refusal.violations())
                .allMatch(violation -> violation.position().isEmpty());
        assertThat(document.locate(refusal).violations())
                .extracting(v -> v.path() + " " + v.position().orElseThrow())
                .contains("pullSecrets[0].password line 18, column 3");
    }

    @Test
    void a_field_that_is_missing_is_placed_where_it_would_belong() {
        SpecDocument document = SpecDocument.fromYaml(
                "name: a\nprovider: p\nregion: r\ncomputePools: [{name: cpu, instanceTypes: [x]}]\n");

        assertThat(document.position("computePools[0].scale.max")).isEqualTo(new Position(4, 16));
        assertThat(document.position("computePools[7]")).isEqualTo(new Position(4, 1));
        assertThat(document.position("network.zones[1]")).isEqualTo(new Position(1, 1));
        assertThat(document.position("")).isEqualTo(new Position(1, 1));
    }

    /** The table of invalid documents: what is at the position is the field, or what it is missing in. */
    @Test
    void each_position_of_the_table_of_invalid_documents_is_that_of_its_field() throws IOException {
        int exact = 0;
        for (InvalidDocumentsTest.Case invalid : InvalidDocumentsTest.cases()) {
            for (Violation violation : refusal(invalid.document()).violations()) {
                String there = textAt(invalid.document(), violation.position().orElseThrow());
                if (names(violation.path())
                        .reduce((first, second) -> second)
                        .filter(there::startsWith)
                        .isPresent()) {
                    exact++;
                } else if (!violation.path().equals("document")) {
                    assertThat(violation.path().contains("[")
                                    || violation.given().equals("nothing")
                                    || names(violation.path()).anyMatch(there::startsWith))
                            .as("%s is at%n%s", violation, there)
                            .isTrue();
                }
            }
        }
        assertThat(exact).isGreaterThan(70);
    }

    private static Stream<String> names(String path) {
        return Stream.of(path.split("[.\\[\\]\"]+")).filter(name -> !name.matches("\\d*"));
    }

    private static String textAt(String document, Position position) {
        List<String> lines = document.lines().toList();
        return position.line() > lines.size()
                ? ""
                : lines.get(position.line() - 1)
                        .substring(position.column() - 1)
                        .replaceFirst("^\"", "");
    }

    private static InvalidSpecException refusal(String document) {
        return catchThrowableOfType(InvalidSpecException.class, () -> BackendSpec.fromYaml(document));
    }
}
