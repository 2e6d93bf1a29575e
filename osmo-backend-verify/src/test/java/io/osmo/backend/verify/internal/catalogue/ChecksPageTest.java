// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue;

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
    void the_page_lists_the_catalogue_row_by_row() throws Exception {
        List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertThat(rows)
                .as("the table of docs/checks.md; it should be:\n%s", table())
                .containsExactlyElementsOf(table().lines().toList());
    }

    private static String table() {
        return StandardCatalogue.checks().stream().map(ChecksPageTest::row).collect(Collectors.joining("\n"));
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
