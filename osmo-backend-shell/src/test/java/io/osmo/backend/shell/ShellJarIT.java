// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
        Path kube = Path.of(System.getProperty("osmo.shared", "../../shared"), "bin", "kube");
        if (!Files.isExecutable(kube)) {
            System.err.println("SKIPPED: the jar against a real kube-apiserver, since there is no " + kube);
        }
        assumeTrue(Files.isExecutable(kube), "no kube-apiserver");
        Path server = folder.resolve("server");
        Ended started = run(List.of(kube.toString(), "up", "--dir", server.toString()));
        assertThat(started.code()).as(started.err()).isZero();
        try {
            verified(server.resolve("kubeconfig"));
        } finally {
            run(List.of(kube.toString(), "down", server.toString()));
        }
    }

    private void verified(Path kubeconfig) throws Exception {
        Path page = folder.resolve("report.html");

        Ended ended = run(java("verify", "--kubeconfig", kubeconfig.toString(), "--html", page.toString()));

        assertThat(ended.code()).as(ended.err()).isIn(ExitCode.FAILED, ExitCode.INCONCLUSIVE);
        assertThat(ended.out()).contains("Requirements").contains("control-plane");
        assertThat(ended.err()).isEmpty();
        assertThat(page).content().startsWith("<!DOCTYPE html>");
    }

    @Test
    void a_spec_is_read_from_the_standard_input() throws Exception {
        Ended ended = run(java("plan", "-"), "name: größer\nprovider: aws\n", Map.of());

        assertThat(ended.code()).isEqualTo(ExitCode.UNUSABLE);
        assertThat(ended.err())
                .contains("standard input:1:1: name (CP-1)")
                .contains("\"größer\"")
                .contains("standard input:1:1: region (CP-1)");
    }

    /** The JVM opens its own classes under the number of the standard input that is missing. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_closed_standard_input_is_told_as_such() throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" <&-", "sh"));
        command.addAll(java("plan", "-"));

        Ended ended = run(command);

        assertThat(ended.code()).isEqualTo(ExitCode.UNUSABLE);
        assertThat(ended.err()).contains("standard input is closed: name a file");
    }

    @Test
    void jshell_starts_with_its_startup_file_and_runs_the_examples() throws Exception {
        Path startup =
                Files.writeString(folder.resolve("osmo.jsh"), run(java("shell")).out());
        Path kubeconfig = folder.resolve("kubeconfig");
        Path between = Files.writeString(
                folder.resolve("between.jsh"),
                "Files.writeString(Path.of(System.getenv(\"KUBECONFIG\")),"
                        + " osmo.get(larger).orElseThrow().kubeconfig().orElseThrow().reveal());\n");
        Path end = Files.writeString(
                folder.resolve("end.jsh"), "System.out.println(page(osmo.planDestroy(spec)));\n/exit\n");
        List<String> command = List.of(
                tool("jshell"),
                "--class-path",
                JAR.toString(),
                "--startup",
                startup.toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-R-XX:TieredStopAtLevel=1",
                "-R-Djava.awt.headless=true",
                "-R-Djava.io.tmpdir=" + folder,
                "../examples/jshell/snapshots.jsh",
                between.toString(),
                "../examples/jshell/existing.jsh",
                end.toString());

        Ended ended = run(command, "", Map.of("KUBECONFIG", kubeconfig.toString()));

        assertThat(ended.code()).as(ended.err()).isZero();
        List<String> lines = ended.out().lines().toList();
        assertThat(lines).anyMatch(line -> line.startsWith("+ nodes/ip-")).contains("Requirements");
        List<String> pages =
                lines.stream().filter(line -> line.endsWith(".html")).toList();
        assertThat(pages).hasSize(2);
        assertThat(Path.of(pages.get(0))).content().contains("Requirements");
        assertThat(Path.of(pages.get(1))).content().contains("Plan to destroy");
    }

    @Test
    void another_process_finds_the_served_clouds_by_the_environment() throws Exception {
        Process server = new ProcessBuilder(java("serve"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines = server.inputReader(StandardCharsets.UTF_8)) {
            Map<String, String> environment = new HashMap<>();
            while (!environment.containsKey("OSMO_GCP_ENDPOINTS")) {
                String line = Objects.requireNonNull(lines.readLine(), "the server ended");
                if (line.startsWith("export ")) {
                    String[] variable = line.substring("export ".length()).split("=", 2);
                    environment.put(variable[0], variable[1]);
                }
            }

            Ended aws = run(java("plan", spec("aws", "us-west-2", "m7i.2xlarge")), "", environment);
            Ended gcp = run(java("plan", spec("gcp", "us-central1", "n2-standard-8")), "", environment);

            assertThat(aws.code()).as(aws.err()).isZero();
            assertThat(aws.out()).contains("Plan for backend aws/us-west-2/a in account 123456789012");
            assertThat(gcp.code()).as(gcp.err()).isZero();
            assertThat(gcp.out()).contains("Plan for backend gcp/us-central1/a in account osmo-emulated");
        } finally {
            server.destroy();
            assertThat(server.waitFor(DEADLINE_MINUTES, TimeUnit.MINUTES)).isTrue();
        }
    }

    private String spec(String provider, String region, String type) throws IOException {
        String text = "name: a\nprovider: " + provider + "\nregion: " + region
                + "\ncomputePools:\n  - {name: cpu, instanceTypes: [" + type + "]}\n";
        return Files.writeString(folder.resolve(provider + ".yaml"), text).toString();
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
        return run(command, "", Map.of());
    }

    private Ended run(List<String> command, String input, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
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
