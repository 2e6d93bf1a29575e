// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the state of a pod means. */
public final class Pods {
    /** What a process takes to end that heeds SIGTERM. */
    private static final Duration ENDS = Duration.ofSeconds(5);

    private Pods() {}

    /** Whether it answers requests. */
    public static boolean isReady(JsonNode pod) {
        for (JsonNode condition : pod.at("/status/conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    /** Whether its containers have ended for good. */
    public static boolean isFinished(JsonNode pod) {
        return pod.at("/status/phase").asText().matches("Succeeded|Failed");
    }

    public static boolean isEnding(JsonNode pod) {
        return pod.at("/metadata/deletionTimestamp").isTextual();
    }

    /** When a terminating pod ends; empty if it is not terminating. */
    public static Optional<Instant> gone(JsonNode pod) {
        if (!isEnding(pod)) {
            return Optional.empty();
        }
        Duration grace = Duration.ofSeconds(
                pod.at("/metadata/deletionGracePeriodSeconds").asLong(30));
        Instant asked =
                Instant.parse(pod.at("/metadata/deletionTimestamp").asText()).minus(grace);
        return Optional.of(asked.plus(grace.compareTo(ENDS) < 0 ? grace : ENDS));
    }

    /** Whether it belongs to its node, so that nothing moves it. */
    public static boolean isOfDaemonSet(JsonNode pod) {
        for (JsonNode owner : pod.at("/metadata/ownerReferences")) {
            if (owner.path("kind").asText().equals("DaemonSet")) {
                return true;
            }
        }
        return false;
    }

    /** Name of the node that a pod is bound to; empty text when there is none. */
    public static String node(JsonNode pod) {
        return pod.at("/spec/nodeName").asText("");
    }
}
