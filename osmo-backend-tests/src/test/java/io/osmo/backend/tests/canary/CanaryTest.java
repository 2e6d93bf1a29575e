// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** No secret in any output or log at TRACE, whether things succeed or fail. Another JVM, because levels are set before loggers exist. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class CanaryTest {
    @TempDir
    Path directory;

    @Test
    void no_secret_is_printed_or_logged() throws Exception {
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx512m",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Canary.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();

        List<String> lines = Files.readAllLines(output, StandardCharsets.ISO_8859_1);
        assertThat(lines).as("it came to its end").contains("end of the canary").contains(Canary.SHOWN);
        assertThat(lines)
                .as("loggers are at TRACE")
                .anyMatch(line -> line.contains("TRACE") || line.contains("DEBUG io.fabric8"));
        assertThat(lines).as("plugins failed").anyMatch(line -> line.contains("it ended with exit code 1"));
        assertThat(lines).as("applies failed").anyMatch(line -> line.contains("PartialApplyException"));
        assertThat(lines).as("reports").anyMatch(line -> line.contains("<testsuites"));
        for (String printed : List.of("Cost of ", "Nodes of ", "flowchart LR", "Optional[Secret[redacted]]")) {
            assertThat(lines).as(printed).anyMatch(line -> line.startsWith(printed));
        }
        assertThat(lines).as("charts failed").anyMatch(line -> line.contains("ChartException: the chart of kai"));
        List<String> marks = marks();
        assertThat(lines.stream()
                        .filter(line -> !line.equals(Canary.SHOWN))
                        .filter(line -> marks.stream().anyMatch(line::contains))
                        .map(line -> line.substring(0, Math.min(line.length(), 500))))
                .isEmpty();
    }

    /** The mark as it is, and as it may be encoded; base64 has three forms of it, by what precedes. */
    private static List<String> marks() {
        byte[] mark = Canary.MARK.getBytes(StandardCharsets.UTF_8);
        Stream<String> base64 = IntStream.range(0, 3).mapToObj(before -> {
            byte[] shifted = new byte[before + mark.length];
            System.arraycopy(mark, 0, shifted, before, mark.length);
            String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            // The first and last characters depend on what is around.
            return text.substring(before == 0 ? 0 : before + 1, text.length() - 1);
        });
        return Stream.concat(
                        Stream.of(
                                Canary.MARK,
                                HexFormat.of().formatHex(mark),
                                URLEncoder.encode(Canary.MARK, StandardCharsets.UTF_8)),
                        base64)
                .toList();
    }
}
