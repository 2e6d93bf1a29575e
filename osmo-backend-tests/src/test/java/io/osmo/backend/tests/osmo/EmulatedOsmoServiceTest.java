// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.osmo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.error.OsmoServiceError;
import io.osmo.backend.error.OsmoServiceException;
import io.osmo.backend.service.OsmoServiceClient;
import io.osmo.backend.service.ServiceBackend;
import io.osmo.backend.spec.Secret;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.osmo.EmulatedOperator;
import io.osmo.backend.testkit.osmo.EmulatedOsmoService;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The emulated service does what the real one does where that surprises: one test for each trap. */
class EmulatedOsmoServiceTest {
    private static final String TOKEN = "not-a-real-token-but-as-long-as-one-has-to-";
    private static final String OTHER = "another-token-that-is-not-real-but-is-long-_";
    private static final String ADMIN = "a".repeat(43);
    private static final LocalDate NEXT_YEAR = LocalDate.of(2027, 1, 1);

    private final VirtualTime time = VirtualTime.create();
    private EmulatedOsmoService service = EmulatedOsmoService.on(time);

    @AfterEach
    void close() {
        service.close();
    }

    /** A service of 6.4 with one backend, or one of 6.3 that keeps everything in its database. */
    private EmulatedOperator operator(boolean file) {
        service.close();
        service = file
                ? EmulatedOsmoService.on(time)
                : EmulatedOsmoService.builder(time).release("6.3.1").database().build();
        if (file) {
            service.declare(
                    backend(Map.of("k8s_namespace", "osmo-workflows", "router_address", "wss://osmo.example.com")));
            service.credential("train-west", TOKEN);
        } else {
            service.declare(Map.of(
                    "services",
                    Map.of("configs", Map.of("pools", Map.of("default", Map.of("backend", "train-west"))))));
            service.token(TOKEN, NEXT_YEAR, "osmo-backend");
        }
        service.token(ADMIN, NEXT_YEAR, "osmo-admin");
        return service.operator("train-west").version(file ? "6.4.0" : "6.3.1");
    }

    private static Map<String, Object> backend(Map<String, Object> declared) {
        return Map.of(
                "configuration",
                Map.of(
                        "backends",
                        Map.of("train-west", declared),
                        "pools",
                        Map.of("default", Map.of("backend", "train-west"))));
    }

    private OsmoServiceClient client(String token) {
        return OsmoServiceClient.builder()
                .url(service.url().toString())
                .token(Secret.of("osmo", () -> token))
                .scheduler(time)
                .build();
    }

    private ServiceBackend backend() {
        return client(TOKEN).backend("train-west").orElseThrow();
    }

    private boolean online() {
        return client(TOKEN).pool("default").orElseThrow().online();
    }

    private static OsmoServiceException failure(ThrowingCallable call) {
        return catchThrowableOfType(OsmoServiceException.class, call);
    }

    private static Map<String, Object> node(String name, Map<String, String> allocatable) {
        return Map.of(
                "metadata",
                Map.of("name", name, "labels", Map.of("kubernetes.io/hostname", name)),
                "status",
                Map.of("allocatable", allocatable, "conditions", List.of(Map.of("type", "Ready", "status", "True"))));
    }

    @Test
    void an_operator_connects_in_the_order_of_the_real_one() {
        operator(true).connect(TOKEN);

        assertThat(service.frames())
                .containsSequence("node > logging", "node > init", "event > logging", "event > init")
                .containsSequence("heartbeat > logging", "heartbeat > init", "control < node_conditions")
                .containsSequence(
                        "worker < heartbeat",
                        "worker > logging",
                        "worker > init",
                        "worker < BackendSynchronizeQueues",
                        "worker > job_status")
                .containsSequence("heartbeat > heartbeat", "heartbeat < ack")
                .doesNotContain("node < init", "heartbeat < init");
    }

    @Test
    void a_file_shows_a_backend_as_online_before_the_first_contact_and_its_pool_as_offline() {
        operator(true);

        assertThat(backend().online()).isTrue();
        assertThat(backend().bound()).isFalse();
        assertThat(online()).isFalse();
    }

    @Test
    void a_database_knows_no_backend_before_the_first_contact() {
        EmulatedOperator operator = operator(false);
        assertThat(client(TOKEN).backend("train-west")).isEmpty();

        operator.connect(TOKEN);

        assertThat(backend().routerAddress()).contains("wss://osmo.example.com");
        assertThat(online()).isTrue();
    }

    @ParameterizedTest(name = "declared by file: {0}")
    @ValueSource(booleans = {true, false})
    void another_release_of_the_operator_is_accepted_silently_and_cut_off_by_a_new_field(boolean file) {
        EmulatedOperator operator = operator(file).version("6.2.8").connect(TOKEN);
        assertThat(backend().version()).contains("6.2.8");
        assertThat(operator.connected()).isTrue();

        operator.send(
                "heartbeat",
                "{\"type\":\"heartbeat\",\"body\":{\"time\":\"2026-01-01T00:00:00\",\"load\":1},\"uuid\":\"u\"}");

        assertThat(service.frames()).anyMatch(frame -> frame.contains("Invalid message"));
    }

    @ParameterizedTest(name = "declared by file: {0}")
    @ValueSource(booleans = {true, false})
    void the_clock_of_the_node_decides_who_is_online(boolean file) {
        EmulatedOperator operator =
                operator(file).clock(Duration.ofSeconds(-150)).connect(TOKEN);
        assertThat(operator.connected()).isTrue();

        assertThat(online()).isFalse();
    }

    @ParameterizedTest(name = "declared by file: {0}")
    @ValueSource(booleans = {true, false})
    void heartbeats_that_stop_take_the_pool_offline_after_120_seconds(boolean file) {
        EmulatedOperator operator = operator(file).connect(TOKEN);
        assertThat(online()).isTrue();
        operator.heartbeats(false);
        time.advance(Duration.ofSeconds(120));
        assertThat(online()).isTrue();
        time.advance(Duration.ofSeconds(1));
        assertThat(online()).isFalse();
        assertThat(backend().online()).isFalse();
    }

    @Test
    void a_name_stays_bound_to_its_cluster() {
        EmulatedOperator first = operator(true).uid("one").connect(TOKEN);
        assertThat(first.connected()).isTrue();
        first.stop();

        EmulatedOperator second = service.operator("train-west").uid("two").connect(TOKEN);

        assertThat(second.connected()).isFalse();
        assertThat(second.refusal().orElseThrow()).contains("already being used by a different cluster");
        assertThat(failure(() -> client(ADMIN).deleteBackend("train-west")).error())
                .isEqualTo(OsmoServiceError.DECLARED_BY_FILE);
        assertThat(backend().clusterUid()).contains("one");
    }

    @Test
    void a_database_releases_a_name_by_deleting_the_backend() {
        EmulatedOperator first = operator(false).uid("one").connect(TOKEN);
        assertThat(first.connected()).isTrue();
        first.stop();
        assertThat(service.operator("train-west")
                        .uid("two")
                        .connect(TOKEN)
                        .refusal()
                        .orElseThrow())
                .contains("already being used by a different cluster");
        client(ADMIN).deleteBackend("train-west");

        assertThat(service.operator("train-west")
                        .uid("two")
                        .version("6.3.1")
                        .connect(TOKEN)
                        .connected())
                .isTrue();
    }

    /** Not even the token of the backend may change what the service has declared; the call needs a body. */
    @Test
    void only_an_administrator_deletes_a_backend_and_only_with_a_body() throws Exception {
        assertThat(operator(false).connect(TOKEN).connected()).isTrue();
        assertThat(failure(() -> client(TOKEN).deleteBackend("train-west")).error())
                .isEqualTo(OsmoServiceError.DENIED);

        assertThat(deletion(HttpRequest.BodyPublishers.noBody())).isEqualTo(422);
        assertThat(backend().clusterUid()).isPresent();
        assertThat(deletion(HttpRequest.BodyPublishers.ofString("{\"force\": false}")))
                .isEqualTo(200);
        assertThat(client(TOKEN).backend("train-west")).isEmpty();
    }

    private int deletion(HttpRequest.BodyPublisher body) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest logIn = HttpRequest.newBuilder(service.url().resolve("/api/auth/jwt/access_token"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"token\": \"" + ADMIN + "\"}"))
                .build();
        String session = new ObjectMapper()
                .readTree(http.send(logIn, HttpResponse.BodyHandlers.ofString()).body())
                .path("token")
                .asText();
        HttpRequest delete = HttpRequest.newBuilder(service.url().resolve("/api/configs/backend/train-west"))
                .header("Authorization", "Bearer " + session)
                .method("DELETE", body)
                .build();
        return http.send(delete, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Test
    void a_backend_with_workflows_is_not_deleted() {
        operator(false)
                .node(node("n", Map.of("cpu", "8", "memory", "30Gi", "ephemeral-storage", "90Gi")))
                .connect(TOKEN);
        service.token(OTHER.substring(0, 43), NEXT_YEAR, "osmo-user");
        client(OTHER.substring(0, 43))
                .submit("default", "workflow: {name: hello, tasks: [{name: say, image: alpine}]}");

        assertThat(failure(() -> client(ADMIN).deleteBackend("train-west")))
                .hasMessageContaining("Alive workflows: hello-1");
    }

    @Test
    void an_undeclared_name_is_refused_and_bound_all_the_same() {
        operator(true);
        EmulatedOperator stranger = service.operator("train-east").uid("east").connect(TOKEN);

        assertThat(stranger.connected()).isFalse();
        assertThat(stranger.refusal().orElseThrow()).contains("is not found");
        assertThat(client(TOKEN).backend("train-east")).isEmpty();
        service.declare(Map.of(
                "configuration", Map.of("backends", Map.of("train-east", Map.of("k8s_namespace", "osmo-workflows")))));
        assertThat(client(TOKEN).backend("train-east").orElseThrow().clusterUid())
                .contains("east");
    }

    @Test
    void a_namespace_that_differs_from_the_file_is_refused_by_6_4() {
        EmulatedOperator operator = operator(true).namespace("jobs").connect(TOKEN);

        assertThat(operator.connected()).isFalse();
        assertThat(operator.refusal().orElseThrow()).contains("Namespace mismatch");
    }

    @Test
    void a_backend_without_a_namespace_gets_that_of_the_service() {
        operator(true);
        service.declare(Map.of("configuration", Map.of("backends", Map.of("train-east", Map.of()))));
        service.credential("train-east", OTHER.substring(0, 43));

        EmulatedOperator operator = service.operator("train-east").connect(OTHER.substring(0, 43));

        assertThat(operator.refusal().orElseThrow()).contains("osmo-workflows instead of osmo");
    }

    @Test
    void a_token_is_refused_if_it_is_wrong_or_of_the_wrong_length_or_expired() {
        operator(true);
        service.token(ADMIN, LocalDate.of(2026, 1, 1), "osmo-admin");

        assertThat(failure(client("short")::logIn)).hasMessageContaining("invalid length 5");
        assertThat(failure(client(OTHER.substring(1))::logIn)).hasMessageContaining("Access Token is invalid");
        assertThat(failure(client(ADMIN)::logIn)).hasMessageContaining("Access Token has expired");
    }

    @Test
    void the_previous_token_of_a_secret_is_accepted_and_one_in_two_secrets_is_not() {
        operator(true);
        String next = OTHER.substring(1);
        service.credential("train-west", next, TOKEN);
        assertThat(client(TOKEN).logIn()).isAfter(time.now());
        assertThat(client(next).logIn()).isAfter(time.now());

        service.credential("train-east", next);

        assertThat(client(TOKEN).logIn()).isAfter(time.now());
        assertThat(failure(client(next)::logIn)).hasMessageContaining("Access Token is invalid");
        service.removeCredential("train-east");
        service.credential("train-west", next, next);
        assertThat(failure(client(next)::logIn)).hasMessageContaining("Access Token is invalid");
    }

    @ParameterizedTest(name = "declared by file: {0}")
    @ValueSource(booleans = {true, false})
    void without_a_worker_or_the_scheduler_there_are_no_queues_and_the_pool_is_online(boolean file) {
        EmulatedOperator operator = operator(file).worker(false).connect(TOKEN);
        assertThat(online()).isTrue();
        assertThat(operator.queues()).isEmpty();

        operator.worker(true).scheduler(false);
        assertThat(operator.queues()).isEmpty();
        assertThat(service.frames()).contains("CRD not found on backend, skipping sync");

        operator.scheduler(true).version("6.4.1");
        assertThat(operator.queues())
                .containsExactly("osmo-default-osmo-workflows", "osmo-pool-osmo-workflows-default");
    }

    @Test
    void a_node_that_no_platform_matches_is_not_listed_and_a_pool_without_nodes_refuses_tasks() {
        Map<String, Object> tainted = Map.of(
                "metadata",
                Map.of("labels", Map.of("kubernetes.io/hostname", "n")),
                "spec",
                Map.of("taints", List.of(Map.of("key", "team", "effect", "NoSchedule"))),
                "status",
                Map.of(
                        "allocatable",
                        Map.of("cpu", "8"),
                        "conditions",
                        List.of(Map.of("type", "Ready", "status", "True"))));
        operator(true).node(tainted).connect(TOKEN);
        service.declare(Map.of(
                "configuration",
                Map.of("pools", Map.of("default", Map.of("common_resource_validations", List.of("default_cpu"))))));
        service.token(OTHER.substring(1), NEXT_YEAR, "osmo-user");
        OsmoServiceClient user = client(OTHER.substring(1));

        assertThat(user.nodes("default")).isEmpty();
        assertThat(failure(() -> user.validate("default", "workflow: {name: a, tasks: [{name: b, image: c}]}")))
                .hasMessageContaining("There are no resources in platform default and pool default!");
    }

    @ParameterizedTest(name = "declared by file: {0}")
    @ValueSource(booleans = {true, false})
    void one_node_without_ephemeral_storage_fails_the_list_of_all(boolean file) {
        operator(file).node(node("n", Map.of("cpu", "8", "memory", "30Gi"))).connect(TOKEN);
        service.token(OTHER.substring(1), NEXT_YEAR, "osmo-user");

        assertThat(failure(() -> client(OTHER.substring(1)).nodes("default")).error())
                .isEqualTo(OsmoServiceError.FAILED);
        assertThat(failure(() -> client(TOKEN).gpus())).hasMessageContaining("ephemeral-storage");
    }

    @Test
    void a_file_without_a_router_address_leaves_it_empty_whatever_the_operator_registered() {
        operator(true).connect(TOKEN);
        service.declare(backend(Map.of("router_address", "")));

        assertThat(backend().routerAddress()).isEmpty();
    }

    @Test
    void there_is_no_6_4_with_a_database_and_no_6_3_with_secrets() {
        assertThatThrownBy(() -> EmulatedOsmoService.builder(time).database().build())
                .isInstanceOf(IllegalArgumentException.class);
        operator(false);
        assertThatThrownBy(() -> service.credential("train-west", TOKEN)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> service.declare(Map.of("configuration", Map.of())))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
