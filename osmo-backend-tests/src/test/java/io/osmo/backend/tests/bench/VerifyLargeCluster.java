// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.bench;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.osmo.backend.kubernetes.KubernetesClients;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.Expectations;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Read-only verification of a large cluster, in turn with curl that fetches the same lists of nodes and pods, so that whatever
 * else the machine does meets both. The cluster is that of {@code KUBECONFIG}.
 *
 * <ul>
 *   <li>{@code plant 50000}: creates pods on the nodes that are there, once;
 *   <li>{@code measure 5}: so many rounds. Run it with {@code -Xmx256m}, which is the bound of the heap;
 *   <li>{@code kubectl 1}: how long kubectl takes for the same lists, much longer, so many times.
 * </ul>
 */
public final class VerifyLargeCluster {
    private static final int AT_ONCE = 32;
    private static final String LISTS = "/api/v1/nodes /api/v1/pods";

    private final Path kubeconfig;

    private VerifyLargeCluster(Path kubeconfig) {
        this.kubeconfig = kubeconfig;
    }

    public static void main(String[] arguments) throws Exception {
        VerifyLargeCluster bench = new VerifyLargeCluster(Path.of(System.getenv("KUBECONFIG")));
        int number = Integer.parseInt(arguments[1]);
        switch (arguments[0]) {
            case "plant" -> bench.plant(number);
            case "measure" -> bench.measure(number);
            case "kubectl" -> bench.kubectl(number);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        System.exit(0);
    }

    // ------------------------------------------------------------------------------------------ planting

    private void plant(int pods) throws InterruptedException {
        try (KubernetesClient client = KubernetesClients.fromKubeconfig(kubeconfig)) {
            send(client, "POST", "/api/v1/namespaces", "{\"metadata\":{\"name\":\"osmo-workflows\"}}");
            List<String> nodes = client.nodes().list().getItems().stream()
                    .map(node -> node.getMetadata().getName())
                    .toList();
            Semaphore slots = new Semaphore(AT_ONCE);
            AtomicInteger refused = new AtomicInteger();
            for (int i = 0; i < pods; i++) {
                String name = "workflow-" + i + "-task-0";
                String pod = pod(name, nodes.get(i % nodes.size()));
                String path = "/api/v1/namespaces/osmo-workflows/pods";
                slots.acquire();
                var unused = client.getHttpClient()
                        .sendAsync(request(client, "POST", path, pod), byte[].class)
                        .thenCompose(created -> client.getHttpClient()
                                .sendAsync(request(client, "PUT", path + "/" + name + "/status", pod), byte[].class))
                        .whenComplete((done, failure) -> {
                            if (failure != null || !done.isSuccessful()) {
                                refused.incrementAndGet();
                            }
                            slots.release();
                        });
            }
            slots.acquire(AT_ONCE);
            System.out.println(pods - refused.get() + " pods on " + nodes.size() + " nodes");
        }
    }

    /** As large as a pod of a workflow is, with its status. */
    private static String pod(String name, String node) {
        String environment = Stream.iterate(0, i -> i + 1)
                .limit(12)
                .map(i -> "{\"name\":\"OSMO_SETTING_" + i
                        + "\",\"value\":\"a value of some length that a task is given, " + i + "\"}")
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
        String containers = Stream.of("osmo-ctrl", "task")
                .map(
                        c -> "{\"name\":\"" + c + "\",\"image\":\"nvcr.io/nvidia/osmo/" + c
                                + ":6.4.0\",\"args\":[\"--workflow\",\"" + name + "\",\"--retry\",\"0\"],\"env\":["
                                + environment
                                + "],\"resources\":{\"requests\":{\"cpu\":\"500m\",\"memory\":\"1Gi\",\"ephemeral-storage\":\"1Gi\"},"
                                + "\"limits\":{\"memory\":\"2Gi\"}},\"volumeMounts\":[{\"name\":\"data\",\"mountPath\":\"/osmo/data\"}]}")
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
        String statuses = Stream.of("osmo-ctrl", "task")
                .map(c -> "{\"name\":\"" + c
                        + "\",\"ready\":true,\"restartCount\":0,\"image\":\"i\",\"imageID\":\"sha256:0123456789abcdef\","
                        + "\"containerID\":\"containerd://0123456789abcdef\",\"state\":{\"running\":{\"startedAt\":"
                        + "\"2026-11-24T00:00:00Z\"}}}")
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
        String conditions = Stream.of("Initialized", "Ready", "ContainersReady", "PodScheduled")
                .map(c ->
                        "{\"type\":\"" + c + "\",\"status\":\"True\",\"lastTransitionTime\":\"2026-11-24T00:00:00Z\"}")
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
        return "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"" + name
                + "\",\"namespace\":\"osmo-workflows\",\"labels\":{\"osmo.workflow_id\":\"" + name
                + "\",\"osmo.pool\":\"cpu\",\"osmo.platform\":\"x86\"},\"annotations\":{\"kai.scheduler/pod-group\":\""
                + name
                + "\"}},\"spec\":{\"nodeName\":\"" + node + "\",\"schedulerName\":\"kai-scheduler\",\"containers\":["
                + containers
                + "],\"volumes\":[{\"name\":\"data\",\"emptyDir\":{}}]},\"status\":{\"phase\":\"Running\",\"conditions\":["
                + conditions + "],\"containerStatuses\":[" + statuses + "]}}";
    }

    private static io.fabric8.kubernetes.client.http.HttpRequest request(
            KubernetesClient client, String method, String path, String body) {
        return client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(URI.create(client.getMasterUrl().toString().replaceFirst("/$", "") + path))
                .method(method, "application/json", body)
                .build();
    }

    private static HttpResponse<byte[]> send(KubernetesClient client, String method, String path, String body) {
        return client.getHttpClient()
                .sendAsync(request(client, method, path, body), byte[].class)
                .join();
    }

    // ------------------------------------------------------------------------------------------ measuring

    private void kubectl(int rounds) throws IOException, InterruptedException {
        Path dir = Files.createTempDirectory("osmo-bench");
        for (int i = 1; i <= rounds; i++) {
            System.out.printf(
                    "kubectl: %.2f s%n", run(dir, List.of("kubectl", "get", "nodes,pods", "-A", "-o", "json")));
        }
    }

    private void measure(int rounds) throws IOException, InterruptedException {
        Path dir = Files.createTempDirectory("osmo-bench");
        List<String> curl = curl(dir);
        run(dir, curl);
        BackendVerifier verifier = BackendVerifier.standard().deadline(Duration.ofMinutes(10));
        List<Double> ratios = new ArrayList<>();
        for (int i = 1; i <= rounds; i++) {
            double byCurl = run(dir, curl);
            long before = requests();
            Duration cpu = cpu();
            long begin = System.nanoTime();
            ClusterSnapshot snapshot = verifier.snapshotKubeconfig(kubeconfig, Expectations.ofAnyBackend());
            double read = (System.nanoTime() - begin) / 1e9;
            Report report = verifier.verify(snapshot);
            double all = (System.nanoTime() - begin) / 1e9;
            ratios.add(all / byCurl);
            // The second look at the counter is one of the requests.
            System.out.printf(
                    "round %d: curl %.2f s, verification %.2f s (reading %.2f s, CPU %.2f s): %.2f of curl; %d requests,"
                            + " %d nodes, %d pods, %d findings%n",
                    i,
                    byCurl,
                    all,
                    read,
                    cpu().minus(cpu).toMillis() / 1e3,
                    all / byCurl,
                    requests() - before - 1,
                    snapshot.core().nodes().known().map(List::size).orElse(-1),
                    snapshot.core().pods().known().map(List::size).orElse(-1),
                    report.findings().size());
        }
        System.out.printf(
                "median %.2f of curl, first round %.2f, within %d MiB%n",
                ratios.stream().sorted().toList().get(ratios.size() / 2),
                ratios.get(0),
                Runtime.getRuntime().maxMemory() >> 20);
    }

    /** What this process has used of all cores, compiler and collector included. */
    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** What the server has counted since it was started, watches of its own left out. */
    private long requests() {
        try (KubernetesClient client = KubernetesClients.fromKubeconfig(kubeconfig)) {
            String metrics = client.raw("/metrics");
            return metrics == null
                    ? 0
                    : (long) metrics.lines()
                            .filter(line ->
                                    line.startsWith("apiserver_request_total{") && !line.contains("verb=\"WATCH\""))
                            .filter(line -> line.contains("verb=\"LIST\"")
                                    || line.contains("verb=\"GET\"")
                                    || line.contains("verb=\"POST\""))
                            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                            .sum();
        }
    }

    /** One process, one connection, both lists whole, written nowhere. */
    private List<String> curl(Path dir) throws IOException {
        var config = KubernetesClients.fromKubeconfig(kubeconfig).getConfiguration();
        String master = config.getMasterUrl().replaceFirst("/$", "");
        List<String> command = new ArrayList<>(List.of(
                "curl",
                "-sS",
                "--fail",
                "--cacert",
                pem(dir, "ca", config.getCaCertFile(), config.getCaCertData()),
                "--cert",
                pem(dir, "cert", config.getClientCertFile(), config.getClientCertData()),
                "--key",
                pem(dir, "key", config.getClientKeyFile(), config.getClientKeyData())));
        for (String list : LISTS.split(" ")) {
            command.addAll(List.of("-o", "/dev/null", master + list));
        }
        return command;
    }

    private static String pem(Path dir, String name, String file, String data) throws IOException {
        return file != null
                ? file
                : Files.writeString(
                                dir.resolve(name),
                                new String(Base64.getMimeDecoder().decode(data), StandardCharsets.UTF_8))
                        .toString();
    }

    private double run(Path dir, List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(dir.resolve("errors").toFile());
        long begin = System.nanoTime();
        if (builder.start().waitFor() != 0) {
            throw new IllegalStateException(command.get(0) + ": " + Files.readString(dir.resolve("errors")));
        }
        return (System.nanoTime() - begin) / 1e9;
    }
}
