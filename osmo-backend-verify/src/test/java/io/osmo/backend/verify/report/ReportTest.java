// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.osmo.backend.Verdict;
import io.osmo.backend.error.VerificationFailedException;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Check;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.fixture.KubeObjects;
import io.osmo.backend.verify.fixture.Node;
import io.osmo.backend.verify.snapshot.Vantage;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ReportTest {
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
    void an_exception_names_every_failure_and_what_to_do() {
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
    void an_unknown_error_check_makes_the_verdict_inconclusive() {
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
    void a_requirement_is_not_proven_by_some_of_its_checks() {
        BackendVerifier verifier = BackendVerifier.standard();

        assertThat(verifier.without("runtime.containerd-version")
                        .verify(Clusters.goodEks().snapshot())
                        .requirements())
                .containsEntry(Requirement.RT_1, Proof.NOT_PROVEN)
                .containsEntry(Requirement.CP_1, Proof.PROVEN);
        assertThat(verifier.select(check -> check.requirement().equals(Optional.of(Requirement.RT_1)))
                        .verify(Clusters.goodEks().snapshot())
                        .requirements())
                .containsEntry(Requirement.RT_1, Proof.PROVEN)
                .containsEntry(Requirement.CP_1, Proof.NOT_PROVEN);
    }

    @Test
    void the_text_begins_with_the_verdict_and_keeps_within_80_columns() {
        String text = report(defective()).toText();

        assertThat(text.lines().findFirst()).hasValue("FAILED  train-west");
        assertThat(text.lines())
                .filteredOn(line -> !line.startsWith("  https://"))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(text)
                .containsSubsequence(
                        "would refuse this backend",
                        "1 failed, 1 warned, 1 unknown",
                        " not looked at, ",
                        "not applicable",
                        "\nFailed\n",
                        "\nWarnings\n",
                        "\nCould not be read\n",
                        "\nRequirements\n",
                        "\nNot looked at\n",
                        "\nNot applicable\n",
                        "\nPassed\n");
        assertThat(text).doesNotContain("\u001b");
    }

    @Test
    void the_text_has_as_many_columns_as_asked_for() {
        Report report = report(defective());

        assertThat(report.toText(200).lines()).anyMatch(line -> line.length() > 120);
        assertThat(report.toText(200).lines().count())
                .isLessThan(report.toText().lines().count());
        assertThat(report.toText(200).replaceAll("\\s+", " "))
                .isEqualTo(report.toText().replaceAll("\\s+", " "));
        assertThat(report.toText(80)).isEqualTo(report.toText());
        assertThat(report.toColoredText(200)).contains("\u001b[31mFAILED");
        assertThatIllegalArgumentException().isThrownBy(() -> report.toText(39));
    }

    @Test
    void the_verdict_names_what_was_not_looked_at_and_not_proven() {
        Report report = report(Clusters.goodEks());
        int unseen = report.notLookedAt().size();

        assertThat(report.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(report.gaps())
                .containsExactly(
                        "Not proven: NW-2, ST-2, RG-1, RG-2, RG-3, SC-3.",
                        "Not looked at: " + unseen + " checks: " + unseen + " need a probe inside the cluster.");
        assertThat(report.toText().lines().skip(2).limit(3).toList())
                .startsWith("Not proven: NW-2, ST-2, RG-1, RG-2, RG-3, SC-3.");
        assertThat(report.toHtml()).contains("<p class=\"gap\">Not proven: NW-2,");
        assertThat(report.toJson()).contains("\"notProven\" : [ \"NW-2\", \"ST-2\"");
        assertThat(report.toJUnitXml()).contains("name=\"gaps\" value=\"Not proven: NW-2,");
    }

    @Test
    void every_form_tells_the_library_the_catalog_and_where_each_check_is_documented() {
        Report report = report(defective());
        String page = "https://javadoc.io/doc/io.osmo.backend/osmo-backend-verify/latest/io/osmo/backend/verify/check/"
                + "doc-files/checks.html";

        for (String text : List.of(
                report.toText(200), report.toHtml().replace("&#x2F;", "/"), report.toJson(), report.toJUnitXml())) {
            assertThat(text)
                    .contains(report.catalog().library(), report.catalog().version(), page);
        }
        for (String text : List.of(report.toHtml(), report.toJson(), report.toJUnitXml())) {
            assertThat(text).contains("#runtime.containerd-version");
        }
        assertThat(report.catalog().checks())
                .isEqualTo(BackendVerifier.standard().checks().size());
        assertThat(BackendVerifier.standard()
                        .only("runtime.*")
                        .verify(Clusters.goodEks().snapshot())
                        .catalog())
                .as("a selection is of the same catalog")
                .isEqualTo(report.catalog());
        Check own = Check.of(
                "host.own", "something", Requirement.CP_1, Severity.ERROR, Vantage.KUBERNETES, e -> Status.PASS);
        Report more =
                BackendVerifier.standard().with(own).verify(Clusters.goodEks().snapshot());
        assertThat(more.catalog()).isNotEqualTo(report.catalog());
        assertThat(more.catalog().documentation("host.own")).isEmpty();
    }

    private static Cluster manyFailures() {
        Cluster cluster = Clusters.goodEks();
        for (int i = 0; i < 22; i++) {
            Node node = new Node("cpu", i + 10, "m7i.xlarge", 4, 16);
            node.runtime = "containerd://1.7.24";
            node.osImage = "Ubuntu 20.04.6 LTS";
            node.kubelet = "v1.29.0";
            node.conditions.put("DiskPressure", "True");
            node.conditions.put("KernelDeadlock", "True");
            node.conditions.put("Ready", i % 2 == 0 ? "False" : "True");
            node.allocatable.put("pods", "17");
            node.labels.put("kubernetes.io/hostname", "other");
            cluster.nodes.add(node);
        }
        cluster.deployments.removeIf(d -> d.namespace().equals("kai-scheduler"));
        cluster.crds.clear();
        cluster.priorityClasses.clear();
        cluster.endpoints.clear();
        cluster.secrets.clear();
        cluster.namespaces.clear();
        cluster.storageClasses.clear();
        cluster.change("osmo-osmo-backend-worker", d -> KubeObjects.ready(d, 0));
        return cluster;
    }

    @Test
    void findings_name_all_nodes_to_be_copied_not_only_how_many() {
        Report report = report(manyFailures());
        Finding finding = report.findings().stream()
                .filter(f -> f.check().equals("runtime.containerd-version"))
                .findFirst()
                .orElseThrow();

        assertThat(finding.resources()).hasSize(22).contains("node/cpu-31");
        assertThat(finding.where()).startsWith("node/cpu-10, ").endsWith(" and 12 more");
        assertThat(report.toText()).contains("and 12 more").doesNotContain("node/cpu-31");
        assertThat(report.toHtml()).contains("all 22 names, one a line, to be copied", "node/cpu-30\nnode/cpu-31");
        assertThat(report.toJson()).contains("node/cpu-31");
        assertThat(report.findings())
                .filteredOn(f -> f.check().equals("node.ready"))
                .singleElement()
                .satisfies(f -> assertThat(f.observed()).isEqualTo("11 of 28 nodes not ready"))
                .satisfies(f -> assertThat(f.resources()).hasSize(11));
    }

    @Test
    void a_page_with_many_failures_has_an_index_and_one_card_for_each_cause() throws Exception {
        Report report = report(manyFailures());
        String html = report.toHtml();

        assertThat(report.findings(Status.FAIL)).hasSizeGreaterThan(8);
        assertThat(html)
                .contains(
                        "<a href=\"#section-failed\">Failed ("
                                + report.findings(Status.FAIL).size() + ")</a>",
                        "<a href=\"#section-warnings\">Warnings (",
                        "<a href=\"#pools\">Pools and zones</a>",
                        " checks about the same objects</h3>",
                        "<h3 class=\"mono\">5 checks of kai</h3>");
        for (Finding finding : report.findings(Status.FAIL)) {
            assertThat(html.split("id=\"" + finding.check() + "\"", -1))
                    .as(finding.check())
                    .hasSize(2);
        }
        Files.writeString(Path.of("target", "report-failures.html"), html);
    }

    @Test
    void nothing_failed_is_not_red_and_what_passed_is_printed() throws Exception {
        Report report = report(Clusters.goodEks());
        String html = report.toHtml();

        assertThat(html).contains("<span class=\"badge gray\">0 failed</span>");
        assertThat(html)
                .contains("<section class=\"paper\">\n  <h3>"
                        + report.findings(Status.PASS).size() + " checks passed");
        assertThat(html).containsPattern("@media print \\{[^@]*\\.paper \\{ display: block; \\}");
        Files.writeString(Path.of("target", "report-good.html"), html);
    }

    @Test
    void a_common_reason_is_reported_once() {
        Report report = report(Clusters.goodEks().blind("nodes"));

        for (String text : List.of(report.toText(), report.toHtml())) {
            assertThat(text.split("403 on nodes", -1)).hasSize(2);
            report.findings(Status.UNKNOWN).forEach(f -> assertThat(text).contains(f.check()));
        }
        assertThat(report.toHtml()).contains("id=\"runtime.containerd\"", "href=\"#runtime.containerd\"");
    }

    @Test
    void text_of_the_cluster_moves_no_cursor_and_commands_no_build_server() {
        String hostile =
                "\u001b[2J\n::error::owned ##[error]owned ##vso[task.complete] \u202eowned " + "long ".repeat(100_000);
        Report report = report(Clusters.goodEks()
                .node("cpu-0", n -> {
                    n.runtime = hostile;
                    n.conditions.put("DiskPressure", "True");
                })
                .node("cpu-1", n -> n.runtime = "x ::error::" + hostile));

        assertThat(report.findings(Status.FAIL)).isNotEmpty();
        String exception = catchThrowableOfType(VerificationFailedException.class, report::requirePassed)
                .getMessage();
        for (String form : List.of(
                report.toText(),
                report.toText(200),
                report.toColoredText().replaceAll("\u001b\\[\\d+m", ""),
                report.toJson(),
                report.toJUnitXml(),
                report.toHtml(),
                exception)) {
            assertThat(form).doesNotContain("\u001b", "\u202e", "##[", "##vso[").hasSizeLessThan(1_000_000);
            assertThat(form.lines().map(String::strip)).noneMatch(line -> line.startsWith("::"));
        }
    }

    @Test
    void colors_are_optional_and_change_no_text() {
        Report report = report(defective());

        assertThat(report.toColoredText()).contains("\u001b[31mFAILED");
        assertThat(report.toColoredText().replaceAll("\u001b\\[\\d+m", "")).isEqualTo(report.toText());
    }

    @Test
    void the_json_keeps_the_published_schema() {
        assertThat(schema().validate(report(defective()).toJson(), InputFormat.JSON))
                .isEmpty();
        assertThat(schema().validate(report(Clusters.goodEks().blind("nodes")).toJson(), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void the_schema_rejects_unknown_fields() {
        String json = report(defective()).toJson();

        assertThat(schema().validate(json.replaceFirst("\"verdict\"", "\"judgment\""), InputFormat.JSON))
                .isNotEmpty();
        assertThat(schema().validate(json.replaceFirst("\"FAILED\"", "\"BROKEN\""), InputFormat.JSON))
                .isNotEmpty();
    }

    private static JsonSchema schema() {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(
                        Report.class.getResourceAsStream("/io/osmo/backend/verify/report-schema.json"),
                        SchemaValidatorsConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build());
    }

    @Test
    void junit_xml_tells_failures_errors_and_skipped_checks_apart() throws Exception {
        Report report = report(defective().blind("version"));

        Document xml = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(report.toJUnitXml())));

        Element root = xml.getDocumentElement();
        assertThat(root.getAttribute("tests"))
                .isEqualTo(String.valueOf(report.findings().size()));
        assertThat(root.getAttribute("failures")).isEqualTo("1");
        long blind = report.findings(Status.UNKNOWN).stream()
                .filter(f -> f.severity() == Severity.ERROR)
                .count();
        assertThat(blind).isPositive();
        assertThat(root.getAttribute("errors")).isEqualTo(String.valueOf(blind));
        assertThat(root.getElementsByTagName("error").getLength()).isEqualTo((int) blind);
        assertThat(root.hasAttribute("skipped")).as("junit-10.xsd of Jenkins").isFalse();
        assertThat(((Element) root.getElementsByTagName("testsuite").item(0)).hasAttribute("skipped"))
                .isTrue();
        assertThat(root.getElementsByTagName("skipped").getLength())
                .isEqualTo(report.findings(Status.SKIPPED).size());
        Element failure = (Element) root.getElementsByTagName("failure").item(0);
        assertThat(((Element) failure.getParentNode()).getAttribute("name"))
                .isEqualTo("runtime.containerd-version [RT-1]");
        assertThat(failure.getTextContent()).contains("containerd://1.7.24").contains("next:");
    }

    @Test
    void names_from_a_cluster_cannot_break_a_report() throws Exception {
        String evil = "<script>alert(1)</script>\u001b[2J\u0007\u0000\r\nPASSED\u202e\ud800\uffff & \"quotes\"]]>";
        Cluster cluster = Clusters.goodEks().node("cpu-0", n -> {
            n.runtime = evil;
            n.labels.put("topology.kubernetes.io/zone", evil);
            n.labels.put("eks.amazonaws.com/nodegroup", evil);
            n.name = evil;
        });
        cluster.version = "v1.29.0 " + evil;
        Report some = report(cluster);
        Report report = new Report(
                evil,
                some.time(),
                some.asOf(),
                some.kubernetesVersion(),
                some.pools(),
                some.osmo(),
                some.partial(),
                some.catalog(),
                some.findings());

        Document xml = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(report.toJUnitXml())));
        assertThat(xml.getDocumentElement().getAttribute("name")).contains("<script>");
        assertThat(report.toHtml()).doesNotContain("<script").contains("&lt;script&gt;");
        assertThat(schema().validate(report.toJson(), InputFormat.JSON)).isEmpty();
        String error = catchThrowableOfType(VerificationFailedException.class, report::requirePassed)
                .getMessage();
        String printed = report.findings().get(0).toString();
        for (String text : List.of(report.toText(), report.toHtml(), report.toJUnitXml(), error, printed)) {
            assertThat(text).doesNotContainPattern("[\\x00-\\x09\\x0b-\\x1f\u202e\uffff\ud800]");
            assertThat(text.lines()).noneMatch(line -> line.startsWith("PASSED"));
        }
        assertThat(report.toText()).contains("containerd", "PASSED\ufffd\ufffd\ufffd & \"quotes\"");
    }

    @Test
    void the_page_shows_everything_and_loads_nothing() throws Exception {
        Report report = report(defective());
        String html = report.toHtml();

        for (Requirement requirement : Requirement.values()) {
            assertThat(html).contains("id=\"" + requirement.id() + "\"");
        }
        report.findings().forEach(f -> assertThat(html).contains(f.check()));
        assertThat(html).contains("us-west-2a", "m7i.2xlarge", "1 to 20", "node-type&#x3D;compute");
        report.findings(Status.FAIL).forEach(f -> assertThat(html).contains(f.next()));
        assertThat(html).doesNotContain("<script", "src=", "url(", "@import", "<link");
        Files.writeString(Path.of("target", "report.html"), html);
    }
}
