// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.osmo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.osmo.backend.testkit.osmo.WorkflowEnd;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Workflows: checked as the service does, run once their platform has a node, and ended as a test plans. */
final class Workflows {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Duration START = Duration.ofSeconds(20);
    private static final Duration RUN = Duration.ofSeconds(20);

    private final Pools pools;
    private final InstantSource clock;
    private final Map<String, Workflow> workflows = new LinkedHashMap<>();
    private Function<String, WorkflowEnd> plan = workflow -> WorkflowEnd.completed("");

    Workflows(Pools pools, InstantSource clock) {
        this.pools = pools;
        this.clock = clock;
    }

    private static final class Workflow {
        private final String name;
        private final String pool;
        private final List<String> platforms;
        private final WorkflowEnd end;
        private @Nullable Instant placed;

        private Workflow(String name, String pool, List<String> platforms, WorkflowEnd end) {
            this.name = name;
            this.pool = pool;
            this.platforms = platforms;
            this.end = end;
        }
    }

    void plan(Function<String, WorkflowEnd> ends) {
        plan = ends;
    }

    ObjectNode submit(String pool, JsonNode body, boolean validationOnly) {
        JsonNode declared = pools.require(pool);
        if (!body.path("file").isTextual()) {
            throw ServiceRefusal.invalid("file");
        }
        JsonNode workflow = parse(body.path("file").asText());
        String base = workflow.path("name").asText();
        List<String> platforms = platforms(workflow, declared);
        for (String platform : platforms) {
            if (!declared.path("platforms").has(platform)) {
                throw ServiceRefusal.of(
                        400, "RESOURCE", "Platform " + platform + " does not exist in pool " + pool + "!");
            }
            if (pools.comparesWithNodes(pool, platform) && !pools.hasNode(pool, platform)) {
                throw ServiceRefusal.of(
                        400, "RESOURCE", "There are no resources in platform " + platform + " and pool " + pool + "!");
            }
        }
        String name = base + "-" + (workflows.size() + 1);
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("name", name);
        answer.putArray("warnings");
        if (validationOnly) {
            return answer.put("logs", "Workflow validation succeeded.");
        }
        workflows.put(name, new Workflow(name, pool, platforms, plan.apply(base)));
        return answer.put("overview", "").put("logs", "/api/workflow/" + name + "/logs");
    }

    private static JsonNode parse(String file) {
        try {
            JsonNode workflow = YAML.readTree(file).path("workflow");
            if (workflow.path("name").asText().isEmpty()
                    || tasks(workflow).findAny().isEmpty()) {
                throw ServiceRefusal.of(400, "USAGE", "Workflow spec needs a name and at least one task");
            }
            tasks(workflow)
                    .filter(task -> !task.hasNonNull("image"))
                    .findFirst()
                    .ifPresent(task -> {
                        throw ServiceRefusal.of(
                                400, "USAGE", "Task " + task.path("name").asText() + " has no image");
                    });
            return workflow;
        } catch (JsonProcessingException e) {
            throw ServiceRefusal.of(400, "USAGE", "Workflow spec is no YAML");
        }
    }

    private static Stream<JsonNode> tasks(JsonNode workflow) {
        return Stream.concat(
                Pools.elements(workflow.path("tasks")),
                Pools.elements(workflow.path("groups")).flatMap(group -> Pools.elements(group.path("tasks"))));
    }

    private static List<String> platforms(JsonNode workflow, JsonNode pool) {
        return tasks(workflow)
                .map(task -> workflow.path("resources")
                        .path(task.path("resource").asText("default"))
                        .path("platform")
                        .asText(pool.path("default_platform").asText()))
                .distinct()
                .toList();
    }

    ObjectNode get(String name) {
        Workflow workflow = require(name);
        String status = status(workflow);
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("uuid", "uuid-of-" + name)
                .put("submitted_by", "emulated")
                .put("pool", workflow.pool)
                .put("status", status)
                .put("priority", "NORMAL");
        ArrayNode groups = answer.putArray("groups");
        if (status.startsWith("FAILED")) {
            groups.addObject()
                    .put("name", "group")
                    .put("status", status)
                    .put("failure_message", workflow.end.message())
                    .putArray("tasks");
        }
        return answer;
    }

    String logs(String name) {
        Workflow workflow = require(name);
        return isEnded(workflow) ? workflow.end.logs() : "";
    }

    String events(String name) {
        Workflow workflow = require(name);
        return isEnded(workflow) ? workflow.end.events() : "";
    }

    /** Workflows of a backend's pools that have not ended. */
    Stream<String> alive(String backend) {
        return new ArrayList<>(workflows.values())
                .stream()
                        .filter(workflow -> pools.require(workflow.pool)
                                .path("backend")
                                .asText()
                                .equals(backend))
                        .filter(workflow -> !isEnded(workflow))
                        .map(workflow -> workflow.name);
    }

    private Workflow require(String name) {
        return Optional.ofNullable(workflows.get(name))
                .orElseThrow(() -> ServiceRefusal.of(400, "DATABASE", "Workflow " + name + " is not found."));
    }

    private String status(Workflow workflow) {
        if (workflow.placed == null
                && workflow.platforms.stream().allMatch(platform -> pools.hasNode(workflow.pool, platform))) {
            workflow.placed = clock.instant();
        }
        Instant placed = workflow.placed;
        if (placed == null || clock.instant().isBefore(placed.plus(START))) {
            return "PENDING";
        }
        return clock.instant().isBefore(placed.plus(START).plus(RUN)) ? "RUNNING" : workflow.end.status();
    }

    private boolean isEnded(Workflow workflow) {
        return status(workflow).equals(workflow.end.status());
    }
}
