// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.error.ChartException;
import io.osmo.backend.kubernetes.chart.RenderedChart;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelmChartRendererTest {
    @TempDir
    Path folder;

    @Test
    void gives_what_helm_would_install_and_what_its_manifest_lacks() throws Exception {
        Path archive = folder.resolve("demo-1.2.3.tgz");
        TestChart chart = new TestChart()
                .dependency(
                        new TestChart("sub").definition("subs.example.com").configMap("sub", "of: {{ .Release.Name }}"))
                .dependency(new TestChart("off").definition("offs.example.com").configMap("off", "of: nobody"))
                .configMap(
                        "text",
                        "greeting: {{ .Values.greeting | quote }}",
                        "version: {{ .Capabilities.KubeVersion.Version }}",
                        "found: {{ lookup \"v1\" \"Secret\" \"default\" \"any\" | toJson | quote }}",
                        "kinds: {{ lookup \"example.com/v1\" \"Thing\" \"\" \"\" | toJson | quote }}")
                .file("templates/account.yaml", "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: \"ä\"}\n")
                .definition("things.example.com")
                .hook("migrate", "pre-install,pre-upgrade")
                .hook("check", "test")
                .file("templates/NOTES.txt", "Installed as {{ .Release.Name }}.\n---\n# Source: nothing\n");
        Files.write(archive, chart.archive());

        RenderedChart rendered = Rendered.render(
                c -> c.location(archive.toString()).namespace("ns"),
                Map.of("greeting", "a\"b", "off", Map.of("enabled", false)));

        assertThat(rendered.name()).isEqualTo("demo");
        assertThat(rendered.version()).isEqualTo("1.2.3");
        assertThat(rendered.appVersion()).contains("7.1");
        assertThat(rendered.digest()).matches("sha256:[0-9a-f]{64}");
        assertThat(rendered.objects()).hasSize(3);
        assertThat(rendered.objects().get(0)).contains("kind: ServiceAccount", "ä");
        assertThat(rendered.objects().get(1)).contains("name: sub", "of: release");
        assertThat(rendered.objects().get(2))
                .startsWith("# Source: demo/templates/text.yaml")
                .contains("greeting: \"a\\\"b\"", "version: v1.33.4", "found: \"{}\"", "kinds: \"{}\"");
        assertThat(rendered.crds())
                .satisfiesExactly(
                        first -> assertThat(first).contains("things.example.com"),
                        second -> assertThat(second).contains("subs.example.com"));
        assertThat(rendered.hooks()).hasToString("[Job migrate (pre-install, pre-upgrade)]");
        assertThat(rendered.notes()).contains("Installed as release.\n---\n# Source: nothing");
        JsonNode release = new ObjectMapper().readTree(rendered.chart());
        assertThat(release.at("/metadata/name").asText()).isEqualTo("demo");
        assertThat(release.at("/values")).hasToString("{\"greeting\":\"hello\"}");
        assertThat(release.at("/templates"))
                .extracting(file -> file.path("name").asText())
                .containsExactly(
                        "templates/NOTES.txt",
                        "templates/account.yaml",
                        "templates/check.yaml",
                        "templates/migrate.yaml",
                        "templates/text.yaml");
        assertThat(release.at("/files"))
                .extracting(file -> file.path("name").asText())
                .containsExactly("crds/things.example.com.yaml");
        assertThat(new String(
                        Base64.getDecoder()
                                .decode(release.at("/templates/0/data").asText()),
                        StandardCharsets.UTF_8))
                .startsWith("Installed as {{ .Release.Name }}");
    }

    @Test
    void values_that_break_the_schema_of_a_chart_are_told_as_helm_tells_them() {
        Path chart = new TestChart()
                .file(
                        "values.schema.json",
                        "{\"type\": \"object\", \"properties\": {\"greeting\": {\"type\": \"string\"}}}")
                .write(folder.resolve("chart"));

        assertThat(Rendered.render(c -> c.location(chart.toString()), Map.of()).objects())
                .as("a chart without templates")
                .isEmpty();
        assertThatExceptionOfType(ChartException.class)
                .isThrownBy(() -> Rendered.render(c -> c.location(chart.toString()), Map.of("greeting", 7)))
                .withMessageStartingWith("Helm refuses the chart of release: values don't meet the specifications")
                .withMessageContaining("greeting")
                .satisfies(e -> assertThat(e.remedy()).isNotEmpty());
    }
}
