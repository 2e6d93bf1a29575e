// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.cluster.internal.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * As much of scheduler and kubelet as makes pods of clients end: a pod is placed on the first node that fits, and a while later
 * comes to the end that a test has planned. A pull that fails is tried again and again, with a growing back-off.
 */
final class PodLife {
    private static final Duration DURATION = Duration.ofSeconds(5);
    private static final Duration BACK_OFF = Duration.ofSeconds(12);

    private final Map<String, Instant> placed = new HashMap<>();

    /** Something to be recorded as an event of the cluster. */
    record Told(String reason, String message) {}

    /** Writes the status that a pod has by now; returns the event to record about it, if any. */
    Optional<Told> settle(
            ObjectNode pod, Collection<ObjectNode> nodes, Instant now, Function<PodRequest, PodEnd> behavior) {
        if (pod.at("/status/phase").asText().matches("Succeeded|Failed")) {
            return Optional.empty();
        }
        if (Pods.isEnding(pod)) {
            return Optional.empty();
        }
        Optional<String> node = nodes.stream()
                .filter(n -> isOn(pod, n) || Placement.takes(pod.path("spec"), n) && hasGpus(pod, n))
                .sorted(Comparator.comparing(n -> !isOn(pod, n)))
                .map(n -> n.at("/metadata/name").asText())
                .findFirst();
        ObjectNode status = pod.putObject("status");
        status.put("phase", "Pending");
        if (node.isEmpty()) {
            return unplaced(
                    status,
                    "0/" + nodes.size() + " nodes are available: " + nodes.size()
                            + " node(s) didn't match Pod's node affinity/selector or have untolerated taints or too little of"
                            + " a resource.");
        }
        PodRequest request = request(pod, node.get());
        PodEnd end = behavior.apply(request);
        if (end instanceof PodEnd.NoVolume volume) {
            unplaced(status, "running PreBind plugin \"VolumeBinding\": binding volumes: context deadline exceeded");
            return Optional.of(new Told("ProvisioningFailed", volume.reason()));
        }
        if (end instanceof PodEnd.NotPlaced refused) {
            return unplaced(status, refused.reason());
        }
        pod.withObject("/spec").put("nodeName", request.node());
        condition(status, "True", "");
        Instant since = placed.computeIfAbsent(pod.at("/metadata/uid").asText(), uid -> now);
        if (now.isBefore(since.plus(DURATION))) {
            container(status, request).putObject("state").putObject("waiting").put("reason", "ContainerCreating");
            return Optional.empty();
        }
        return ended(status, request, end, !now.isBefore(since.plus(BACK_OFF)));
    }

    private static Optional<Told> ended(ObjectNode status, PodRequest request, PodEnd end, boolean later) {
        ObjectNode container = container(status, request);
        ObjectNode state = container.putObject("state");
        if (end instanceof PodEnd.NotPulled refused) {
            String failed = "Failed to pull image \"" + request.image() + "\": " + refused.reason();
            state.putObject("waiting")
                    .put("reason", later ? "ImagePullBackOff" : "ErrImagePull")
                    .put("message", later ? "Back-off pulling image \"" + request.image() + "\"" : refused.reason());
            return Optional.of(new Told("Failed", failed));
        }
        container.put("imageID", request.image() + "@sha256:0");
        if (end instanceof PodEnd.Exited exited) {
            status.put("phase", exited.code() == 0 ? "Succeeded" : "Failed");
            state.putObject("terminated")
                    .put("exitCode", exited.code())
                    .put("reason", exited.code() == 0 ? "Completed" : "Error")
                    .put("message", exited.message());
        } else if (end instanceof PodEnd.NotStarted) {
            status.put("phase", "Failed");
            state.putObject("terminated")
                    .put("exitCode", 128)
                    .put("reason", "StartError")
                    .put("message", "exec: \"" + request.command() + "\": no such file or directory");
        } else {
            status.put("phase", "Running");
            state.putObject("running");
        }
        return Optional.empty();
    }

    private static Optional<Told> unplaced(ObjectNode status, String message) {
        condition(status, "False", message);
        return Optional.of(new Told("FailedScheduling", message));
    }

    private static void condition(ObjectNode status, String value, String message) {
        status.putArray("conditions")
                .addObject()
                .put("type", "PodScheduled")
                .put("status", value)
                .put("message", message);
    }

    private static ObjectNode container(ObjectNode status, PodRequest request) {
        return status.putArray("containerStatuses")
                .addObject()
                .put("name", request.container())
                .put("image", request.image())
                .put("imageID", "")
                .put("ready", false)
                .put("restartCount", 0);
    }

    private static boolean isOn(JsonNode pod, JsonNode node) {
        return Pods.node(pod).equals(node.at("/metadata/name").asText());
    }

    private static boolean hasGpus(JsonNode pod, JsonNode node) {
        int wanted = pod.at("/spec/containers/0/resources/limits")
                .path("nvidia.com/gpu")
                .asInt(0);
        return node.at("/status/allocatable").path("nvidia.com/gpu").asInt(0) >= wanted;
    }

    static PodRequest request(JsonNode pod, String node) {
        JsonNode container = pod.at("/spec/containers/0");
        List<String> command = new ArrayList<>();
        container.path("command").forEach(part -> command.add(part.asText()));
        Map<String, String> environment = new HashMap<>();
        container
                .path("env")
                .forEach(e ->
                        environment.put(e.path("name").asText(), e.path("value").asText()));
        return new PodRequest(
                pod.at("/metadata/namespace").asText(),
                pod.at("/metadata/name").asText(),
                container.path("name").asText(),
                node,
                container.path("image").asText(),
                command,
                environment);
    }
}
