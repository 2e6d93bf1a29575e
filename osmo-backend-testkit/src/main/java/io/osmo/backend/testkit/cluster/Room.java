// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.cluster.internal.Pods;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What the pods on each node take of its CPUs, its GPUs and its number of pods. */
final class Room {
    private final Map<String, Used> used = new HashMap<>();

    private record Used(int pods, long millis, long gpus) {
        static final Used NOTHING = new Used(0, 0, 0);

        Used plus(JsonNode spec) {
            long cpuMillis = millis;
            long allGpus = gpus;
            for (JsonNode container : spec.path("containers")) {
                cpuMillis += Room.millis(container.at("/resources/requests").path("cpu"));
                allGpus += container
                        .at("/resources/requests")
                        .path("nvidia.com/gpu")
                        .asLong(0);
            }
            return new Used(pods + 1, cpuMillis, allGpus);
        }
    }

    static Room beside(Collection<ObjectNode> pods) {
        Room room = new Room();
        pods.stream()
                .filter(pod -> !Pods.node(pod).isEmpty() && !Pods.isFinished(pod))
                .forEach(pod -> room.take(pod.path("spec"), Pods.node(pod)));
        return room;
    }

    boolean has(JsonNode spec, ObjectNode node) {
        Used then = used(node).plus(spec);
        JsonNode allocatable = node.at("/status/allocatable");
        return then.pods() <= allocatable.path("pods").asInt(110)
                && (allocatable.path("cpu").isMissingNode() || then.millis() <= millis(allocatable.path("cpu")))
                && then.gpus() <= allocatable.path("nvidia.com/gpu").asLong(0);
    }

    void take(JsonNode spec, String node) {
        used.merge(node, Used.NOTHING.plus(spec), (before, one) -> before.plus(spec));
    }

    int pods(ObjectNode node) {
        return used(node).pods();
    }

    private Used used(ObjectNode node) {
        return used.getOrDefault(node.at("/metadata/name").asText(), Used.NOTHING);
    }

    private static long millis(JsonNode quantity) {
        String text = quantity.asText("0");
        return text.endsWith("m")
                ? Long.parseLong(text.substring(0, text.length() - 1))
                : Math.round(Double.parseDouble(text) * 1000);
    }
}
