// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.kubernetes.internal.client.KubernetesCalls;
import io.osmo.backend.spi.provider.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why a workload is not ready, out of its pods and the events of its namespace, such as {@code listener: image pull failed: …}. Two list
 * calls, made only while something is waited for.
 */
final class WaitingReasons {
    private static final int LONGEST = 300;
    private static final int MOST_PODS = 200;

    private final KubernetesClient client;

    WaitingReasons(KubernetesClient client) {
        this.client = client;
    }

    /** Empty if neither pods nor events say more than the status of the workload. */
    Optional<String> of(ObjectState workload) {
        if (workload.live().isEmpty()) {
            return Optional.empty();
        }
        String namespace = workload.object().wanted().getMetadata().getNamespace();
        Map<String, String> selector = selector(workload);
        if (selector.isEmpty()) {
            return Optional.empty();
        }
        List<Pod> pods = KubernetesCalls.call(
                "list Pods of " + workload.object().title(),
                () -> client.pods()
                        .inNamespace(namespace)
                        .withLabels(selector)
                        .list(new io.fabric8.kubernetes.api.model.ListOptionsBuilder()
                                .withLimit((long) MOST_PODS)
                                .build())
                        .getItems());
        return pods.stream()
                .map(WaitingReasons::ofPod)
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> ofEvents(namespace, workload, pods))
                .map(reason -> PlainText.of(reason, LONGEST));
    }

    private static Map<String, String> selector(ObjectState workload) {
        Object labels = workload.live()
                .map(live -> live.getAdditionalProperties().get("spec"))
                .filter(Map.class::isInstance)
                .map(spec -> ((Map<?, ?>) spec).get("selector"))
                .filter(Map.class::isInstance)
                .map(selector -> (Object) ((Map<?, ?>) selector).get("matchLabels"))
                .orElse(Map.of());
        Map<String, String> selector = new java.util.TreeMap<>();
        if (labels instanceof Map<?, ?> map) {
            map.forEach((key, value) -> selector.put(String.valueOf(key), String.valueOf(value)));
        }
        return selector;
    }

    private static Optional<String> ofPod(Pod pod) {
        if (pod.getStatus() == null) {
            return Optional.empty();
        }
        List<ContainerStatus> containers = new ArrayList<>();
        containers.addAll(pod.getStatus().getInitContainerStatuses());
        containers.addAll(pod.getStatus().getContainerStatuses());
        return containers.stream()
                .flatMap(status -> ofContainer(status).stream())
                .findFirst()
                .or(() -> notPlaced(pod));
    }

    private static Optional<String> ofContainer(ContainerStatus status) {
        ContainerState state = status.getState();
        if (state == null) {
            return Optional.empty();
        }
        if (state.getWaiting() != null && state.getWaiting().getReason() != null) {
            String message =
                    Optional.ofNullable(state.getWaiting().getMessage()).orElse("");
            return switch (state.getWaiting().getReason()) {
                case "ImagePullBackOff", "ErrImagePull", "InvalidImageName", "ErrImageNeverPull" ->
                    Optional.of(status.getName() + ": image pull failed: " + status.getImage() + with(message));
                case "CrashLoopBackOff" ->
                    Optional.of(status.getName() + ": crashes again and again" + with(lastExit(status)));
                case "CreateContainerConfigError", "CreateContainerError", "RunContainerError" ->
                    Optional.of(status.getName() + ": cannot be started" + with(message));
                default -> Optional.empty();
            };
        }
        return state.getTerminated() != null
                        && !Integer.valueOf(0).equals(state.getTerminated().getExitCode())
                ? Optional.of(status.getName() + ": ended" + with(exit(state)))
                : Optional.empty();
    }

    private static String lastExit(ContainerStatus status) {
        return status.getLastState() == null ? "" : exit(status.getLastState());
    }

    private static String exit(ContainerState state) {
        return state.getTerminated() == null
                ? ""
                : "exit code " + state.getTerminated().getExitCode()
                        + with(Optional.ofNullable(state.getTerminated().getMessage())
                                .orElse(""));
    }

    private static Optional<String> notPlaced(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .filter(c -> "PodScheduled".equals(c.getType()) && "False".equals(c.getStatus()))
                .map(PodCondition::getMessage)
                .filter(message -> message != null && !message.isEmpty())
                .findFirst()
                .map(message -> "no node takes pod " + pod.getMetadata().getName() + ": " + message);
    }

    /** What controllers report in events, such as an exceeded quota, which means that there are no pods with a status. */
    private Optional<String> ofEvents(String namespace, ObjectState workload, List<Pod> pods) {
        String name = workload.object().wanted().getMetadata().getName();
        List<String> subjects = Stream.concat(
                        Stream.of(name),
                        pods.stream().map(pod -> pod.getMetadata().getName()))
                .toList();
        return KubernetesCalls.list(
                        "list Events in " + namespace,
                        () -> client.v1().events().inNamespace(namespace).list())
                .stream()
                .filter(event -> "Warning".equals(event.getType()) && isAbout(event, name, subjects))
                .reduce((older, newer) -> newer)
                .map(event -> event.getInvolvedObject().getKind() + " "
                        + event.getInvolvedObject().getName() + ": " + event.getMessage());
    }

    private static boolean isAbout(Event event, String workload, List<String> subjects) {
        if (event.getInvolvedObject() == null || event.getInvolvedObject().getName() == null) {
            return false;
        }
        String name = event.getInvolvedObject().getName();
        return subjects.contains(name)
                || "ReplicaSet".equals(event.getInvolvedObject().getKind()) && name.startsWith(workload + "-");
    }

    private static String with(String message) {
        return message.isEmpty() ? "" : ": " + message;
    }
}
