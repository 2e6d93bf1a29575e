// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.osmo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The service's side of one WebSocket: any number of log frames, then who the operator is, then its reports, each of which is
 * acknowledged. There is no answer to who it is; a refusal is a connection that breaks.
 *
 * @see <a href="https://github.com/NVIDIA/OSMO/blob/main/src/service/agent/helpers.py">connections of the service</a>
 * @see <a href="https://github.com/NVIDIA/OSMO/blob/main/src/utils/backend_messages.py">frames</a>
 */
final class AgentConnection {
    /** Fields of each kind of frame; any other breaks the connection. */
    private static final Map<String, Set<String>> FIELDS = Map.ofEntries(
            Map.entry("init", Set.of("k8s_uid", "k8s_namespace", "version", "node_condition_prefix")),
            Map.entry("logging", Set.of("type", "text", "workflow_uuid")),
            Map.entry("heartbeat", Set.of("time")),
            Map.entry(
                    "resource",
                    Set.of(
                            "hostname",
                            "available",
                            "conditions",
                            "processed_fields",
                            "allocatable_fields",
                            "label_fields",
                            "taints")),
            Map.entry("resource_usage", Set.of("hostname", "usage_fields", "non_workflow_usage_fields")),
            Map.entry("delete_resource", Set.of("resource")),
            Map.entry("node_hash", Set.of("node_hashes")),
            Map.entry("task_list", Set.of("task_list")),
            Map.entry("pod_event", Set.of("pod_name", "reason", "timestamp", "message")),
            Map.entry("job_status", Set.of("status", "message")));

    /** Fields without a default. */
    private static final Map<String, Set<String>> REQUIRED = Map.of(
            "init",
            Set.of("k8s_uid", "k8s_namespace", "version", "node_condition_prefix"),
            "heartbeat",
            Set.of("time"),
            "resource",
            Set.of("hostname", "available", "allocatable_fields", "label_fields"));

    private final Backends backends;
    private final String channel;
    private final String backend;
    private boolean known;

    /** @param channel such as {@code node} or {@code worker} */
    AgentConnection(Backends backends, String channel, String backend) {
        this.backends = backends;
        this.channel = channel;
        this.backend = backend;
    }

    /** What the service sends as soon as it has accepted, before it looks at who connects. */
    List<JsonNode> accepted() {
        return switch (channel) {
            case "worker" -> List.of(JsonNodeFactory.instance.objectNode().put("type", "heartbeat"));
            case "control" -> {
                JsonNode rules = backends.get(backend).at("/node_conditions/rules");
                ObjectNode body = JsonNodeFactory.instance.objectNode();
                body.set("rules", rules);
                yield List.of(frame("node_conditions", body));
            }
            default -> List.of();
        };
    }

    /**
     * Takes a frame.
     *
     * @return what the service sends in answer
     * @throws ServiceRefusal if the connection breaks
     */
    List<JsonNode> receive(JsonNode frame) {
        String type = frame.path("type").asText();
        judge(type, frame);
        if (known) {
            take(type, frame.path("body"));
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.set("uuid", frame.path("uuid"));
            return channel.equals("worker") ? List.of() : List.of(frame("ack", body));
        }
        if (type.equals("logging")) {
            return List.of();
        }
        if (!type.equals("init")) {
            throw ServiceRefusal.internal("Unexpected message: " + type);
        }
        backends.register(backend, BackendRow.Init.of(frame.path("body")));
        known = true;
        return channel.equals("worker") ? List.of(queues()) : List.of();
    }

    private void judge(String type, JsonNode frame) {
        Set<String> allowed = FIELDS.get(type);
        Set<String> unknown = new TreeSet<>();
        names(frame)
                .filter(name -> !Set.of("type", "body", "uuid").contains(name))
                .forEach(unknown::add);
        if (allowed != null) {
            names(frame.path("body")).filter(name -> !allowed.contains(name)).forEach(unknown::add);
        }
        boolean complete = REQUIRED.getOrDefault(type, Set.of()).stream().allMatch(frame.path("body")::has);
        if (allowed == null || !unknown.isEmpty() || !complete) {
            throw ServiceRefusal.internal(
                    "Invalid message received from backend " + backend + ": " + type + " " + unknown);
        }
    }

    private static Stream<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey);
    }

    private void take(String type, JsonNode body) {
        BackendRow row = backends.row(backend).orElseThrow(() -> Backends.absent(backend));
        switch (type) {
            case "heartbeat" ->
                row.lastHeartbeat =
                        LocalDateTime.parse(body.path("time").asText()).toInstant(ZoneOffset.UTC);
            case "resource" -> row.nodes.put(body.path("hostname").asText(), body);
            case "delete_resource" -> row.nodes.remove(body.path("resource").asText());
            case "node_hash" -> {
                List<String> left = Pools.elements(body.path("node_hashes"))
                        .map(JsonNode::asText)
                        .toList();
                row.nodes.keySet().removeIf(name -> !left.contains(name));
            }
            default -> {
                // Taken and not kept.
            }
        }
    }

    /** The job that every connection causes: the queues of the backend's pools. */
    private JsonNode queues() {
        String namespace = backends.row(backend).orElseThrow().namespace;
        ObjectNode job = JsonNodeFactory.instance
                .objectNode()
                .put("super_type", "backend")
                .put("job_type", "BackendSynchronizeQueues")
                .put(
                        "job_id",
                        backend + "-modify-queues-" + UUID.nameUUIDFromBytes(backend.getBytes(StandardCharsets.UTF_8)))
                .put("backend", backend);
        var resources = job.putArray("k8s_resources");
        resources.add(queue("osmo-default-" + namespace, "", namespace));
        backends.values()
                .pools()
                .filter(pool -> backends.values()
                        .pool(pool)
                        .filter(declared -> declared.path("backend").asText().equals(backend))
                        .isPresent())
                .forEach(pool -> resources.add(
                        queue("osmo-pool-" + namespace + "-" + pool, "osmo-default-" + namespace, namespace)));
        return job;
    }

    private static ObjectNode queue(String name, String parent, String namespace) {
        ObjectNode queue = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "scheduling.run.ai/v2")
                .put("kind", "Queue");
        queue.putObject("metadata").put("name", name).putObject("labels").put("osmo.namespace", namespace);
        ObjectNode spec = queue.putObject("spec");
        if (!parent.isEmpty()) {
            spec.put("parentQueue", parent);
        }
        return queue;
    }

    static ObjectNode frame(String type, JsonNode body) {
        ObjectNode frame = JsonNodeFactory.instance.objectNode().put("type", type);
        frame.set("body", body);
        return frame.put(
                "uuid",
                UUID.nameUUIDFromBytes((type + body).getBytes(StandardCharsets.UTF_8))
                        .toString());
    }
}
