// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.error.VerificationFailedException;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.Clusters.Cluster;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.report.Proof;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.report.Verdict;
import io.osmo.backend.verify.snapshot.Vantage;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static Report report(Cluster cluster) {
        return BackendVerifier.standard().verify(cluster.snapshot());
    }

    private static Cluster defective() {
        return Clusters.goodEks()
                .node("cpu-0", n -> n.runtime = "containerd://1.7.24")
                .node("cpu-1", n -> n.conditions.put("DiskPressure", "True"))
                .blind("priorityClasses");
    }

    @Test
    void a_failure_is_thrown_with_each_culprit_and_what_to_do() {
        assertThatExceptionOfType(VerificationFailedException.class)
                .isThrownBy(() -> report(defective()).requirePassed())
                .withMessageContaining("runtime.containerd-version")
                .withMessageContaining("containerd://1.7.24")
                .satisfies(e -> assertThat(e.checks()).containsExactly("runtime.containerd-version"))
                .satisfies(e -> assertThat(e.remedy()).contains("node image"));
    }

    @Test
    void warnings_alone_pass() {
        Report report = report(Clusters.goodEks().node("cpu-1", n -> n.conditions.put("DiskPressure", "True")));

        assertThat(report.counts()).containsEntry(Status.WARN, 1);
        assertThatCode(report::requirePassed).doesNotThrowAnyException();
    }

    @Test
    void what_must_pass_and_is_unknown_makes_the_verdict_inconclusive() {
        Report report = report(Clusters.goodEks().blind("version"));

        assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThatExceptionOfType(VerificationFailedException.class)
                .isThrownBy(report::requirePassed)
                .withMessageContaining("control-plane.version-min");
    }

    @Test
    void requirements_are_proven_only_by_what_was_seen() {
        Report report = report(defective());

        assertThat(report.requirements())
                .containsOnlyKeys(Requirement.values())
                .containsEntry(Requirement.RT_1, Proof.VIOLATED)
                .containsEntry(Requirement.CP_1, Proof.PROVEN)
                .containsEntry(Requirement.SC_1, Proof.PROVEN)
                .containsEntry(Requirement.RG_1, Proof.NOT_PROVEN)
                .containsEntry(Requirement.NW_2, Proof.NOT_PROVEN)
                .containsEntry(Requirement.ST_2, Proof.NOT_PROVEN);
    }

    @Test
    void without_the_cloud_its_requirements_are_not_proven() {
        Cluster cluster = Clusters.goodEks().blind("cloud");
        cluster.vantages = EnumSet.of(Vantage.KUBERNETES);

        Report report = report(cluster);

        assertThat(report.passed()).isTrue();
        assertThat(report.requirements())
                .containsEntry(Requirement.SC_1, Proof.NOT_PROVEN)
                .containsEntry(Requirement.ST_3, Proof.NOT_PROVEN)
                .containsEntry(Requirement.RT_1, Proof.PROVEN);
    }

    @Test
    void the_text_begins_with_the_verdict_and_keeps_within_80_columns() {
        String text = report(defective()).toText();

        assertThat(text.lines().findFirst()).hasValue("FAILED  train-west");
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(text).containsSubsequence("Failed", "Warnings", "Unknown", "Requirements", "Skipped", "Passed");
        assertThat(text).doesNotContain("\u001b");
    }

    @Test
    void colours_come_only_when_asked_for_and_change_no_word() {
        Report report = report(defective());

        assertThat(report.toColouredText()).contains("\u001b[31mFAILED");
        assertThat(report.toColouredText().replaceAll("\u001b\\[\\d+m", "")).isEqualTo(report.toText());
    }

    @Test
    void the_json_has_exactly_the_fields_of_the_published_schema() throws Exception {
        JsonNode json = MAPPER.readTree(report(defective()).toJson());
        JsonNode schema;
        try (InputStream in = Report.class.getResourceAsStream("/io/osmo/backend/verify/report-schema.json")) {
            schema = MAPPER.readTree(in);
        }

        conforms(json, schema, "$");
    }

    /** The parts of JSON Schema that the published one uses. */
    private static void conforms(JsonNode json, JsonNode schema, String path) {
        if (schema.has("const")) {
            assertThat(json).as(path).isEqualTo(schema.path("const"));
        }
        if (schema.has("enum")) {
            assertThat(schema.path("enum")).as(path).contains(json);
        }
        if (schema.has("type")) {
            TreeSet<String> types = new TreeSet<>();
            if (schema.path("type").isArray()) {
                schema.path("type").forEach(t -> types.add(t.asText()));
            } else {
                types.add(schema.path("type").asText());
            }
            String type = json.isIntegralNumber()
                    ? "integer"
                    : json.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
            assertThat(types).as(path).contains(type);
        }
        schema.path("required")
                .forEach(
                        r -> assertThat(json.has(r.asText())).as(path + "." + r).isTrue());
        json.fields().forEachRemaining(field -> {
            JsonNode property = schema.path("properties").path(field.getKey());
            JsonNode its = property.isMissingNode() ? schema.path("additionalProperties") : property;
            assertThat(its.isObject()).as(path + "." + field.getKey()).isTrue();
            conforms(field.getValue(), its, path + "." + field.getKey());
        });
        if (json.isArray()) {
            json.forEach(item -> conforms(item, schema.path("items"), path + "[]"));
        }
    }
}
