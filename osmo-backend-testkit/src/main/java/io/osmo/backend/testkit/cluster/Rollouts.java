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

    /**
     * Writes the status that a Deployment has by now.
     *
     * @param pulled whether its images can be pulled
     */
    void settle(ObjectNode deployment, Collection<ObjectNode> nodes, Instant now, boolean pulled) {
        long generation = deployment.at("/metadata/generation").asLong(1);
        JsonNode pod = deployment.at("/spec/template/spec");
        boolean fits = nodes.stream().anyMatch(node -> Placement.fits(pod, node));
        // A cordoned node takes no new pods and keeps those that it has.
        boolean taken = nodes.stream().anyMatch(node -> Placement.takes(pod, node));
        Rollout rollout = rollouts.compute(deployment.at("/metadata/uid").asText(), (uid, known) -> {
            boolean placed = known != null && known.generation() == generation && known.since() != null;
            return placed ? known : new Rollout(generation, taken ? now : null);
        });
        boolean ready = pulled
                && fits
                && rollout.since() != null
                && !now.isBefore(rollout.since().plus(DURATION));
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
}
