// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tab key of JShell, after the imports of the startup file. Nothing is run: completion compiles only. */
class JShellCompletionTest {
    private static JShell shell;

    @BeforeAll
    static void imports() throws IOException {
        shell = JShell.builder().executionEngine("local").build();
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
            shell.addToClasspath(path);
        }
        try (InputStream startup = Objects.requireNonNull(JShellCompletionTest.class.getResourceAsStream("osmo.jsh"))) {
            new String(startup.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("import "))
                    .forEach(shell::eval);
        }
    }

    @AfterAll
    static void close() {
        shell.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BackendSp | BackendSpec",
                "BackendSpec.b | builder(",
                "BackendSpec.builder(\"lab\").gpu | gpuPool(",
                "BackendSpec.builder(\"lab\").gpuPool(\"h100\", p -> p.inst | instanceType(",
                "BackendSpec.builder(\"lab\").on(\"aws\", \"us-west-2\").tag(\"a\", \"b\").bui | build()",
                "OsmoBackends.op | open()",
                "BackendVerifier.sta | standard()",
                "AksSettings.b | builder()",
                "EksSettings.b | builder()",
                "GkeSettings.b | builder()",
            })
    void tab_leads_through_the_builders(String typed, String offered) {
        assertThat(offers(typed)).contains(offered);
    }

    private static List<String> offers(String typed) {
        return shell.sourceCodeAnalysis().completionSuggestions(typed, typed.length(), new int[1]).stream()
                .map(SourceCodeAnalysis.Suggestion::continuation)
                .toList();
    }
}
