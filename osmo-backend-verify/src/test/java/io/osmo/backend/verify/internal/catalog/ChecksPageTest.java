// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.Check;
import io.osmo.backend.verify.snapshot.Vantage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ChecksPageTest {
    private static final Path PAGE = Path.of("..", "docs", "checks.md");

    @Test
    void the_page_lists_the_catalog_row_by_row() throws Exception {
        List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertThat(rows)
                .as("the table of docs/checks.md; it should be:\n%s", table())
                .containsExactlyElementsOf(table().lines().toList());
    }

    /** Reports link to this page of the Javadoc. */
    @Test
    void the_javadoc_has_a_page_with_each_check() throws Exception {
        String page = Files.readString(
                Path.of("src", "main", "java", "io", "osmo", "backend", "verify", "check", "doc-files", "checks.html"));

        assertThat(page).as("it should be:\n%s", html()).isEqualTo(html());
    }

    private static String html() {
        return HEAD
                + StandardCatalog.checks().stream()
                        .map(check -> "<tr id=\"" + check.id() + "\"><td><code>" + check.id() + "</code></td><td>"
                                + check.requirement()
                                        .map(r -> r.id() + ": " + escaped(r.text()))
                                        .orElse("")
                                + "</td><td>" + check.severity().name().toLowerCase(Locale.ROOT) + "</td><td>"
                                + vantages(check) + "</td><td>" + escaped(check.title()) + "</td></tr>\n")
                        .collect(Collectors.joining())
                + "</tbody>\n</table>\n</body>\n</html>\n";
    }

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>Checks</title></head>
            <body>
            <h1>Checks</h1>
            <p>What BackendVerifier.standard() judges, in the order of its reports. If a check does not hold, the severity error gives FAIL,
            warning and info give WARN. The vantage is where the cluster must have been read from; probe needs pods inside the
            cluster, which run only if BackendVerifier.probes asks for them. What could not be read is UNKNOWN.</p>
            <table border="1">
            <thead><tr><th>check</th><th>requirement</th><th>severity</th><th>vantage</th><th>what should be</th></tr></thead>
            <tbody>
            """;

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String vantages(Check check) {
        return check.vantages().stream()
                .sorted()
                .map(v -> v.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static String table() {
        return StandardCatalog.checks().stream().map(ChecksPageTest::row).collect(Collectors.joining("\n"));
    }

    private static String row(Check check) {
        String vantages = check.vantages().stream()
                .sorted()
                .map(Vantage::name)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return "| `" + check.id() + "` | "
                + check.requirement().map(Requirement::id).orElse("–") + " | "
                + check.severity().name().toLowerCase(Locale.ROOT) + " | " + (vantages.isEmpty() ? "–" : vantages)
                + " | "
                + check.title() + " |";
    }
}
