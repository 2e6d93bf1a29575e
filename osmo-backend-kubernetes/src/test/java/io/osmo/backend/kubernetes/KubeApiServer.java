// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.cluster.ClusterAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** One kube-apiserver for all integration tests of this module, started when first needed and stopped at the end. */
public final class KubeApiServer implements BeforeAllCallback, ExecutionCondition {
    static final String ADMIN_TOKEN = "token-of-an-admin";
    static final String STRANGER_TOKEN = "token-of-one-without-rights";

    private Server server;

    private static Path kube() {
        return Path.of(System.getProperty("osmo.shared", "../../shared"), "bin", "kube");
    }

    /** A condition, for an assumption of a whole class is reported as no test at all. */
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Files.isExecutable(kube())) {
            return ConditionEvaluationResult.enabled("there is a kube-apiserver");
        }
        String reason = "SKIPPED " + context.getDisplayName() + ": no kube-apiserver, because there is no " + kube()
                + " (system property osmo.shared)";
        LoggerFactory.getLogger(KubeApiServer.class).warn(reason);
        return ConditionEvaluationResult.disabled(reason);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        server = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(KubeApiServer.class))
                .getOrComputeIfAbsent(Server.class, type -> Server.start(), Server.class);
    }

    KubernetesClient admin() {
        return KubernetesClients.fromKubeconfig(server.kubeconfig);
    }

    Path kubeconfig() {
        return server.kubeconfig;
    }

    ClusterAccess access() {
        return access(() -> new ClusterAccess.Token(ADMIN_TOKEN, Instant.MAX));
    }

    ClusterAccess access(Supplier<ClusterAccess.Token> tokens) {
        return new ClusterAccess("test", URI.create(server.field("server")), server.certificate(), tokens);
    }

    private record Server(Path script, Path directory, Path kubeconfig, Path tokens) implements AutoCloseable {
        static Server start() {
            Path script = kube();
            try {
                Path directory = Files.createTempDirectory("osmo-kube");
                Path tokens = Files.createTempFile("osmo-kube-tokens", ".csv");
                Files.writeString(
                        tokens,
                        ADMIN_TOKEN + ",admin,1,\"system:masters\"\n" + STRANGER_TOKEN + ",stranger,2,\"strangers\"\n");
                ProcessBuilder up = new ProcessBuilder(script.toString(), "up", "--dir", directory.toString());
                up.environment().put("OSMO_KUBE_APISERVER_ARGS", "--token-auth-file=" + tokens);
                run(up);
                return new Server(script, directory, directory.resolve("kubeconfig"), tokens);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String field(String name) {
            try {
                return Files.readAllLines(kubeconfig).stream()
                        .map(String::trim)
                        .filter(line -> line.startsWith(name + ":"))
                        .map(line -> line.substring(name.length() + 1).trim().replace("\"", ""))
                        .findFirst()
                        .orElseThrow();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String certificate() {
            return new String(Base64.getDecoder().decode(field("certificate-authority-data")));
        }

        @Override
        public void close() throws IOException {
            run(new ProcessBuilder(script.toString(), "down", directory.toString()));
            Files.deleteIfExists(tokens);
            try (var files = Files.walk(directory)) {
                Path[] deepestFirst = files.sorted(Comparator.reverseOrder()).toArray(Path[]::new);
                for (Path file : Arrays.asList(deepestFirst)) {
                    Files.delete(file);
                }
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
}
