// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.osmo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.osmo.backend.error.DeadlineExceededException;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.OperationCancelledException;
import io.osmo.backend.error.OsmoServiceError;
import io.osmo.backend.error.OsmoServiceException;
import io.osmo.backend.service.OsmoServiceClient;
import io.osmo.backend.service.ServicePool;
import io.osmo.backend.service.ServiceWorkflow;
import io.osmo.backend.service.SmokeWorkflow;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Secret;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.osmo.EmulatedOsmoService;
import io.osmo.backend.testkit.osmo.WorkflowEnd;
import io.osmo.backend.values.OsmoValues;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against an emulated service: what is read, what is refused, and what is never sent or shown. */
class OsmoServiceClientTest {
    private static final String TOKEN = "not-a-real-token-but-as-long-as-one-has-to-";
    private static final String USER = "another-token-of-a-user-who-may-do-things-_";

    private final VirtualTime time = VirtualTime.create();
    private final EmulatedOsmoService service = EmulatedOsmoService.on(time);

    OsmoServiceClientTest() {
        service.declare(OsmoValues.of(spec()));
        service.credential("train-west", TOKEN);
        service.token(USER, LocalDate.of(2026, 6, 1), "osmo-user");
    }

    @AfterEach
    void close() {
        service.close();
    }

    private static BackendSpec spec() {
        return BackendSpec.builder("train-west")
                .on("aws", "us-west-2")
                .computePool("cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 20))
                .gpuPool("h100", p -> p.instanceType("p5.48xlarge").scale(0, 8))
                .osmo(o -> o.release("6.4.0")
                        .serviceUrl("https://osmo.example.com")
                        .token(() -> TOKEN))
                .build();
    }

    private OsmoServiceClient client(String token) {
        return OsmoServiceClient.builder()
                .url(service.url().toString())
                .token(Secret.of("osmo", () -> token))
                .scheduler(time)
                .build();
    }

    private OsmoServiceException failure(ThrowingCallable call) {
        return catchThrowableOfType(OsmoServiceException.class, call);
    }

    private static Map<String, Object> node(String name, String type, String gpus) {
        return Map.of(
                "metadata",
                Map.of(
                        "name",
                        name,
                        "labels",
                        Map.of("kubernetes.io/hostname", name, "node-type", type, "nvidia.com/gpu.present", "true")),
                "spec",
                type.equals("gpu")
                        ? Map.of(
                                "taints",
                                List.of(Map.of("key", "nvidia.com/gpu", "value", "present", "effect", "NoSchedule")))
                        : Map.of(),
                "status",
                Map.of(
                        "allocatable",
                        Map.of(
                                "cpu",
                                "7910m",
                                "memory",
                                "30Gi",
                                "ephemeral-storage",
                                "95551679124",
                                "nvidia.com/gpu",
                                gpus),
                        "conditions",
                        List.of(Map.of("type", "Ready", "status", "True"))));
    }

    @Test
    void a_backend_is_read_with_its_pool_its_nodes_and_its_gpus() {
        service.operator("train-west")
                .uid("uid-1")
                .node(node("cpu-1", "compute", "0"))
                .node(node("gpu-1", "gpu", "8"))
                .connect(TOKEN);
        try (OsmoServiceClient client = client(TOKEN);
                OsmoServiceClient user = client(USER)) {
            assertThat(client.version()).hasToString("6.4.0");
            assertThat(client.backends()).hasSize(1);
            assertThat(client.backend("train-west")).hasValueSatisfying(backend -> {
                assertThat(backend.clusterUid()).contains("uid-1");
                assertThat(backend.namespace()).contains("osmo-workflows");
                assertThat(backend.version()).contains("6.4.0");
                assertThat(backend.routerAddress()).contains("wss://osmo.example.com");
                assertThat(backend.lastHeartbeat()).contains(time.now());
                assertThat(backend.online()).isTrue();
            });
            assertThat(client.pools())
                    .containsExactly(new ServicePool(
                            "default", "ONLINE", "train-west", Optional.of("cpu"), List.of("cpu", "h100")));
            assertThat(client.gpus())
                    .singleElement()
                    .satisfies(pool -> assertThat(pool.capacity()).isEqualTo(8));
            assertThat(user.nodes("default"))
                    .extracting(node -> node.hostname() + " " + node.platforms() + " "
                            + node.allocatable().get("cpu"))
                    .containsExactly("cpu-1 {default=[cpu]} 7", "gpu-1 {default=[h100]} 7");
        }
    }

    @Test
    void what_is_absent_is_empty_whatever_its_status_code() {
        try (OsmoServiceClient client = client(TOKEN);
                OsmoServiceClient user = client(USER)) {
            assertThat(client.backend("train-east")).isEmpty();
            assertThat(client.pool("other")).isEmpty();
            assertThat(user.workflow("unknown-1")).isEmpty();
        }
    }

    @Test
    void the_session_is_used_again_and_renewed_before_it_ends() {
        try (OsmoServiceClient client = client(TOKEN)) {
            assertThat(client.logIn()).isEqualTo(time.now().plusSeconds(300));
            client.pools();
            client.pools();
            time.advance(Duration.ofSeconds(280));
            client.pools();
            service.endSessions();
            client.pools();

            assertThat(service.calls().stream().filter(call -> call.operation().startsWith("POST")))
                    .hasSize(3);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "too-short, Access token has invalid length 9",
        "another-token-of-a-user-whom-no-one-knows-_, Access Token is invalid",
    })
    void a_refused_login_is_told_as_that_although_it_is_a_400(String token, String said) {
        try (OsmoServiceClient client = client(token)) {
            OsmoServiceException refused = failure(client::logIn);

            assertThat(refused.error()).isEqualTo(OsmoServiceError.LOGIN_REFUSED);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused).hasMessageContaining(said);
            assertThat(refused.remedy()).contains("the same bytes");
        }
    }

    @Test
    void nodes_and_roles_are_denied_to_the_token_of_a_backend() {
        try (OsmoServiceClient client = client(TOKEN)) {
            assertThat(failure(() -> client.nodes("default")).error()).isEqualTo(OsmoServiceError.DENIED);
            assertThat(failure(client::roles).remedy()).contains("osmo-backend");
        }
    }

    @Test
    void a_change_of_what_a_file_declares_is_refused_with_what_the_file_says() {
        service.token("a".repeat(43), LocalDate.of(2026, 6, 1), "osmo-admin");
        try (OsmoServiceClient client = OsmoServiceClient.builder(spec())
                .url(service.url().toString())
                .token(Secret.of("admin", () -> "a".repeat(43)))
                .scheduler(time)
                .build()) {
            OsmoServiceException refused = failure(() -> client.deleteBackend("train-west"));

            assertThat(refused.error()).isEqualTo(OsmoServiceError.DECLARED_BY_FILE);
            assertThat(refused.remedy())
                    .contains("backends:\n    train-west:")
                    .contains("k8s_namespace: osmo-workflows");
            assertThat(refused.remedy()).doesNotContain(TOKEN);
        }
    }

    @Test
    void a_workflow_is_checked_submitted_and_followed_to_its_end() {
        service.operator("train-west").node(node("cpu-1", "compute", "0")).connect(TOKEN);
        service.workflows(name -> name.equals("hello")
                ? WorkflowEnd.completed("hello from osmo")
                : WorkflowEnd.failed("FAILED_IMAGE_PULL", "no such image", "Failed to pull image"));
        String hello = "workflow: {name: hello, tasks: [{name: say, image: 'alpine:3.20', command: [echo]}]}";
        try (OsmoServiceClient client = client(USER)) {
            client.validate("default", hello);
            String name = client.submit("default", hello);
            ServiceWorkflow end = client.await(name, Duration.ofMinutes(10));
            assertThat(end.completed()).isTrue();
            assertThat(client.logs(name)).isEqualTo("hello from osmo");

            String other = client.submit("default", hello.replace("name: hello", "name: other"));
            assertThat(client.await(other, Duration.ofMinutes(10)).failures()).containsExactly("group: no such image");
            assertThat(client.events(other)).isEqualTo("Failed to pull image");

            String waiting =
                    client.submit("default", hello.replace("tasks", "resources: {default: {platform: h100}}, tasks"));
            assertThatThrownBy(() -> client.await(waiting, Duration.ofMinutes(1)))
                    .isInstanceOf(DeadlineExceededException.class)
                    .hasMessageContaining("PENDING");
            assertThat(failure(() -> client.submit("default", "workflow: {}")).error())
                    .isEqualTo(OsmoServiceError.REFUSED);
        }
    }

    @Test
    void a_smoke_workflow_proves_that_a_pool_runs_work_or_tells_why_not() {
        service.operator("train-west")
                .node(node("cpu-1", "compute", "0"))
                .node(node("gpu-1", "gpu", "8"))
                .connect(TOKEN);
        service.workflows(name -> name.equals("smoke-hello")
                ? WorkflowEnd.completed("OSMO runs")
                : WorkflowEnd.failed("FAILED_IMAGE_PULL", "no such image", "Failed to pull image: 401"));
        try (OsmoServiceClient client = client(USER)) {
            assertThat(client.run(SmokeWorkflow.HELLO, "default", Optional.empty()))
                    .isEqualTo("OSMO runs");

            OsmoServiceException failed = failure(() -> client.run(SmokeWorkflow.GPU, "default", Optional.of("h100")));
            assertThat(failed)
                    .hasMessageContainingAll(
                            "ended as FAILED_IMAGE_PULL in pool default",
                            "group: no such image",
                            "Events:\nFailed to pull image: 401");
            assertThat(failure(() -> client.run(SmokeWorkflow.GPU, "default", Optional.of("a100"))))
                    .hasMessageContaining("Platform a100 does not exist");
        }
    }

    @Test
    void a_later_heartbeat_is_waited_for_in_the_time_of_the_scheduler() {
        var operator = service.operator("train-west").connect(TOKEN);
        try (OsmoServiceClient client = client(TOKEN)) {
            Instant first =
                    client.backend("train-west").orElseThrow().lastHeartbeat().orElseThrow();

            assertThat(client.heartbeatAfter("train-west", first, Duration.ofSeconds(30)))
                    .contains(first.plusSeconds(20));
            operator.heartbeats(false);
            assertThat(client.heartbeatAfter("train-west", first.plusSeconds(20), Duration.ofSeconds(30)))
                    .isEmpty();
            assertThat(time.now()).isEqualTo(first.plusSeconds(50));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "503, no healthy upstream, UNAVAILABLE",
        "502, <html>Bad Gateway</html>, UNAVAILABLE",
        "404, <html>nginx</html>, UNEXPECTED_ANSWER",
        "200, <html>Log in</html>, UNEXPECTED_ANSWER",
        "401, Jwt is missing, LOGIN_REFUSED",
        "403, access denied, DENIED",
    })
    void what_is_no_answer_of_the_service_is_told_in_plain_words(int status, String body, OsmoServiceError error) {
        service.faults().onCall("GET api/pool").refuse(status, "", body);
        try (OsmoServiceClient client = client(TOKEN)) {
            OsmoServiceException failure = failure(client::pools);

            assertThat(failure.error()).isEqualTo(error);
            assertThat(failure.remedy()).isNotEmpty();
            assertThat(failure).hasMessageNotContaining("<html>");
        }
    }

    /** A newer service says more; no answer has to be known in full. */
    @Test
    void fields_that_are_not_known_are_ignored() {
        String more = "\"added\": {\"later\": [1, null]}, ";
        service.faults()
                .onCall("GET api/version")
                .refuse(
                        200,
                        "",
                        "{" + more + "\"major\": \"6\", \"minor\": \"5\", \"revision\": \"0\", \"hash\": \"\"}");
        service.faults()
                .onCall("GET api/configs/backend/train-west")
                .refuse(200, "", "{" + more + "\"name\": \"train-west\", \"k8s_uid\": \"uid-1\", \"online\": true}");
        service.faults()
                .onCall("GET api/pool")
                .refuse(
                        200,
                        "",
                        "{" + more + "\"pools\": {\"default\": {" + more
                                + "\"name\": \"default\", \"status\": \"ONLINE\", \"backend\": \"train-west\"}}}");
        try (OsmoServiceClient client = client(TOKEN)) {
            assertThat(client.version()).hasToString("6.5.0");
            assertThat(client.backend("train-west").orElseThrow().clusterUid()).contains("uid-1");
            assertThat(client.pool("default").orElseThrow().online()).isTrue();
        }
    }

    @Test
    void an_interrupted_call_is_cancelled_like_any_other_operation() {
        try (OsmoServiceClient client = client(TOKEN)) {
            Thread.currentThread().interrupt();

            assertThatExceptionOfType(OperationCancelledException.class)
                    .isThrownBy(client::pools)
                    .withMessageContaining("was interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void a_redirect_elsewhere_gets_no_token() {
        try (EmulatedOsmoService other = EmulatedOsmoService.on(time);
                OsmoServiceClient client = client(TOKEN)) {
            service.faults().onCall("GET api/pool").refuse(302, "", other.url() + "/api/pool");

            OsmoServiceException failure = failure(client::pools);

            assertThat(failure).hasMessageContaining("redirected to " + other.url());
            assertThat(other.calls()).isEmpty();
        }
    }

    @Test
    void a_service_that_does_not_answer_is_given_up_at_the_deadline() {
        service.stall(true);
        try (OsmoServiceClient client = OsmoServiceClient.builder()
                .url(service.url().toString())
                .deadline(Duration.ofMillis(100))
                .build()) {
            assertThat(failure(client::version)).hasMessageContaining("no complete answer within 100 ms");
        }
    }

    @Test
    void an_answer_without_end_is_refused() {
        service.faults().onCall("GET api/version").refuse(200, "", "x".repeat(17 << 20));
        try (OsmoServiceClient client = client(TOKEN)) {
            assertThat(failure(client::version)).hasMessageContaining("more than");
        }
    }

    @Test
    void no_header_of_the_gateway_is_sent_and_the_token_only_to_log_in() {
        try (OsmoServiceClient client = client(TOKEN)) {
            client.version();
            client.pools();

            assertThat(service.calls()).allSatisfy(call -> {
                Map<?, ?> headers = call.request(Map.class);
                assertThat(headers.keySet()).noneMatch(name -> name.toString().startsWith("x-osmo"));
                assertThat(headers.values()).noneMatch(value -> value.toString().contains(TOKEN));
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 429, 500, 503})
    void a_token_that_an_answer_repeats_is_not_shown(int status) {
        service.faults()
                .onCall("POST api/auth/jwt/access_token")
                .refuse(status, "USER", "unknown token " + "x".repeat(970) + TOKEN);
        try (OsmoServiceClient client = client(TOKEN)) {
            assertThat(trace(failure(client::logIn))).contains("unknown token").doesNotContain(TOKEN.substring(0, 12));
            assertThat(client).hasToString("OsmoServiceClient[" + service.url() + "]");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 409, 500, 503})
    void a_session_that_an_answer_repeats_is_not_shown(int status) {
        try (OsmoServiceClient client = client(TOKEN)) {
            client.pools();
            String session = service.calls().stream()
                    .flatMap(call -> ((Map<?, ?>) call.request(Map.class)).values().stream())
                    .map(Object::toString)
                    .filter(header -> header.startsWith("Bearer "))
                    .map(header -> header.substring("Bearer ".length()))
                    .findFirst()
                    .orElseThrow();
            service.faults().onCall("GET api/pool").refuse(status, "USER", "no right for " + session);

            assertThat(trace(failure(client::pools))).contains("no right for").doesNotContain(session);
        }
    }

    private static String trace(Throwable failure) {
        ByteArrayOutputStream trace = new ByteArrayOutputStream();
        try (PrintWriter writer = new PrintWriter(trace, true, StandardCharsets.UTF_8)) {
            failure.printStackTrace(writer);
        }
        return trace.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://osmo.example.com",
                "https://osmo.example.com/api",
                "https://user:pass@osmo.example.com",
                "osmo.example.com",
                "",
            })
    void a_url_that_would_show_the_token_or_is_none_is_refused(String url) {
        assertThatThrownBy(() -> OsmoServiceClient.builder().url(url).build())
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageNotContaining("pass")
                .hasMessageContaining("https://host");
        assertThatThrownBy(() -> OsmoServiceClient.builder()
                        .url("https://osmo.example.com")
                        .trust("no PEM")
                        .build())
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("PEM");
    }
}
