// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is handed over, in processes of its own. */
class ShellJarIT {
    private static final Path JAR = Path.of("target", "osmo-backend-shell.jar").toAbsolutePath();
    private static final int DEADLINE_MINUTES = 3;

    @TempDir
    Path folder;

    @Test
    void it_knows_its_version() throws Exception {
        Ended ended = run(java("--version"));

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).matches("osmo-backend \\d.*\\R");
    }

    @Test
    void all_providers_are_in_it() throws Exception {
        Ended ended = run(java("list", "moon", "us-west-2"));

        assertThat(ended.code()).isEqualTo(ExitCode.UNUSABLE);
        assertThat(ended.err()).contains("aws", "azure", "existing", "gcp");
    }

    @Test
    void a_cluster_of_anybody_is_verified_by_one_command() throws Exception {
        String kubeconfig = System.getenv("OSMO_KUBECONFIG");
        if (kubeconfig == null) {
            System.err.println("SKIPPED: the jar against a real kube-apiserver, since OSMO_KUBECONFIG is not set");
        }
        assumeTrue(kubeconfig != null, "OSMO_KUBECONFIG is not set");
        Path page = folder.resolve("report.html");

        Ended ended = run(java("verify", "--kubeconfig", kubeconfig, "--html", page.toString()));

        assertThat(ended.code()).as(ended.err()).isIn(ExitCode.FAILED, ExitCode.INCONCLUSIVE);
        assertThat(ended.out()).contains("Requirements").contains("control-plane");
        assertThat(ended.err()).isEmpty();
        assertThat(page).content().startsWith("<!DOCTYPE html>");
    }

    @Test
    void a_spec_is_read_from_the_standard_input() throws Exception {
        Ended ended = run(java("plan", "-"), "name: größer\nprovider: aws\n");

        assertThat(ended.code()).isEqualTo(ExitCode.UNUSABLE);
        assertThat(ended.err())
                .contains("standard input:1:1: name (CP-1)")
                .contains("\"größer\"")
                .contains("standard input:1:1: region (CP-1)");
    }

    @Test
    void jshell_starts_with_its_startup_file() throws Exception {
        Path startup =
                Files.writeString(folder.resolve("osmo.jsh"), run(java("shell")).out());
        Path script = Files.writeString(
                folder.resolve("script.jsh"),
                "System.out.println(osmo.list(\"aws\", \"us-west-2\"));\nSystem.out.println(osmo);\n/exit\n");

        Ended ended = run(List.of(
                tool("jshell"),
                "--class-path",
                JAR.toString(),
                "--startup",
                "DEFAULT",
                "--startup",
                startup.toString(),
                script.toString()));

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).isEqualToNormalizingNewlines("[]\nOsmoBackends with aws, azure, existing, gcp\n");
    }

    /** Rendering starts a process, which needs its classes from the jar. */
    @Test
    void charts_are_rendered_by_it() throws Exception {
        Path chart = Files.createDirectories(folder.resolve("chart/templates")).getParent();
        Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: demo\nversion: 1.2.3\n");
        Files.writeString(
                chart.resolve("templates/text.yaml"), "kind: ConfigMap\nmetadata: {name: {{ .Release.Name }}}\n");
        Path program = Files.writeString(folder.resolve("Render.java"), """
                import io.osmo.backend.helm.HelmChartRenderer;
                import io.osmo.backend.kubernetes.chart.ChartRequest;
                import io.osmo.backend.spec.BackendSpec;
                import java.time.Duration;
                import java.util.Map;
                import java.util.Optional;

                class Render {
                    public static void main(String[] arguments) {
                        BackendSpec spec = BackendSpec.builder("train-west").on("existing", "local")
                                .computePool("cpu", p -> p.instanceType("any").scale(1, 1))
                                .chart("release", c -> c.location(arguments[0]))
                                .build();
                        System.out.println(new HelmChartRenderer()
                                .render(new ChartRequest(
                                        spec.charts().get(0), Map.of(), "1.33.4", Optional.empty(), Duration.ofMinutes(2)))
                                .objects());
                    }
                }
                """);

        Ended ended = run(List.of(tool("java"), "-cp", JAR.toString(), program.toString(), chart.toString()));

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("kind: ConfigMap", "name: release");
    }

    private record Ended(int code, String out, String err) {}

    private static List<String> java(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(tool("java"), "-XX:TieredStopAtLevel=1", "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private Ended run(List<String> command) throws IOException, InterruptedException {
        return run(command, "");
    }

    private Ended run(List<String> command, String input) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(process.waitFor(DEADLINE_MINUTES, TimeUnit.MINUTES))
                .as("%s ends", command)
                .isTrue();
        return new Ended(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
