// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.canary;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.ApplyOptions;
import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.OsmoBackendException;
import io.osmo.backend.kubernetes.KubernetesClients;
import io.osmo.backend.permission.Use;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Secret;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A host that prints everything it gets, with all loggers at TRACE, while things succeed and fail. */
final class Canary {
    /** What every secret of this host begins with. */
    static final String MARK = "cAnArY";

    /** The one that is printed on purpose, so that the test sees that it looks in the right place. */
    static final String SHOWN = "this is printed: " + MARK + "-shown";

    private static final int[] CODES = {200, 401, 403, 302, 500};

    private static final String EXEC =
            "{exec: {apiVersion: client.authentication.k8s.io/v1, args: [" + MARK + "-argument], command: ./";

    private static final List<String> USERS = List.of(
            "{token: " + MARK + "-token}",
            "{username: me, password: " + MARK + "-password}",
            "{auth-provider: {name: oidc, config: {id-token: " + MARK + ".b.c, idp-issuer-url: 'http://127.0.0.1:1'}}}",
            "{client-key-data: " + MARK + "}",
            "{token: " + MARK,
            EXEC + "good}}",
            EXEC + "noisy}}",
            EXEC + "failing}}",
            EXEC + "garbled}}",
            EXEC + "absent}}");

    private static final String TOKEN = MARK + "-osmo-token-".repeat(3) + "x";

    private Canary() {}

    /** All at the same time, because most of what fails is tried again and waits for that. */
    public static void main(String[] arguments) throws Exception {
        System.out.println(SHOWN);
        Path directory = Path.of(arguments[0]);
        plugins(directory);
        List<Callable<@Nullable Void>> parts = new ArrayList<>();
        for (String provider : List.of("aws", "gcp", "azure", "existing")) {
            parts.add(() -> cloud(provider));
        }
        for (int i = 0; i < USERS.size(); i++) {
            Path kubeconfig = directory.resolve("kubeconfig-" + i);
            String user = USERS.get(i);
            parts.add(() -> kubeconfig(kubeconfig, user));
        }
        ExecutorService threads = Executors.newFixedThreadPool(parts.size());
        for (Future<@Nullable Void> part : threads.invokeAll(parts)) {
            part.get();
        }
        threads.shutdown();
        System.out.println("end of the canary");
    }

    private static void tell(Callable<?> action) {
        try {
            System.out.println(action.call());
        } catch (Exception e) {
            e.printStackTrace(System.out);
            if (e instanceof OsmoBackendException ours) {
                System.out.println(ours.remedy());
            }
        }
    }

    private static void plugins(Path directory) throws IOException {
        String credential =
                "echo '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\",\"status\":{\"token\":\""
                        + MARK + "-plugin\"}}'";
        plugin(directory, "good", credential);
        plugin(directory, "noisy", "echo " + MARK + "-stderr >&2; " + credential);
        plugin(directory, "failing", credential + "; exit 1");
        plugin(directory, "garbled", "echo '{\"token\": " + MARK + "'");
    }

    /** Credentials of a kind against a server that takes them, refuses them, leads elsewhere, and answers with secrets. */
    private static @Nullable Void kubeconfig(Path file, String user) throws IOException {
        HttpServer server = server();
        Files.writeString(file, """
                clusters: [{name: west, cluster: {server: 'http://127.0.0.1:%d'}}]
                users: [{name: admin, user: %s}]
                contexts: [{name: dev, context: {cluster: west, user: admin}}]
                current-context: dev
                """.formatted(server.getAddress().getPort(), user));
        for (int i = 0; i < CODES.length; i++) {
            tell(() -> {
                try (KubernetesClient client = KubernetesClients.fromKubeconfig(file)) {
                    return client.secrets().inAnyNamespace().list().getItems().size() + " secrets";
                }
            });
        }
        tell(() -> BackendVerifier.standard().verifyKubeconfig(file));
        server.stop(0);
        return null;
    }

    private static HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        AtomicInteger requests = new AtomicInteger();
        server.createContext("/", exchange -> {
            int code = CODES[requests.getAndIncrement() / 3 % CODES.length];
            byte[] body =
                    ("{\"kind\":\"SecretList\",\"apiVersion\":\"v1\",\"items\":[{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\""
                                    + MARK + "-of-a-secret\"}}]}")
                            .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.getResponseHeaders().add("Set-Cookie", MARK + "-cookie");
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
            exchange.sendResponseHeaders(code, code == 200 ? body.length : -1);
            if (code == 200) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
        return server;
    }

    private static void plugin(Path directory, String name, String script) throws IOException {
        Path plugin = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + script + "\n");
        if (!plugin.toFile().setExecutable(true)) {
            throw new IOException("cannot make a plugin");
        }
    }

    /** A backend whose secrets go into its cluster, with faults on the way. */
    private static @Nullable Void cloud(String provider) {
        BackendSpec spec = BackendSpec.builder("canary")
                .on(provider, region(provider))
                .profile(io.osmo.backend.spec.Profile.DEVELOPMENT)
                .deletionProtection(false)
                .computePool("cpu", p -> p.instanceType(type(provider)).scale(1, 2))
                .pullSecret("nvcr.io", "$oauthtoken", Secret.of("ngc", () -> MARK + "-ngc-key"))
                .osmo(o -> o.serviceUrl("https://osmo.example.com").token(Secret.of("osmo", () -> TOKEN)))
                .build();
        tell(spec::toYaml);
        tell(spec::toString);
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            clouds.cloud(provider)
                    .faults()
                    .onCalls(call -> !call.reads())
                    .nth(4)
                    .deny();
            clouds.cloud(provider)
                    .faults()
                    .onCalls(call -> !call.reads())
                    .nth(6)
                    .loseResponse();
            for (int i = 0; i < 3; i++) {
                tell(() -> {
                    Plan plan = osmo.plan(spec);
                    System.out.println(
                            plan + plan.toJson() + plan.toSignedJson(Secret.of("key", () -> MARK + "-signing-key")));
                    System.out.println(plan.toMermaid() + plan.toHtml());
                    return osmo.apply(plan, ApplyOptions.defaults().listener(event -> System.out.println(event)));
                });
            }
            tell(() -> osmo.preflight(spec) + osmo.preflight(spec).toJson());
            questions(osmo, spec);
            tell(() -> {
                Backend backend = osmo.apply(osmo.plan(spec));
                ClusterSnapshot snapshot = BackendVerifier.standard().snapshot(backend);
                System.out.println(snapshot + snapshot.toJson());
                Report report = BackendVerifier.standard().verify(backend);
                System.out.println(report.toText() + report.toJson() + report.toJUnitXml() + report.toHtml());
                report.requirePassed();
                return backend;
            });
            questions(osmo, spec);
            tell(() -> osmo.apply(osmo.planDestroy(spec.ref())));
        }
        return null;
    }

    /** What else can be asked of a backend, before it exists and after. */
    private static void questions(OsmoBackends osmo, BackendSpec spec) {
        tell(() -> osmo.estimate(spec) + osmo.estimate(spec).toJson());
        tell(() -> osmo.values(spec));
        for (Use use : Use.values()) {
            tell(() -> osmo.permissions(spec, use));
        }
        tell(() -> osmo.diagnose(spec) + osmo.diagnose(spec).toJson());
        tell(() -> osmo.leftovers(spec));
        tell(() -> {
            Backend backend = osmo.get(spec).orElseThrow();
            System.out.println(backend.kubeconfig() + " " + backend.access());
            System.out.println(osmo.values(spec, backend));
            return backend;
        });
        // Nobody listens there.
        tell(() -> osmo.plan(spec.toBuilder()
                .chart(
                        "kai",
                        c -> c.namespace("kai")
                                .location("https://127.0.0.1:1/charts")
                                .chart("kai")
                                .version("0.1.0")
                                .credentials("me", Secret.of("chart", () -> MARK + "-chart-password")))
                .build()));
    }

    private static String region(String provider) {
        return switch (provider) {
            case "gcp" -> "us-central1";
            case "azure" -> "westeurope";
            default -> "us-west-2";
        };
    }

    private static String type(String provider) {
        return switch (provider) {
            case "gcp" -> "n2-standard-8";
            case "azure" -> "Standard_D8s_v5";
            default -> "m7i.2xlarge";
        };
    }
}
