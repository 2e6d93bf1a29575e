// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.services;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.kubernetes.KubernetesClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** A real kube-apiserver, in which nodes can be planted. Tests are skipped where there is none. */
public final class KubeApiServer implements BeforeAllCallback, ExecutionCondition {
    public static final String ADMIN_TOKEN = "token-of-an-admin";
    public static final String STRANGER_TOKEN = "token-of-one-without-rights";

    private final boolean shared;
    private Server server;

    private KubeApiServer(boolean shared) {
        this.shared = shared;
    }

    /** One for all test classes of the JVM, started when first needed and stopped at the end. */
    public static KubeApiServer shared() {
        return new KubeApiServer(true);
    }

    /** One for a single test class. */
    public static KubeApiServer own() {
        return new KubeApiServer(false);
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return SharedService.condition("kube", context);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        ExtensionContext owner = shared ? context.getRoot() : context;
        server = owner.getStore(Namespace.create(KubeApiServer.class, owner.getUniqueId()))
                .getOrComputeIfAbsent(Server.class, type -> Server.start(), Server.class);
    }

    public Path kubeconfig() {
        return Path.of(server.service().exports().get("KUBECONFIG"));
    }

    public KubernetesClient admin() {
        return KubernetesClients.fromKubeconfig(kubeconfig());
    }

    /** Access of an administrator. */
    public ClusterAccess access() {
        return access(() -> new ClusterAccess.Token(ADMIN_TOKEN, Instant.MAX));
    }

    /** Access of a user who has no rights but those that a test gives to the user {@code stranger}. */
    public ClusterAccess stranger() {
        return access(() -> new ClusterAccess.Token(STRANGER_TOKEN, Instant.MAX));
    }

    public ClusterAccess access(Supplier<ClusterAccess.Token> tokens) {
        String certificate = new String(Base64.getDecoder().decode(field("certificate-authority-data")));
        return new ClusterAccess("test", URI.create(field("server")), Optional.of(certificate), tokens);
    }

    /** Plants nodes; the flags are those of {@code kube nodes --help}. */
    public void nodes(int count, String... flags) {
        // What images of EKS ship; the script's own default is open to CVE-2026-46680. The last flag of a name counts.
        List<String> arguments = new ArrayList<>(List.of(String.valueOf(count), "--containerd", "2.2.4"));
        arguments.addAll(Arrays.asList(flags));
        server.service().run("nodes", arguments);
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

    private record Server(SharedService service, Path tokens) implements AutoCloseable {
        static Server start() {
            try {
                Path tokens = Files.createTempFile("osmo-kube-tokens", ".csv");
                Files.writeString(
                        tokens,
                        ADMIN_TOKEN + ",admin,1,\"system:masters\"\n" + STRANGER_TOKEN + ",stranger,2,\"strangers\"\n");
                Map<String, String> flags = Map.of("OSMO_KUBE_APISERVER_ARGS", "--token-auth-file=" + tokens);
                return new Server(SharedService.up("kube", "OSMO_KUBE_DIR", flags), tokens);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            service.close();
            Files.deleteIfExists(tokens);
        }
    }
}
