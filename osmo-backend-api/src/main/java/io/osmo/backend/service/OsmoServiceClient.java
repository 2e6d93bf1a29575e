// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.error.DeadlineExceededException;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.OperationCancelledException;
import io.osmo.backend.error.OsmoServiceError;
import io.osmo.backend.error.OsmoServiceException;
import io.osmo.backend.internal.service.ServiceJson;
import io.osmo.backend.internal.service.ServiceSession;
import io.osmo.backend.internal.service.ServiceTransport;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Secret;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.values.OsmoValues;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A client for an OSMO service: reads what the service knows about backends and pools, and runs workflows. Each call blocks until the
 * service has answered, for at most the {@linkplain OsmoServiceClientBuilder#deadline deadline}, and throws {@link OsmoServiceException}
 * with a remedy if the service refuses the call or cannot be reached. The client logs in automatically. Safe for concurrent use.
 *
 * <p>A backend's token, which has the role {@code osmo-backend}, can read backends and pools. Nodes, roles and workflows need a user's
 * token.
 */
public final class OsmoServiceClient implements AutoCloseable {
    private static final Duration POLL = Duration.ofSeconds(5);
    private static final int LOG_LINES = 1_000;

    private final URI url;
    private final ServiceSession session;
    private final Scheduler scheduler;
    private final boolean ownsScheduler;
    private final Optional<OsmoValues> declared;

    OsmoServiceClient(OsmoServiceClientBuilder builder, URI url, Scheduler scheduler, boolean ownsScheduler) {
        this.url = url;
        this.scheduler = scheduler;
        this.ownsScheduler = ownsScheduler;
        this.declared = builder.declared();
        this.session = new ServiceSession(
                new ServiceTransport(url, builder.trust(), builder.deadline()), builder.token(), scheduler::now);
    }

    public static OsmoServiceClientBuilder builder() {
        return new OsmoServiceClientBuilder();
    }

    /**
     * A builder with the URL and the token of a spec, and with the values that the service needs for this backend.
     *
     * @throws InvalidSpecException if the spec has no {@code osmo} section
     */
    public static OsmoServiceClientBuilder builder(BackendSpec spec) {
        return OsmoServiceClientBuilder.of(spec);
    }

    public URI url() {
        return url;
    }

    /** The release of the service. Needs no token. */
    public ServiceVersion version() {
        JsonNode answer = session.open("/api/version");
        ServiceVersion version = ServiceJson.version(answer);
        if (version.major().isEmpty() || version.minor().isEmpty()) {
            throw new OsmoServiceException(
                    OsmoServiceError.UNEXPECTED_ANSWER,
                    "GET /api/version",
                    200,
                    "an answer without a version",
                    "Make sure that " + url + " is the OSMO service.",
                    null);
        }
        return version;
    }

    /**
     * Logs in with the client's token, to check that the service accepts it.
     *
     * @return when the session expires, as stated by the service; later calls renew it
     * @throws OsmoServiceException {@code LOGIN_REFUSED} if the service does not accept the token
     */
    public Instant logIn() {
        return session.logIn();
    }

    /**
     * Logs in with another token, to check that the service accepts it. Later calls still use the client's own token.
     *
     * @return when that session expires, as stated by the service
     * @throws OsmoServiceException {@code LOGIN_REFUSED} if the service does not accept the token
     */
    public Instant logIn(Secret other) {
        return session.logIn(other);
    }

    public List<ServiceBackend> backends() {
        return ServiceJson.backends(session.get("/api/configs/backend"));
    }

    /** The backend of this name; empty if the service does not know it. */
    public Optional<ServiceBackend> backend(String name) {
        return ifFound(() -> ServiceJson.backend(session.get("/api/configs/backend/" + encoded(name))));
    }

    /**
     * Deletes a backend from the service. This also releases the binding of its name to a cluster. A service that reads its backends from
     * a configuration file refuses the call: there, only a change of the file releases a name.
     *
     * @throws OsmoServiceException {@code DECLARED_BY_FILE} if the service reads its configuration from a file. The remedy quotes this
     *     backend's part of that file if the client knows {@linkplain OsmoServiceClientBuilder#declared its values}
     */
    public void deleteBackend(String name) {
        change("DELETE", "/api/configs/backend/" + encoded(name), node().put("force", false));
    }

    /** All pools, in the order of the service. */
    public List<ServicePool> pools() {
        return ServiceJson.pools(session.get("/api/pool?all_pools=true"));
    }

    public Optional<ServicePool> pool(String name) {
        return pools().stream().filter(pool -> pool.name().equals(name)).findFirst();
    }

    /** The GPU usage of all pools. */
    public List<GpuUsage> gpus() {
        return ServiceJson.gpus(session.get("/api/pool_quota?all_pools=true"));
    }

    /**
     * The nodes that the service assigns to a pool.
     *
     * @throws OsmoServiceException {@code DENIED} with a backend's token, which cannot read nodes
     */
    public List<ServiceNode> nodes(String pool) {
        return ServiceJson.nodes(session.get("/api/resources?pools=" + encoded(pool)));
    }

    /**
     * All roles of the service.
     *
     * @throws OsmoServiceException {@code DENIED} with a backend's token, which cannot read roles
     */
    public List<ServiceRole> roles() {
        return ServiceJson.roles(session.get("/api/configs/role"));
    }

    /**
     * Submits a workflow.
     *
     * @param workflow in OSMO's YAML
     * @return the name of the workflow, to which the service has appended a number
     * @throws OsmoServiceException {@code REFUSED} if the workflow is not valid or the pool has no capacity for it
     */
    public String submit(String pool, String workflow) {
        return ServiceJson.text(submit(pool, workflow, ""), "name");
    }

    /**
     * Validates a workflow without running it.
     *
     * @param workflow in OSMO's YAML
     * @throws OsmoServiceException {@code REFUSED} if the workflow is not valid or the pool has no capacity for it
     */
    public void validate(String pool, String workflow) {
        submit(pool, workflow, "?validation_only=true");
    }

    private JsonNode submit(String pool, String workflow, String query) {
        ObjectNode body = node().put("file", workflow);
        body.putArray("set_variables");
        return change("POST", "/api/pool/" + encoded(pool) + "/workflow" + query, body);
    }

    /** The workflow of this name; empty if the service does not know it. */
    public Optional<ServiceWorkflow> workflow(String name) {
        return ifFound(() -> ServiceJson.workflow(session.get("/api/workflow/" + encoded(name))));
    }

    /** The last 1,000 lines that the tasks of a workflow have logged. */
    public String logs(String workflow) {
        return session.text("/api/workflow/" + encoded(workflow) + "/logs?last_n_lines=" + LOG_LINES);
    }

    /** The events of a workflow's pods, one per line. */
    public String events(String workflow) {
        return session.text("/api/workflow/" + encoded(workflow) + "/events");
    }

    /**
     * Blocks until a workflow has finished, whether it succeeded or failed.
     *
     * @throws DeadlineExceededException if it has not finished within {@code atMost}
     * @throws OsmoServiceException {@code NOT_FOUND} if there is no such workflow
     */
    public ServiceWorkflow await(String workflow, Duration atMost) {
        Instant until = scheduler.now().plus(atMost);
        while (true) {
            ServiceWorkflow now = workflow(workflow)
                    .orElseThrow(() -> new OsmoServiceException(
                            OsmoServiceError.NOT_FOUND,
                            "GET /api/workflow/" + workflow,
                            0,
                            "the service knows no workflow " + workflow,
                            "Submit it again.",
                            null));
            if (now.finished()) {
                return now;
            }
            if (!scheduler.now().plus(POLL).isBefore(until)) {
                throw new DeadlineExceededException(
                        "the workflow " + workflow + " did not end", atMost, now.status(), List.of(), null);
            }
            pause(POLL, "GET /api/workflow/" + workflow);
        }
    }

    /**
     * Runs a small workflow and waits for its end, to check that a pool runs work.
     *
     * @param platform platform of the pool; empty for its default platform
     * @return the output of the workflow
     * @throws OsmoServiceException {@code REFUSED} if the pool does not accept the workflow or if the workflow fails. The exception has
     *     the reasons, events and logs that the service provides
     * @throws DeadlineExceededException if the workflow has not finished within its {@linkplain SmokeWorkflow#patience time limit}
     */
    public String run(SmokeWorkflow workflow, String pool, Optional<String> platform) {
        String name = submit(pool, workflow.yaml(platform));
        ServiceWorkflow end = await(name, workflow.patience());
        if (end.completed()) {
            return logs(name);
        }
        throw new OsmoServiceException(
                OsmoServiceError.REFUSED,
                "workflow " + name,
                0,
                "ended as " + end.status() + " in pool " + pool
                        + end.failures().stream().map(reason -> "\n" + reason).collect(Collectors.joining())
                        + told("Events", () -> events(name))
                        + told("Logs", () -> logs(name)),
                "Correct what the events name; osmo workflow query " + name + " shows more.",
                null);
    }

    /** Details of a failed workflow. A failure to read them must not hide the failure of the workflow. */
    private static String told(String what, Supplier<String> reading) {
        String text;
        try {
            text = reading.get().strip();
        } catch (OsmoServiceException e) {
            text = String.valueOf(e.getMessage());
        }
        return text.isEmpty() ? "" : "\n" + what + ":\n" + text;
    }

    /**
     * Blocks until the service has received another heartbeat of a backend. Operators send one every 20 seconds.
     *
     * @param earlier the heartbeat that was read before
     * @return the new heartbeat; empty if there was none within {@code atMost}, or if the service no longer knows the backend
     */
    public Optional<Instant> heartbeatAfter(String backend, Instant earlier, Duration atMost) {
        Instant until = scheduler.now().plus(atMost);
        while (true) {
            Optional<Instant> later = backend(backend)
                    .flatMap(ServiceBackend::lastHeartbeat)
                    .filter(heartbeat -> heartbeat.isAfter(earlier));
            Duration left = Duration.between(scheduler.now(), until);
            if (later.isPresent() || left.isZero() || left.isNegative()) {
                return later;
            }
            pause(left.compareTo(POLL) < 0 ? left : POLL, "GET /api/configs/backend/" + backend);
        }
    }

    private void pause(Duration time, String operation) {
        CompletableFuture<Boolean> over = new CompletableFuture<>();
        Scheduler.Cancellable timer = scheduler.after(time, () -> over.complete(true));
        try {
            scheduler.await(over, time.plus(POLL));
        } catch (TimeoutException e) {
            throw new IllegalStateException("a scheduler that forgets its tasks", e);
        } catch (InterruptedException e) {
            timer.cancel();
            Thread.currentThread().interrupt();
            throw new OperationCancelledException(operation + " was interrupted", List.of());
        }
    }

    private JsonNode change(String method, String path, JsonNode body) {
        try {
            return session.send(method, path, body);
        } catch (OsmoServiceException e) {
            if (e.error() != OsmoServiceError.DECLARED_BY_FILE || declared.isEmpty()) {
                throw e;
            }
            throw new OsmoServiceException(
                    e.error(),
                    e.operation(),
                    e.status(),
                    "the service takes its configuration from a file",
                    "Change the values of its chart instead and upgrade it. This backend has in them:\n"
                            + declared.get().serviceYaml(),
                    e);
        }
    }

    private static <T> Optional<T> ifFound(Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (OsmoServiceException e) {
            if (e.error() == OsmoServiceError.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return "OsmoServiceClient[" + url + "]";
    }

    /** Stops the client's threads. A scheduler that was passed to the builder is not closed. */
    @Override
    public void close() {
        if (ownsScheduler) {
            scheduler.close();
        }
    }
}
