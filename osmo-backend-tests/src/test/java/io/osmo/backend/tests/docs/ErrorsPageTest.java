// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.aws.internal.AwsErrorTable;
import io.osmo.backend.azure.internal.AzureErrorTable;
import io.osmo.backend.gcp.internal.GcpErrorTable;
import io.osmo.backend.kubernetes.internal.client.KubernetesErrorTable;
import io.osmo.backend.spi.provider.ErrorRow;
import io.osmo.backend.spi.provider.ErrorTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/errors.md} says what the tables of errors say. */
class ErrorsPageTest {
    private static final Path PAGE = Repository.ROOT.resolve("docs/errors.md");
    private static final Path MADE = Path.of("target/errors.md");

    private static final String INTRODUCTION = """
            # Errors

            What the errors of the clouds mean, how long a call is repeated, and what to do. The first row that matches counts. A row
            matches if one of its codes is that of the error (`*` stands for any characters, `HTTP-403` for the status) and the message
            contains the pattern, if there is one. Codes in capitals with hyphens, such as `UNKNOWN-HOST`, are those of this library, for
            calls that got no answer.

            `CloudException.error()` returns the class, `patience()` how long the engine repeats the call while the error stays the same,
            and `remedy()` what to do. "until the deadline" means the deadline of the resource.

            Some operations fail after the cloud has accepted the call, such as those on a node group of EKS, a node pool of GKE or most
            objects of Azure. They are looked up by the code that the cloud reports for the operation. Codes that begin with `update:` are
            those of updates and issues of EKS, codes that begin with `state:` are states of objects for which AWS has no code. Rows about
            the permissions of the caller do not apply to them.

            `ErrorsPageTest` generates this page from `AwsErrorTable`, `GcpErrorTable`, `AzureErrorTable` and `KubernetesErrorTable`. Change
            these, not this page.
            """;

    private static Map<String, ErrorTable> tables() {
        Map<String, ErrorTable> tables = new LinkedHashMap<>();
        tables.put("Amazon Web Services", AwsErrorTable.table());
        tables.put("Google Cloud", GcpErrorTable.table());
        tables.put("Microsoft Azure", AzureErrorTable.table());
        tables.put("Kubernetes", KubernetesErrorTable.table());
        return tables;
    }

    @Test
    void page_says_what_the_tables_of_errors_say() throws IOException {
        StringBuilder made = new StringBuilder(INTRODUCTION);
        tables().forEach((cloud, table) -> made.append(section(cloud, table)));
        Files.createDirectories(MADE.getParent());
        Files.writeString(MADE, made);
        assertThat(Files.exists(PAGE) && Repository.read(PAGE).equals(made.toString()))
                .as("docs/errors.md is as made; else: cp osmo-backend-tests/target/errors.md docs/errors.md")
                .isTrue();
    }

    @Test
    void each_row_has_a_source_and_a_remedy_that_is_a_sentence() {
        tables().values()
                .forEach(table -> assertThat(table.rows()).allSatisfy(row -> {
                    assertThat(row.source()).as("source of %s", row.codes()).startsWith("https://");
                    assertThat(row.remedy()).as("remedy of %s", row.codes()).endsWith(".");
                }));
    }

    /** A policy cannot be overcome by a permission, whatever the cloud. */
    @Test
    void denials_of_policies_do_not_advise_to_grant_anything() {
        Pattern policy = Pattern.compile(
                "service control policy|policy of the organization forbids|Azure Policy|whatever roles|a role"
                        + " does not help");
        tables().values()
                .forEach(table -> assertThat(table.rows())
                        .filteredOn(row -> policy.matcher(row.remedy()).find())
                        .isNotEmpty()
                        .allSatisfy(row ->
                                assertThat(row.remedy()).doesNotContain("Grant ", "Allow ", "Give the credential")));
    }

    /** A row below one that has the same codes and takes every message would never be reached. */
    @Test
    void no_row_hides_another() {
        tables().forEach((cloud, table) -> {
            Set<String> taken = new LinkedHashSet<>();
            for (ErrorRow row : table.rows()) {
                assertThat(taken).as("%s: codes of %s", cloud, row.remedy()).doesNotContainSequence(row.codes());
                if (row.message().isEmpty()) {
                    taken.addAll(row.codes());
                }
            }
        });
    }

    private static String section(String cloud, ErrorTable table) {
        return "\n## " + cloud
                + "\n\n| code | message contains | class | repeated | what to do |\n|---|---|---|---|---|\n"
                + table.rows().stream().map(ErrorsPageTest::row).collect(Collectors.joining());
    }

    private static String row(ErrorRow row) {
        return "| %s | %s | %s | %s | %s [source](%s) |\n"
                .formatted(
                        row.codes().stream().map(code -> "`" + code + "`").collect(Collectors.joining(" ")),
                        row.message()
                                .map(m -> "`" + m.pattern().replace("|", "\\|") + "`")
                                .orElse(""),
                        row.error(),
                        patience(row),
                        row.remedy().replace("{operation}", "_the call_"),
                        row.source());
    }

    private static String patience(ErrorRow row) {
        if (row.patience().isEmpty() && !row.error().worthRetrying()) {
            return "no";
        }
        return row.patience()
                .map(time -> time.equals(Duration.ZERO) ? "no" : time.toMinutes() + " min")
                .orElse("until the deadline");
    }
}
