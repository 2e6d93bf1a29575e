// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the examples that need no account. */
class ExamplesTest {
    private final PrintStream original = System.out;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private String output(Runnable example) {
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        example.run();
        System.out.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @AfterEach
    void restore() {
        System.setOut(original);
        System.clearProperty("cloud");
    }

    @Test
    void the_quick_start_goes_through_the_life_of_a_backend() throws IOException {
        String output = output(() -> QuickStart.main(new String[0]));

        assertThat(comparable(output))
                .containsSubsequence(comparable(shownIn("README.md")))
                .containsSubsequence(comparable(shownIn("docs/getting-started.md")));
        assertThat(output)
                .containsSubsequence(
                        "Preflight of aws/us-west-2/train-west",
                        "Plan for backend aws/us-west-2/train-west",
                        "created eks-cluster/main",
                        "PASSED  aws/us-west-2/train-west",
                        "OSMO accepts train-west: pool default ONLINE",
                        "scalingConfig.maxSize: 20 -> 40",
                        "updated node-group/cpu",
                        "Yes: nothing failed",
                        "Plan to destroy backend aws/us-west-2/train-west",
                        "deleted eks-cluster/main",
                        "kms-key ",
                        "scheduled for deletion on",
                        "Backends in us-west-2: []",
                        "Nothing of backend aws/us-west-2/train-west in account 123456789012 exists: nothing to do.");
    }

    /** The first block of output on a page. It is shortened where a line has an ellipsis. */
    private static String shownIn(String page) throws IOException {
        String text = Files.readString(Path.of("..", page));
        int start = text.indexOf("```text\n") + "```text\n".length();
        return text.substring(start, text.indexOf("\n```", start));
    }

    /** Lines without layout, and without what differs from run to run: times, dates and ids. */
    private static List<String> comparable(String text) {
        return text.lines()
                .map(line -> line.replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "TIME")
                        .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID")
                        .replaceAll("\\d+:\\d\\d", "0:00")
                        .replaceAll("\\s+", " ")
                        .strip())
                .filter(line -> !line.isEmpty() && !line.equals("…"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"azure/eastus2", "gcp/us-central1"})
    void the_quick_start_is_the_same_on_each_cloud(String place) {
        System.setProperty("cloud", place.substring(0, place.indexOf('/')));

        assertThat(output(() -> QuickStart.main(new String[0])))
                .containsSubsequence(
                        "Preflight of " + place + "/train-west: nothing forbids applying",
                        "Plan for backend " + place + "/train-west",
                        "PASSED  " + place + "/train-west",
                        "0 failed",
                        "OSMO accepts train-west: pool default ONLINE",
                        "Yes: nothing failed",
                        "Plan to destroy backend " + place + "/train-west",
                        "Backends in " + place.substring(place.indexOf('/') + 1) + ": []",
                        "Nothing of backend " + place + "/train-west in account ",
                        "nothing to do.");
    }

    @Test
    void an_unknown_cloud_is_refused_with_those_that_there_are() {
        System.setProperty("cloud", "on-premises");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QuickStart.main(new String[0]))
                .withMessage("no cloud on-premises; there are: aws, azure, gcp");
    }

    @Test
    void an_existing_cluster_gets_what_osmo_needs_and_keeps_its_nodes() {
        assertThat(output(() -> ExistingDemo.main(new String[0])))
                .containsSubsequence(
                        "Plan for backend existing/lab/lab-west",
                        "+ namespace/osmo-workflows",
                        "created namespace/osmo-workflows",
                        "existing/lab/lab-west",
                        "Requirements",
                        "Plan to destroy backend existing/lab/lab-west",
                        "deleted namespace/osmo-workflows");
    }

    @Test
    void a_stored_plan_is_applied_cancelled_and_gone_on_with() {
        assertThat(output(() -> StoredPlan.main(new String[0])))
                .containsSubsequence("characters of JSON", "CREATE vpc/main", "cancelled with", "created", "ready: ")
                .doesNotContain("what the vault holds");
    }

    @Test
    void a_partial_apply_is_gone_on_with() {
        assertThat(output(() -> Resume.main(new String[0])))
                .containsSubsequence("FAILED backup-vault/main", "is up to date: nothing to do");
    }

    @Test
    void the_jshell_script_runs() throws Exception {
        StringBuilder problems = new StringBuilder();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                shell.addToClasspath(entry);
            }
            String rest = Files.readString(Path.of("jshell", "backend.jsh"));
            SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
            while (!rest.isBlank()) {
                SourceCodeAnalysis.CompletionInfo next = analysis.analyzeCompletion(rest);
                for (SnippetEvent event : shell.eval(next.source())) {
                    if (event.exception() != null) {
                        problems.append(event.exception()).append('\n');
                    } else if (event.status() == Snippet.Status.REJECTED) {
                        diagnostics(shell, event.snippet())
                                .forEach(message -> problems.append(message).append('\n'));
                    }
                }
                rest = next.remaining();
            }
        }
        assertThat(problems).isEmpty();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("created eks-cluster/main", "train-west");
    }

    private static List<String> diagnostics(JShell shell, Snippet snippet) {
        return shell.diagnostics(snippet)
                .map(d -> snippet.source().strip() + ": " + d.getMessage(Locale.ROOT))
                .toList();
    }
}
