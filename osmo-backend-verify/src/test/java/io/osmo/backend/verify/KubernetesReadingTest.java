// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.internal.read.Protobuf;
import io.osmo.backend.verify.internal.read.Protobuf.Message;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.ContainerFacts;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.LogFacts;
import io.osmo.backend.verify.snapshot.LogPhrase;
import io.osmo.backend.verify.snapshot.PermissionFacts;
import io.osmo.backend.verify.snapshot.PodFacts;
import io.osmo.backend.verify.snapshot.TemplateFacts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads from a server that answers as badly as it is told to. */
class KubernetesReadingTest {
    private static final BackendVerifier VERIFIER = BackendVerifier.standard().deadline(Duration.ofSeconds(60));
    private static final String EMPTY = "{\"kind\":\"List\",\"metadata\":{},\"items\":[]}";

    @TempDir
    Path dir;

    private final Map<String, String> bodies = new ConcurrentHashMap<>();
    private final Map<String, byte[]> protobuf = new ConcurrentHashMap<>();
    private final Map<String, Integer> codes = new ConcurrentHashMap<>();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final Set<String> logQueries = ConcurrentHashMap.newKeySet();
    private ExecutorService threads;
    private HttpServer server;
    private volatile int pages;
    private volatile int deathAt = Integer.MAX_VALUE;
    private final AtomicBoolean forgotten = new AtomicBoolean();
    private final Map<Integer, CountDownLatch> pageAsked = new ConcurrentHashMap<>();
    private volatile boolean holdsBack;
    private volatile boolean tokenLast;

    @BeforeEach
    void start() throws IOException {
        threads = Executors.newFixedThreadPool(8);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        bodies.put("/version", "{\"gitVersion\":\"v1.35.0-eks-1\"}");
        bodies.put("/apis", "{\"groups\":[{\"name\":\"apps\"}]}");
        bodies.put("/readyz", "ok");
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(exchange.getRequestMethod() + " " + path);
        int code = codes.getOrDefault(
                path, path.contains("/customresourcedefinitions/") && !bodies.containsKey(path) ? 404 : 200);
        if (code < 0) {
            // The connection breaks after the headers, as when a server dies while it answers.
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.close();
            return;
        }
        String query = exchange.getRequestURI().getQuery();
        if (path.equals("/api/v1/pods") && pages > 0) {
            page(exchange, query);
            return;
        }
        String text = code == 200 ? bodies.getOrDefault(path, EMPTY) : "{\"message\":\"planted\"}";
        if (path.endsWith("/log")) {
            logQueries.add(query);
            text = text.substring(0, Math.min(text.length(), limit(query)));
        }
        byte[] binary = protobuf.get(path);
        boolean wanted = binary != null
                && exchange.getRequestHeaders().getFirst("Accept").startsWith("application/vnd.kubernetes.protobuf");
        byte[] body = wanted ? binary : text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set("Content-Type", wanted ? "application/vnd.kubernetes.protobuf" : "application/json");
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** The API server ends a log after so many bytes. */
    private static int limit(String query) {
        return Integer.parseInt(query.replaceFirst(".*limitBytes=(\\d+).*", "$1"));
    }

    /** One of many pages; the server forgets once where the reader was. */
    private void page(HttpExchange exchange, String query) throws IOException {
        int number = query.contains("continue=") ? Integer.parseInt(query.replaceFirst(".*continue=", "")) : 0;
        if (number >= deathAt) {
            // Nobody listens from now on; what is under way breaks off.
            server.stop(0);
            exchange.close();
            return;
        }
        pageAsked.computeIfAbsent(number, n -> new CountDownLatch(1)).countDown();
        boolean gone = number == 3 && !forgotten.getAndSet(true);
        boolean last = number + 1 == pages;
        String metadata = "\"metadata\":{\"continue\":\"" + (last ? "" : String.valueOf(number + 1)) + "\"}";
        StringBuilder json =
                new StringBuilder("{").append(tokenLast ? "" : metadata + ",").append("\"items\":[");
        for (int i = 0; i < 500; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"metadata\":{\"name\":\"p-")
                    .append(number * 500 + i)
                    .append("\",\"namespace\":\"n\"}}");
        }
        json.append(tokenLast ? "]," + metadata + "}" : "]}");
        byte[] body = (gone ? "{\"message\":\"expired\"}" : json.toString()).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(gone ? 410 : 200, body.length);
        int head = holdsBack && !gone && !last ? body.length / 2 : body.length;
        exchange.getResponseBody().write(body, 0, head);
        if (head < body.length) {
            exchange.getResponseBody().flush();
            await(pageAsked.computeIfAbsent(number + 1, n -> new CountDownLatch(1)));
            exchange.getResponseBody().write(body, head, body.length - head);
        }
        exchange.close();
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IOException("the next page was not asked for");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private Path kubeconfig() {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        try {
            return Files.writeString(
                    dir.resolve("config"),
                    "apiVersion: v1\nkind: Config\ncurrent-context: c\nclusters:\n- {name: c, cluster: {server: \""
                            + url
                            + "\"}}\ncontexts:\n- {name: c, context: {cluster: c, user: u}}\nusers:\n- {name: u, user: {}}\n");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private ClusterSnapshot read() {
        return VERIFIER.snapshotKubeconfig(kubeconfig(), Expectations.ofAnyBackend());
    }

    @Test
    void an_empty_cluster_is_known_to_be_empty() {
        ClusterSnapshot snapshot = read();

        assertThat(snapshot.core().nodes()).isEqualTo(Fact.of(List.of()));
        assertThat(snapshot.stack().crds()).isEqualTo(Fact.of(List.of()));
        assertThat(snapshot.stack().shards()).isEqualTo(Fact.of(List.of()));
        assertThat(snapshot.access().notReady()).isEqualTo(Fact.of(List.of()));
        assertThat(asked).noneMatch(a -> a.contains("schedulingshards") && !a.contains("customresource"));
    }

    @Test
    void what_holds_for_everything_that_is_asked_is_said_in_the_same_words() {
        for (String path : Set.of("/api/v1/nodes", "/api/v1/pods", "/version")) {
            codes.put(path, 401);
        }
        ClusterSnapshot refused = read();
        Path kubeconfig = kubeconfig();
        server.stop(0);
        ClusterSnapshot silent = VERIFIER.snapshotKubeconfig(kubeconfig, Expectations.ofAnyBackend());

        assertThat(Stream.<Object>of(
                                refused.core().nodes(),
                                refused.core().pods(),
                                refused.server().version())
                        .distinct())
                .containsExactly(Fact.unknown(
                        "401: the API server does not accept the credential, which may have expired",
                        "Log in to the cluster again, or create its kubeconfig again."));
        assertThat(Stream.of(
                                silent.core().nodes(),
                                silent.core().pods(),
                                silent.server().version(),
                                silent.stack().crds(),
                                silent.server().tlsVerified())
                        .map(fact -> ((Fact.Unknown<?>) fact).reason())
                        .distinct())
                .singleElement()
                .asString()
                .matches("no answer from http://127.0.0.1:\\d+/?: the connection is refused");
        assertThat(VERIFIER.verify(silent).findings(Status.UNKNOWN))
                .filteredOn(f -> f.observed().startsWith("no answer"))
                .hasSizeGreaterThan(50)
                .allSatisfy(f -> assertThat(f.next()).contains("VPN"));
    }

    @Test
    void a_huge_list_is_read_whole_and_once_though_the_server_forgets_where_the_reader_was() {
        pages = 40;

        ClusterSnapshot snapshot = read();

        assertThat(forgotten).isTrue();
        assertThat(snapshot.core().pods().known().orElseThrow()).hasSize(20_000).doesNotHaveDuplicates();
    }

    @Test
    void the_next_page_is_asked_for_while_this_one_is_still_on_its_way() {
        pages = 4;
        holdsBack = true;

        assertThat(read().core().pods().known().orElseThrow()).hasSize(2_000);
    }

    @Test
    void pages_that_tell_the_token_at_their_end_are_read_too() {
        pages = 4;
        tokenLast = true;

        assertThat(read().core().pods().known().orElseThrow()).hasSize(2_000);
    }

    @Test
    void nodes_and_pods_are_read_in_protobuf_where_the_server_writes_it() {
        protobuf.put(
                "/api/v1/pods",
                Protobuf.list(
                        "",
                        new Message()
                                .message(1, new Message().string(1, "p").string(3, "n"))
                                .message(2, new Message().string(10, "node-1"))));
        List<PodFacts> pods = read().core().pods().known().orElseThrow();

        assertThat(pods).singleElement().satisfies(pod -> {
            assertThat(pod.name()).isEqualTo("p");
            assertThat(pod.node()).isEqualTo("node-1");
        });
    }

    @Test
    void why_a_list_is_refused_is_told_in_protobuf_too() {
        codes.put("/api/v1/pods", 403);
        protobuf.put("/api/v1/pods", Protobuf.envelope(new Message().string(3, "planted in protobuf")));
        Fact<List<PodFacts>> pods = read().core().pods();

        assertThat(pods)
                .isInstanceOfSatisfying(
                        Fact.Unknown.class,
                        unknown -> assertThat(unknown.reason()).isEqualTo("403 on /api/v1/pods: planted in protobuf"));
    }

    @Test
    void of_protobuf_that_is_malformed_nothing_is_taken_for_whole() {
        byte[] page = Protobuf.list("", new Message().message(1, new Message().string(1, "p")));
        page[page.length - 8] = 120;
        protobuf.put("/api/v1/pods", page);
        Fact<List<PodFacts>> pods = read().core().pods();

        assertThat(pods.known()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "<html>a login page</html>"})
    void an_answer_that_is_no_list_is_not_an_empty_one(String body) {
        bodies.put("/api/v1/nodes", body);
        bodies.put("/apis/storage.k8s.io/v1/storageclasses", body);
        ClusterSnapshot snapshot = read();

        assertThat(snapshot.core().nodes().known()).isEmpty();
        assertThat(snapshot.storage().storageClasses().known()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 410, 429, 500, -1})
    void one_list_that_fails_costs_only_what_is_read_from_it(int code) {
        codes.put("/apis/node.k8s.io/v1/runtimeclasses", code);

        ClusterSnapshot snapshot = read();

        assertThat(snapshot.stack().runtimeClasses()).isInstanceOf(Fact.Unknown.class);
        assertThat(snapshot.stack().webhooks()).isInstanceOf(Fact.Known.class);
        assertThat(snapshot.core().nodes()).isInstanceOf(Fact.Known.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 410, 429, 500, -1})
    void whatever_fails_no_check_passes_on_it_and_nothing_throws(int code) {
        read();
        asked.forEach(a -> codes.put(a.substring(a.indexOf(' ') + 1), code));

        Report report = VERIFIER.verify(read());

        assertThat(report.findings(Status.PASS)).extracting(Finding::check).isSubsetOf("kai.queue-name-length");
        assertThat(report.findings()).noneMatch(f -> f.observed().contains("defective"));
    }

    @Test
    void of_a_server_that_dies_midway_nothing_is_taken_for_whole() {
        pages = 40;
        deathAt = 7;

        ClusterSnapshot snapshot = read();
        Report report = VERIFIER.verify(snapshot);

        assertThat(snapshot.core().pods()).isInstanceOf(Fact.Unknown.class);
        assertThat(report.findings())
                .filteredOn(f -> f.check().equals("pool.isolation-from-operator"))
                .extracting(Finding::status)
                .containsExactly(Status.UNKNOWN);
        assertThat(report.findings()).noneMatch(f -> f.observed().contains("defective"));
    }

    @Test
    void what_is_asked_for_is_what_the_printed_rights_allow_and_nothing_else() {
        bodies.put(
                "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/schedulingshards.kai.scheduler",
                "{\"metadata\":{\"name\":\"schedulingshards.kai.scheduler\"},\"spec\":{\"versions\":[{\"name\":\"v1\","
                        + "\"served\":true}]}}");
        operator();
        read();
        String rights = BackendVerifier.requiredRbac();
        Set<String> resources = asked.stream()
                .filter(a -> a.contains("/api"))
                .filter(a -> a.chars().filter(c -> c == '/').count() > 2)
                .map(a -> a.replaceAll("/(customresourcedefinitions)/.*", "/$1"))
                .map(a -> a.endsWith("/log") ? "pods/log" : a.replaceFirst(".*/", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(resources).contains("nodes", "schedulingshards", "selfsubjectaccessreviews", "pods/log");
        assertThat(resources).allSatisfy(r -> assertThat(rights).contains("\"" + r + "\""));
        assertThat(asked.stream().filter(a -> a.startsWith("POST")).map(a -> a.replaceFirst(".*/", "")))
                .containsOnly("selfsubjectaccessreviews", "subjectaccessreviews");
    }

    @Test
    void the_printed_rights_are_one_cluster_role_and_a_role_in_each_namespace() {
        assertThat(BackendVerifier.requiredRbac(Expectations.ofAnyBackend().withNamespaces("ops", "work")))
                .contains("kind: ClusterRole\n")
                .contains("namespace: ops\n")
                .contains("namespace: work\n")
                .contains("namespace: kai-scheduler\n")
                .contains("namespace: gpu-operator\n")
                .contains("{apiGroups: [\"\"], resources: [\"secrets\"], verbs: [\"list\"]}")
                .contains("{apiGroups: [\"\"], resources: [\"pods/log\"], verbs: [\"get\"]}")
                .doesNotContain("\"*\"");
        String clusterRole = BackendVerifier.requiredRbac().split("---\n", -1)[0];
        assertThat(clusterRole)
                .doesNotContain("secrets")
                .doesNotContain("pods/log")
                .doesNotContain("delete")
                .doesNotContain("update");
    }

    @Test
    void the_printed_rights_say_how_to_bind_each_of_them() {
        String rights = BackendVerifier.requiredRbac();

        assertThat(rights)
                .contains(
                        "#   kubectl create clusterrolebinding osmo-backend-verify --clusterrole=osmo-backend-verify ");
        rights.lines()
                .filter(line -> line.startsWith("  namespace: "))
                .map(line -> line.substring("  namespace: ".length()))
                .forEach(namespace -> assertThat(rights)
                        .contains("#   kubectl create rolebinding osmo-backend-verify --role=osmo-backend-verify"
                                + " --user=NAME -n " + namespace + "\n"));
    }

    @Test
    void in_a_namespace_that_does_not_exist_is_nothing_though_nobody_may_look() {
        bodies.put("/api/v1/namespaces", "{\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"osmo-operator\"}}]}");
        codes.put("/api/v1/namespaces/osmo-operator/resourcequotas", 403);
        codes.put("/api/v1/namespaces/gpu-operator/resourcequotas", 403);
        codes.put("/api/v1/namespaces/osmo-workflows/persistentvolumeclaims", 403);

        assertThat(read().tenancy().quotas()).isEqualTo(Fact.of(List.of()));
        assertThat(read().tenancy().claims()).isEqualTo(Fact.of(List.of()));

        codes.put("/api/v1/namespaces/osmo-operator/persistentvolumeclaims", 403);
        assertThat(read().tenancy().claims()).as("it exists").isInstanceOf(Fact.Unknown.class);

        codes.put("/api/v1/namespaces", 403);
        assertThat(read().tenancy().quotas()).as("it may exist").isInstanceOf(Fact.Unknown.class);
    }

    @Test
    void objects_that_lack_everything_or_hold_nonsense_are_read_without_harm() {
        String nonsense =
                "{\"kind\":\"List\",\"metadata\":null,\"items\":[{},{\"metadata\":null,\"spec\":null,\"status\":null},"
                        + "{\"metadata\":{\"name\":\"x\",\"namespace\":\"osmo-operator\",\"labels\":null},\"spec\":{\"template\":{\"spec\":"
                        + "{\"containers\":[{\"image\":\"r/backend-worker\",\"args\":[\"--host\",null],\"env\":null,\"resources\":"
                        + "{\"limits\":{\"memory\":\"much\"}}}]}},\"egress\":[{}],\"versions\":3},\"status\":{\"allocatable\":"
                        + "{\"cpu\":\"lots\",\"memory\":null},\"containerStatuses\":[{\"lastState\":{\"terminated\":{\"finishedAt\":"
                        + "\"yesterday\",\"exitCode\":\"one\"}}}]}}]}";
        read();
        asked.stream()
                .map(a -> a.substring(a.indexOf(' ') + 1))
                .filter(p -> p.startsWith("/api") && !p.equals("/apis"))
                .forEach(p -> bodies.put(p, nonsense));

        ClusterSnapshot snapshot = read();
        Report report = VERIFIER.verify(snapshot);

        assertThat(snapshot.core().pods()).isInstanceOf(Fact.Known.class);
        assertThat(report.findings()).noneMatch(f -> f.observed().contains("defective"));
        assertThat(ClusterSnapshot.fromJson(snapshot.toJson())).isEqualTo(snapshot);
    }

    @Test
    void no_flag_or_variable_beyond_those_that_checks_know_is_kept() {
        bodies.put(
                "/apis/apps/v1/deployments",
                "{\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"d\",\"namespace\":\"osmo-operator\"},\"spec\":{\"template\":"
                        + "{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"r/backend-worker:6.4.0\",\"args\":[\"--host\","
                        + "\"https://me:pa55@osmo.example.com\",\"--login_method=token\",\"--password\",\"hunter2\",\"--proxy\","
                        + "\"http://u:p4ss@proxy\"],\"env\":[{\"name\":\"API_TOKEN\",\"value\":\"s3cret\"},{\"name\":\"AWS_SECRET_ACCESS_KEY\",\"value\":\"s3cret\"},{\"name\":\"OK\","
                        + "\"value\":\"v4lue\"},{\"name\":\"REF_TOKEN\",\"valueFrom\":{}}]}]}}}}]}");

        String json = read().toJson();

        assertThat(json)
                .contains(
                        "https://osmo.example.com",
                        "\"loginmethod\":\"token\"",
                        "API_TOKEN",
                        "AWS_SECRET_ACCESS_KEY",
                        "--password")
                .doesNotContain("hunter2", "p4ss", "pa55", "s3cret", "v4lue", "REF_TOKEN");
        assertThat(asked.stream().filter(a -> a.contains("/subjectaccessreviews")))
                .as("questions about the worker's service account")
                .hasSize(1);
    }

    @Test
    void of_an_image_that_is_not_pulled_the_reason_is_kept_and_of_volumes_the_secrets_that_must_be_there() {
        bodies.put(
                "/apis/apps/v1/deployments",
                "{\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"d\",\"namespace\":\"osmo-operator\"},\"spec\":{\"template\":"
                        + "{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"r/backend-worker:6.4.0\"}],\"volumes\":["
                        + "{\"name\":\"osmo-secret\",\"secret\":{\"secretName\":\"agent-token\",\"items\":[{\"key\":\"token\","
                        + "\"path\":\"token.txt\"}]}},{\"name\":\"maybe\",\"secret\":{\"secretName\":\"x\",\"optional\":true}},"
                        + "{\"name\":\"tmp\",\"emptyDir\":{}}]}}}}]}");
        bodies.put(
                "/api/v1/pods",
                "{\"metadata\":{},\"items\":["
                        + pod(
                                "osmo-operator",
                                "d-1",
                                "Pending",
                                "[{\"name\":\"c\",\"state\":{\"waiting\":{\"reason\":\"ErrImagePull\",\"message\":"
                                        + "\"https://r/layer?signature=s3cret: 403 Forbidden\"}}},"
                                        + "{\"name\":\"b\",\"state\":{\"waiting\":{\"reason\":\"CreateContainerError\","
                                        + "\"message\":\"pa55\"}}}]")
                        + "]}");

        ClusterSnapshot snapshot = read();

        assertThat(snapshot.toJson()).doesNotContain("s3cret", "pa55");
        assertThat(snapshot.core().pods().known().orElseThrow().get(0).containers())
                .extracting(ContainerFacts::pullRefusal)
                .containsExactly(Fact.of("https://r/layer?… 403 Forbidden"), Fact.of(""));
        assertThat(snapshot.core()
                        .deployments()
                        .known()
                        .orElseThrow()
                        .get(0)
                        .template()
                        .orElseThrow()
                        .secrets())
                .isEqualTo(Fact.of(
                        List.of(new TemplateFacts.SecretVolume("osmo-secret", "agent-token", List.of("token")))));
        assertThat(ClusterSnapshot.fromJson(snapshot.toJson())).isEqualTo(snapshot);
    }

    /** As the deployment controller reports an upgrade whose new pod does not become ready: the old one stays. */
    @ParameterizedTest
    @CsvSource({"1, 1, true", "2, 1, false", "1, 0, false", "0, 0, true"})
    void pods_of_an_earlier_form_are_told_from_those_of_the_newest(int pods, int updated, boolean current) {
        bodies.put(
                "/apis/apps/v1/deployments",
                "{\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"d\",\"namespace\":\"osmo-operator\",\"generation\":2},"
                        + "\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"r/backend-worker:6.4.0\"}]}}},"
                        + "\"status\":{\"observedGeneration\":2,\"readyReplicas\":1,\"replicas\":" + pods
                        + ",\"updatedReplicas\":"
                        + updated + "}}]}");

        assertThat(read().core()
                        .deployments()
                        .known()
                        .orElseThrow()
                        .get(0)
                        .template()
                        .orElseThrow()
                        .current())
                .isEqualTo(current);
    }

    @ParameterizedTest
    @CsvSource({
        "nvcr.io, $oauthtoken, true",
        "nvcr.io, somebody, false",
        "ghcr.io, somebody, true",
        "https://nvcr.io/v2/, $oauthtoken, true"
    })
    void nvidias_registry_knows_one_user(String registry, String user, boolean usable) {
        String pair = Base64.getEncoder().encodeToString((user + ":pa55").getBytes(StandardCharsets.UTF_8));
        for (String entry :
                List.of("{\"username\":\"" + user + "\",\"password\":\"pa55\"}", "{\"auth\":\"" + pair + "\"}")) {
            String config = "{\"auths\":{\"" + registry + "\":" + entry + "}}";
            bodies.put(
                    "/api/v1/namespaces/osmo-operator/secrets",
                    "{\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"s\",\"namespace\":\"osmo-operator\"},\"type\":"
                            + "\"kubernetes.io/dockerconfigjson\",\"data\":{\".dockerconfigjson\":\""
                            + Base64.getEncoder().encodeToString(config.getBytes(StandardCharsets.UTF_8)) + "\"}}]}");

            assertThat(read().core()
                            .secrets()
                            .known()
                            .orElseThrow()
                            .get(0)
                            .registries()
                            .orElseThrow()
                            .values())
                    .containsExactly(usable);
        }
    }

    /** Each operator of a cluster has workflows in a namespace of its own. */
    @Test
    void rights_of_an_operator_are_asked_for_where_its_workflows_run() {
        bodies.put(
                "/apis/apps/v1/deployments",
                "{\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"d\",\"namespace\":\"other\"},\"spec\":{\"template\":"
                        + "{\"spec\":{\"serviceAccountName\":\"w\",\"containers\":[{\"name\":\"c\",\"image\":\"r/backend-worker:6.4.0\","
                        + "\"args\":[\"--namespace\",\"other-workflows\",\"--node_condition_prefix\",\"\"]}]}}}}]}");
        bodies.put("/apis/authorization.k8s.io/v1/subjectaccessreviews", "{\"status\":{\"allowed\":true}}");

        assertThat(read().access().operator().known().orElseThrow())
                .contains(new PermissionFacts(
                        "system:serviceaccount:other:w", "create", "", "pods", "other-workflows", true))
                .noneMatch(p -> p.namespace().equals("osmo-workflows"));
    }

    private static final String LOGS = "/api/v1/namespaces/osmo-operator/pods/";
    private static final String LISTENER_LOG = LOGS + "osmo-listener-5d-a/log";
    private static final String WORKER_LOG = LOGS + "osmo-worker-7f-b/log";

    /** OSMO's operator, and beside it pods of which no log is asked for. */
    private void operator() {
        bodies.put(
                "/apis/apps/v1/deployments",
                "{\"metadata\":{},\"items\":[" + deployment("osmo-listener", "backend-listener") + ","
                        + deployment("osmo-worker", "backend-worker") + "," + deployment("other", "other") + "]}");
        String running = "[{\"name\":\"main\",\"state\":{\"running\":{}}}]";
        bodies.put(
                "/api/v1/pods",
                "{\"metadata\":{},\"items\":["
                        + pod("osmo-operator", "osmo-listener-5d-a", "Running", running) + ","
                        + pod(
                                "osmo-operator",
                                "osmo-worker-7f-b",
                                "Running",
                                "[{\"name\":\"main\",\"state\":{\"waiting\":{\"reason\":\"CrashLoopBackOff\"}},\"lastState\":"
                                        + "{\"terminated\":{\"exitCode\":1,\"finishedAt\":\"2026-11-24T00:00:00Z\"}}},"
                                        + "{\"name\":\"beside\",\"state\":{\"waiting\":{\"reason\":\"ImagePullBackOff\"}}}]")
                        + ","
                        + pod("osmo-operator", "osmo-worker-7f-old", "Failed", running) + ","
                        + pod("osmo-operator", "other-1", "Running", running) + ","
                        + pod("elsewhere", "osmo-worker-7f-c", "Running", running) + "]}");
        bodies.put(LISTENER_LOG, "started\n");
        bodies.put(WORKER_LOG, "started\n");
    }

    private static String deployment(String name, String image) {
        return "{\"metadata\":{\"name\":\"" + name
                + "\",\"namespace\":\"osmo-operator\"},\"spec\":{\"template\":{\"spec\":"
                + "{\"containers\":[{\"name\":\"main\",\"image\":\"r/" + image + ":6.4.0\"}]}}}}";
    }

    private static String pod(String namespace, String name, String phase, String statuses) {
        return "{\"metadata\":{\"name\":\"" + name + "\",\"namespace\":\"" + namespace + "\"},\"status\":{\"phase\":\""
                + phase + "\",\"containerStatuses\":" + statuses + "}}";
    }

    private static Finding logScan(ClusterSnapshot snapshot) {
        return VERIFIER.verify(snapshot).findings().stream()
                .filter(f -> f.check().equals("operator.log-scan"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void of_the_operators_logs_only_known_phrases_are_kept() {
        operator();
        bodies.put(
                WORKER_LOG,
                "token=s3cret\nERROR Backend x is already being used by a different cluster, pa55\n"
                        + "CRD not found on backend, skipping sync\n");

        ClusterSnapshot snapshot = read();

        assertThat(asked.stream().filter(a -> a.endsWith("/log")))
                .containsExactlyInAnyOrder("GET " + LISTENER_LOG, "GET " + WORKER_LOG);
        assertThat(logQueries).containsExactly("container=main&tailLines=200&limitBytes=1048576");
        assertThat(snapshot.stack().operatorLogs())
                .isEqualTo(Fact.of(java.util.List.of(
                        new LogFacts("osmo-operator", "osmo-listener-5d-a", "main", Fact.of(List.of())),
                        new LogFacts(
                                "osmo-operator",
                                "osmo-worker-7f-b",
                                "main",
                                Fact.of(java.util.List.of(LogPhrase.NAME_TAKEN, LogPhrase.KAI_MISSING))))));
        assertThat(ClusterSnapshot.fromJson(snapshot.toJson())).isEqualTo(snapshot);
        assertThat(snapshot.toJson() + VERIFIER.verify(snapshot).toJson()).doesNotContain("s3cret", "pa55", "skipping");
        assertThat(logScan(snapshot).status()).isEqualTo(Status.WARN);
        assertThat(logScan(snapshot).observed())
                .contains("'already being used by a different cluster' and 'CRD not found on backend'");
        assertThat(logScan(snapshot).next()).contains("global.backendName").contains("Install KAI");
        assertThat(logScan(snapshot).resources()).containsExactly("pod/osmo-operator/osmo-worker-7f-b");
    }

    @Test
    void logs_without_a_known_phrase_pass() {
        operator();

        assertThat(logScan(read()).status()).isEqualTo(Status.PASS);
    }

    @Test
    void no_log_is_asked_for_where_no_operator_is_installed() {
        operator();
        bodies.remove("/apis/apps/v1/deployments");

        ClusterSnapshot snapshot = read();

        assertThat(asked).noneMatch(a -> a.endsWith("/log"));
        assertThat(snapshot.stack().operatorLogs()).isEqualTo(Fact.of(List.of()));
        assertThat(logScan(snapshot).status()).isEqualTo(Status.SKIPPED);
        assertThat(logScan(snapshot).observed()).isEqualTo("OSMO's operator is not installed yet");
    }

    @Test
    void a_log_that_may_not_be_read_is_unknown_with_the_rule_that_mends_it() {
        operator();
        codes.put(WORKER_LOG, 403);

        ClusterSnapshot snapshot = read();

        assertThat(ClusterSnapshot.fromJson(snapshot.toJson())).isEqualTo(snapshot);
        assertThat(logScan(snapshot).status()).isEqualTo(Status.UNKNOWN);
        assertThat(logScan(snapshot).observed()).contains("403");
        assertThat(logScan(snapshot).next())
                .contains("Role in namespace osmo-operator")
                .contains("{apiGroups: [\"\"], resources: [\"pods/log\"], verbs: [\"get\"]}");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 500, -1})
    void a_log_that_could_not_be_read_never_passes(int code) {
        operator();
        codes.put(WORKER_LOG, code);

        assertThat(logScan(read()).status()).isEqualTo(Status.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unable to retrieve container logs for containerd://b91ca08d",
                "failed to try resolving symlinks in path \"/var/log/pods/0.log\": no such file or directory"
            })
    void what_a_kubelet_says_in_place_of_a_log_is_no_log(String text) {
        operator();
        bodies.put(WORKER_LOG, text);

        assertThat(logScan(read()).status()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void what_one_log_tells_is_told_though_another_could_not_be_read() {
        operator();
        codes.put(LISTENER_LOG, 403);
        bodies.put(WORKER_LOG, "Unable to refresh login token (status code 401)\n");

        assertThat(logScan(read()).status()).isEqualTo(Status.WARN);
    }

    @Test
    void of_a_huge_log_that_was_cut_off_only_what_was_found_is_known() {
        operator();
        String line = "x".repeat(64 << 10) + "\n";
        bodies.put(WORKER_LOG, line.repeat(200) + "does not exist!\n");

        Finding unseen = logScan(read());
        bodies.put(WORKER_LOG, "does not exist!\n" + line.repeat(200));
        Finding seen = logScan(read());

        assertThat(unseen.status()).isEqualTo(Status.UNKNOWN);
        assertThat(unseen.observed()).contains("longer than 1 MiB");
        assertThat(seen.status()).isEqualTo(Status.WARN);
    }

    @Test
    void of_many_containers_of_the_operator_each_log_is_read_once() {
        operator();
        StringBuilder statuses = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            statuses.append(i == 0 ? "" : ",")
                    .append("{\"name\":\"c-")
                    .append(i)
                    .append("\"}");
        }
        bodies.put(
                "/api/v1/pods",
                "{\"metadata\":{},\"items\":["
                        + pod("osmo-operator", "osmo-worker-7f-b", "Running", "[" + statuses + "]") + "]}");

        assertThat(read().stack().operatorLogs().known().orElseThrow())
                .hasSize(30)
                .extracting(LogFacts::container)
                .doesNotHaveDuplicates();
        assertThat(logQueries).hasSize(30);
    }
}
