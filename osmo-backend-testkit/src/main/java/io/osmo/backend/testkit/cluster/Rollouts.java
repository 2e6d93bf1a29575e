// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets Deployments become available a while after there is a node that their pods may run on. When nodes are replaced, pods
 * run on the new ones at once.
 */
final class Rollouts {
    private static final Duration DURATION = Duration.ofSeconds(20);

    private final Map<String, Rollout> rollouts = new HashMap<>();

    /** @param since when the pods of this generation found a node; null as long as there was none */
    private record Rollout(long generation, @Nullable Instant since) {}

    /** Writes the status that a Deployment has by now. */
    void settle(ObjectNode deployment, Collection<ObjectNode> nodes, Instant now) {
        long generation = deployment.at("/metadata/generation").asLong(1);
        boolean fits = nodes.stream().anyMatch(node -> fits(deployment.at("/spec/template/spec"), node));
        Rollout rollout = rollouts.compute(deployment.at("/metadata/uid").asText(), (uid, known) -> {
            boolean placed = known != null && known.generation() == generation && known.since() != null;
            return placed ? known : new Rollout(generation, fits ? now : null);
        });
        boolean ready =
                fits && rollout.since() != null && !now.isBefore(rollout.since().plus(DURATION));
        int replicas = deployment.at("/spec/replicas").asInt(1);
        int available = ready ? replicas : 0;
        ObjectNode status = deployment.putObject("status");
        status.put("observedGeneration", generation)
                .put("replicas", replicas)
                .put("updatedReplicas", replicas)
                .put("readyReplicas", available)
                .put("availableReplicas", available)
                .put("unavailableReplicas", replicas - available);
        status.putArray("conditions").addObject().put("type", "Available").put("status", ready ? "True" : "False");
    }

    static boolean fits(JsonNode pod, ObjectNode node) {
        for (Map.Entry<String, JsonNode> wanted : pod.path("nodeSelector").properties()) {
            if (!wanted.getValue().equals(node.at("/metadata/labels").path(wanted.getKey()))) {
                return false;
            }
        }
        for (JsonNode taint : node.at("/spec/taints")) {
            if (!taint.path("effect").asText().equals("PreferNoSchedule") && !tolerates(pod, taint)) {
                return false;
            }
        }
        return true;
    }

    private static boolean tolerates(JsonNode pod, JsonNode taint) {
        for (JsonNode toleration : pod.path("tolerations")) {
            String key = toleration.path("key").asText("");
            String effect = toleration.path("effect").asText("");
            boolean exists = toleration.path("operator").asText("Equal").equals("Exists");
            if ((key.isEmpty() && exists || key.equals(taint.path("key").asText()))
                    && (effect.isEmpty() || effect.equals(taint.path("effect").asText()))
                    && (exists
                            || toleration
                                    .path("value")
                                    .asText("")
                                    .equals(taint.path("value").asText("")))) {
                return true;
            }
        }
        return false;
    }
}
