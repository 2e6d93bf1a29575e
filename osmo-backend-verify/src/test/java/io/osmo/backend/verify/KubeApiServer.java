// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify;

import io.osmo.backend.cluster.ClusterAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** A real kube-apiserver for one test class, in which nodes can be planted. */
public final class KubeApiServer implements BeforeAllCallback, AfterAllCallback, ExecutionCondition {
    private static final String STRANGER = "token-of-a-stranger";

    private final Path script = Path.of(System.getProperty("osmo.shared", "../../shared"), "bin", "kube");
    private Path directory = Path.of("");

    /** A condition, for an assumption of a whole class is reported as no test at all. */
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Files.isExecutable(script)) {
            return ConditionEvaluationResult.enabled("there is a kube-apiserver");
        }
        String reason = "SKIPPED " + context.getDisplayName() + ": no kube-apiserver, because there is no " + script
                + " (system property osmo.shared)";
        LoggerFactory.getLogger(KubeApiServer.class).warn(reason);
        return ConditionEvaluationResult.disabled(reason);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        directory = Files.createTempDirectory("osmo-kube");
        Path tokens = Files.writeString(directory.resolve("tokens.csv"), STRANGER + ",stranger,2,\"strangers\"\n");
        ProcessBuilder up = new ProcessBuilder(script.toString(), "up", "--dir", directory.toString());
        up.environment().put("OSMO_KUBE_APISERVER_ARGS", "--token-auth-file=" + tokens);
        run(up);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (directory.toString().isEmpty()) {
            return;
        }
        run(new ProcessBuilder(script.toString(), "down", directory.toString()));
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    public Path kubeconfig() {
        return directory.resolve("kubeconfig");
    }

    /** Plants nodes; the flags are those of {@code kube nodes --help}. */
    public void nodes(int count, String... flags) {
        List<String> command = new ArrayList<>(List.of(script.toString(), "nodes", directory.toString(), "" + count));
        // What images of EKS ship; the script's own default is open to CVE-2026-46680. The last flag of a name counts.
        command.addAll(List.of("--containerd", "2.2.4"));
        command.addAll(Arrays.asList(flags));
        try {
            run(new ProcessBuilder(command));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Access of somebody who has no rights but those that a test gives to the user {@code stranger}. */
    ClusterAccess stranger() {
        String certificate = new String(Base64.getDecoder().decode(field("certificate-authority-data")));
        return new ClusterAccess(
                "test", URI.create(field("server")), certificate, () -> new ClusterAccess.Token(STRANGER, Instant.MAX));
    }

    private String field(String name) {
        try {
            return Files.readAllLines(kubeconfig()).stream()
                    .map(String::trim)
                    .filter(line -> line.startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).trim().replace("\"", ""))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(ProcessBuilder command) throws IOException {
        Path log = Files.createTempFile("osmo-kube", ".log");
        try {
            int exit = command.redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IOException(command.command() + " failed: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.delete(log);
        }
    }
}
