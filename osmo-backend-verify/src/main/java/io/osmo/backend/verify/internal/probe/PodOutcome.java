// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.osmo.backend.verify.internal.rules.PullCause;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a probe's pod so far. Only the probe's own container counts, because the sidecar of a mesh may still run.
 *
 * @param node node that was found; empty as long as none was
 * @param heard whether the node's kubelet has reported anything about the pod
 * @param unplaced what the scheduler said, as long as none was
 * @param pulled whether the image is on the node
 * @param pullRefusal what the kubelet said of the last failed attempt to pull; empty when none failed
 * @param exit exit code of the container; empty until it has ended
 * @param said termination message of the container
 * @param reason why the pod failed, why its container waits or how it ended, such as {@code DeadlineExceeded}
 */
record PodOutcome(
        String node,
        boolean heard,
        String unplaced,
        boolean pulled,
        String pullRefusal,
        Optional<Integer> exit,
        String said,
        String reason) {
    static final PodOutcome NONE = new PodOutcome("", false, "", false, "", Optional.empty(), "", "");

    /** Reasons why a container waits before it runs. */
    private static final Set<String> NOT_MADE = Set.of(
            "ContainerCreating",
            "PodInitializing",
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError");

    private static final String NODE_LOST = "NodeLost";
    /** Reasons why a container waits although its image has been pulled. */
    private static final Set<String> START_FAILURES =
            Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError");

    static PodOutcome of(Pod pod) {
        Optional<PodCondition> scheduled = conditions(pod).stream()
                .filter(c -> c.getType().equals("PodScheduled"))
                .findFirst();
        String node = text(pod.getSpec().getNodeName());
        boolean placed = !node.isEmpty();
        String unplaced = placed
                ? ""
                : scheduled.map(PodCondition::getMessage).map(PodOutcome::text).orElse("");
        Optional<ContainerStatus> container = containers(pod).stream()
                .filter(c -> c.getName().equals(ProbePods.CONTAINER))
                .findFirst();
        Optional<ContainerState> state = container.flatMap(c -> Optional.ofNullable(c.getState()));
        Optional<ContainerStateTerminated> ended = state.flatMap(s -> Optional.ofNullable(s.getTerminated()));
        Optional<ContainerStateWaiting> waiting = state.flatMap(s -> Optional.ofNullable(s.getWaiting()));
        String waitsFor = waiting.map(ContainerStateWaiting::getReason)
                .map(PodOutcome::text)
                .orElse("");
        String waitMessage = waiting.map(ContainerStateWaiting::getMessage)
                .map(PodOutcome::text)
                .orElse("");
        boolean pulled = START_FAILURES.contains(waitsFor)
                || !text(container.map(ContainerStatus::getImageID).orElse(null))
                        .isEmpty();
        String refusal = PullCause.refusal(waitsFor, waitMessage);
        String podReason = pod.getStatus() == null ? "" : text(pod.getStatus().getReason());
        String reason = !podReason.isEmpty()
                ? podReason
                : lost(pod, state)
                        ? NODE_LOST
                        : ended.map(ContainerStateTerminated::getReason)
                                .map(PodOutcome::text)
                                .orElse(waitsFor);
        return new PodOutcome(
                node,
                heard(pod),
                unplaced,
                pulled,
                refusal,
                ended.flatMap(e -> Optional.ofNullable(e.getExitCode())),
                ended.map(ContainerStateTerminated::getMessage)
                        .map(PodOutcome::text)
                        .orElse(""),
                reason);
    }

    /** The same with an earlier pull error, where the kubelet now reports only that it backs off. */
    PodOutcome after(PodOutcome earlier) {
        boolean tells = !pullRefusal.isEmpty() && !pullRefusal.startsWith("Back-off");
        String refusal = pulled ? "" : tells || earlier.pullRefusal.isEmpty() ? pullRefusal : earlier.pullRefusal;
        return new PodOutcome(node, heard, unplaced, pulled, refusal, exit, said, reason);
    }

    /** The same with the pull error that an event reports, where the container's state says only that the kubelet backs off. */
    PodOutcome withPullEvent(String message) {
        return pullRefusal.startsWith("Back-off")
                ? new PodOutcome(node, heard, unplaced, pulled, message, exit, said, reason)
                : this;
    }

    /** Whether a node was found. */
    boolean placed() {
        return !node.isEmpty();
    }

    /** Whether Kubernetes took a pod for not ready although its container runs: it does so if a node no longer reports. */
    private static boolean lost(Pod pod, Optional<ContainerState> state) {
        return state.filter(s -> s.getRunning() != null).isPresent()
                && conditions(pod).stream().anyMatch(c -> c.getType().equals("Ready") && "False".equals(c.getStatus()));
    }

    private static boolean heard(Pod pod) {
        return pod.getStatus() != null
                && (pod.getStatus().getStartTime() != null || !containers(pod).isEmpty());
    }

    boolean ended() {
        return exit.isPresent();
    }

    /** Whether nothing more is to be waited for. */
    boolean over() {
        return ended() || refusedForGood();
    }

    /** Whether the image cannot be pulled, and trying again will not change that. */
    boolean refusedForGood() {
        return !pullRefusal.isEmpty() && PullCause.of(pullRefusal).lasting();
    }

    /**
     * The same with the kubelet's warning, which says why a container was not made: of its sandbox, its network, its volumes or its
     * runtime, none of which is in the status of the pod.
     */
    String hindrance(String warning) {
        boolean tells = placed() && pullRefusal.isEmpty() && !warning.isEmpty() && NOT_MADE.contains(reason);
        return hindrance() + (tells ? ": " + warning : "");
    }

    /** Why a pod that has not ended has not, in words. */
    String hindrance() {
        if (!placed()) {
            return "the pod found no node" + (unplaced.isEmpty() ? "" : ": " + unplaced);
        }
        if (!pullRefusal.isEmpty()) {
            return "the image of the probe could not be pulled: " + pullRefusal;
        }
        if (!heard && reason.isEmpty()) {
            return "the kubelet of node " + node
                    + " did not take up the pod: it may have stopped, or be cut off from the API" + " server";
        }
        if (reason.equals(NODE_LOST)) {
            return "the kubelet of node " + node
                    + " stopped reporting while the pod ran: it is frozen, or cut off from the API server";
        }
        return reason.isEmpty()
                ? "the pod on node " + node + " was still running at its deadline: its command hangs"
                : "the pod on node " + node + " did not end in time (" + reason + ")";
    }

    private static List<PodCondition> conditions(Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getConditions() == null
                ? List.of()
                : pod.getStatus().getConditions();
    }

    private static List<ContainerStatus> containers(Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getContainerStatuses() == null
                ? List.of()
                : pod.getStatus().getContainerStatuses();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
