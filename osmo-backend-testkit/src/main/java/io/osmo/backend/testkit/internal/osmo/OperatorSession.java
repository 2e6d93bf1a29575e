// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.osmo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The operator's side of its connections: logs in, opens one for each kind of report and one for jobs, and reports as long as it runs.
 * Connects again whenever it is asked for and not connected, as the operator does every few seconds.
 *
 * @see <a href="https://github.com/NVIDIA/OSMO/blob/main/src/operator/backend_listener.py">listener</a>
 * @see <a href="https://github.com/NVIDIA/OSMO/blob/main/src/operator/backend_worker.py">worker</a>
 */
public final class OperatorSession {
    private static final Duration BEAT = Duration.ofSeconds(20);
    private static final List<String> REPORTS = List.of("pod", "node", "event", "heartbeat");

    private final ServiceCore core;
    private final OperatorHost host;
    private final Map<String, AgentConnection> connections = new LinkedHashMap<>();
    private @Nullable OperatorFacts connected;
    private Instant lastBeat = Instant.MIN;
    private Optional<String> refusal = Optional.empty();

    OperatorSession(ServiceCore core, OperatorHost host) {
        this.core = core;
        this.host = host;
    }

    boolean connected() {
        return connected != null;
    }

    /** Why the last connection broke or was not made. */
    Optional<String> refusal() {
        return refusal;
    }

    /** Does what the operator has done by now. */
    void catchUp(Instant now, Duration ahead, boolean beats) {
        Optional<OperatorFacts> running = host.operator();
        OperatorFacts before = connected;
        if (running.isEmpty()) {
            disconnect();
            return;
        }
        OperatorFacts operator = running.get();
        if (before == null || !before.isSameConnection(operator)) {
            disconnect();
            connect(operator);
        }
        if (connected != null) {
            attempt(() -> report(operator, now, ahead, beats));
        }
    }

    private void disconnect() {
        connections.clear();
        connected = null;
        lastBeat = Instant.MIN;
    }

    private void connect(OperatorFacts operator) {
        attempt(() -> {
            String jwt = core.tokens().logIn(operator.token()).jwt();
            for (String channel : REPORTS) {
                open("listener/" + channel, channel, jwt, operator);
            }
            open("listener/control", "control", jwt, operator);
            if (operator.worker()) {
                open("worker", "worker", jwt, operator);
            }
            connected = operator;
            refusal = Optional.empty();
        });
    }

    /** A connection that breaks ends all: the operator reconnects each, and none gets further. */
    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (ServiceRefusal broken) {
            disconnect();
            refusal = Optional.of(broken.body());
            core.log("- " + broken.body());
        }
    }

    private void open(String path, String channel, String jwt, OperatorFacts operator) {
        core.gateway().require("GET", "/api/agent/" + path + "/backend/" + operator.backend(), Optional.of(jwt));
        AgentConnection connection = new AgentConnection(core.backends(), channel, operator.backend());
        connections.put(channel, connection);
        connection
                .accepted()
                .forEach(frame -> core.log(channel + " < " + frame.path("type").asText()));
        if (channel.equals("control")) {
            return;
        }
        send(
                channel,
                JsonNodeFactory.instance.objectNode().put("type", 20).put("text", "Successfully connected"),
                "logging");
        ObjectNode init = JsonNodeFactory.instance
                .objectNode()
                .put("k8s_uid", operator.uid())
                .put("k8s_namespace", operator.namespace())
                .put("version", operator.version())
                .put("node_condition_prefix", "osmo.nvidia.com/");
        send(channel, init, "init").forEach(this::work);
    }

    /** Does a job of the service and reports success, whether or not the cluster has what the job is for. */
    private void work(JsonNode job) {
        core.log("worker < " + job.path("job_type").asText());
        for (JsonNode queue : job.path("k8s_resources")) {
            if (!host.queue(queue)) {
                core.log("CRD not found on backend, skipping sync");
                break;
            }
        }
        send("worker", JsonNodeFactory.instance.objectNode().put("status", "SUCCESS"), "job_status");
    }

    private void report(OperatorFacts operator, Instant now, Duration ahead, boolean beats) {
        ArrayNode names = JsonNodeFactory.instance.arrayNode();
        for (JsonNode node : operator.nodes()) {
            ObjectNode resource = resource(node);
            names.add(resource.path("hostname"));
            if (!core.knows(operator.backend(), resource)) {
                send("node", resource, "resource");
            }
        }
        ObjectNode left = JsonNodeFactory.instance.objectNode();
        left.set("node_hashes", names);
        core.backends().row(operator.backend()).ifPresent(row -> {
            if (row.nodes.size() > names.size()) {
                send("node", left, "node_hash");
            }
        });
        if (beats && !now.isBefore(lastBeat.equals(Instant.MIN) ? Instant.MIN : lastBeat.plus(BEAT))) {
            lastBeat = lastBeat.equals(Instant.MIN)
                    ? now
                    : now.minusSeconds(Duration.between(lastBeat, now).toSeconds() % BEAT.toSeconds());
            String time = LocalDateTime.ofInstant(lastBeat.plus(ahead), ZoneOffset.UTC)
                    .toString();
            send("heartbeat", JsonNodeFactory.instance.objectNode().put("time", time), "heartbeat");
        }
    }

    private List<JsonNode> send(String channel, JsonNode body, String type) {
        return sendFrame(channel, AgentConnection.frame(type, body));
    }

    /** Sends any frame on an open connection. */
    List<JsonNode> sendFrame(String channel, JsonNode frame) {
        AgentConnection connection = connections.get(channel);
        if (connection == null) {
            throw new IllegalStateException("the operator has no connection " + channel);
        }
        core.log(channel + " > " + frame.path("type").asText());
        List<JsonNode> answers = connection.receive(frame);
        answers.stream()
                .filter(answer -> answer.has("type"))
                .forEach(
                        answer -> core.log(channel + " < " + answer.path("type").asText()));
        return answers;
    }

    /** Sends a frame that a test made; the connection may break. */
    void sendForeign(String channel, JsonNode frame) {
        attempt(() -> sendFrame(channel, frame));
    }

    /** What the listener reports about a node: whole CPUs, no labels of NFD, and {@code -} for a node without a hostname. */
    private static ObjectNode resource(JsonNode node) {
        boolean ready = Pools.elements(node.at("/status/conditions"))
                .anyMatch(condition -> condition.path("type").asText().equals("Ready")
                        && condition.path("status").asText().equals("True"));
        JsonNode labels = node.at("/metadata/labels");
        ObjectNode resource = JsonNodeFactory.instance
                .objectNode()
                .put("hostname", labels.path("kubernetes.io/hostname").asText("-"))
                .put("available", ready && !node.at("/spec/unschedulable").asBoolean());
        ArrayNode conditions = resource.putArray("conditions");
        Pools.elements(node.at("/status/conditions"))
                .filter(condition -> condition.path("status").asText().equals("True"))
                .forEach(condition -> conditions.add(condition.path("type")));
        ObjectNode allocatable = node.at("/status/allocatable").isObject()
                ? node.at("/status/allocatable").deepCopy()
                : JsonNodeFactory.instance.objectNode();
        allocatable.put("cpu", String.valueOf(cpus(allocatable.path("cpu").asText("0"))));
        resource.set("allocatable_fields", allocatable);
        ObjectNode told = resource.putObject("label_fields");
        labels.properties().stream()
                .filter(label -> !label.getKey().startsWith("feature.node.kubernetes.io"))
                .forEach(label -> told.set(label.getKey(), label.getValue()));
        resource.set(
                "taints",
                node.at("/spec/taints").isArray() ? node.at("/spec/taints") : JsonNodeFactory.instance.arrayNode());
        return resource;
    }

    private static long cpus(String quantity) {
        return quantity.endsWith("m")
                ? Long.parseLong(quantity.substring(0, quantity.length() - 1)) / 1_000
                : Long.parseLong(quantity);
    }
}
