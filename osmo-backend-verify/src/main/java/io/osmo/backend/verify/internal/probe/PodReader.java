// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.verify.internal.rules.PullCause;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the pods of one run, and what the cluster reports about them. */
final class PodReader {
    /** Autoscalers and KAI give these reasons in events that are not always warnings. */
    private static final Set<String> ALSO_WARNINGS = Set.of("NotTriggerScaleUp", "Unschedulable");

    private final KubernetesClient client;
    private final ClusterCalls calls;
    private final ProbeNamespace namespace;
    private final List<Job> jobs;

    PodReader(KubernetesClient client, ClusterCalls calls, ProbeNamespace namespace, List<Job> jobs) {
        this.client = client;
        this.calls = calls;
        this.namespace = namespace;
        this.jobs = jobs;
    }

    /** All pods of the run by name: those in its own namespace, and the one that may be in the namespace of workflows. */
    CompletableFuture<CallResult<Map<String, Pod>>> pods() {
        return calls.attempt(
                Right.LIST_PODS,
                () -> jobs.stream()
                        .map(job -> job.pod().getMetadata().getNamespace())
                        .distinct()
                        .flatMap(name ->
                                client
                                        .pods()
                                        .inNamespace(name)
                                        .withLabels(namespace.labels())
                                        .list()
                                        .getItems()
                                        .stream())
                        .collect(Collectors.toMap(
                                pod -> pod.getMetadata().getName(), Function.identity(), (first, last) -> last)));
    }

    /** The last warning about each object, by its name; none where events cannot be read. */
    CompletableFuture<Map<String, String>> warnings() {
        return calls.attempt(Right.LIST_EVENTS, () -> {
                    Map<String, String> warnings = new HashMap<>();
                    events().filter(PodReader::warns)
                            .sorted(Comparator.comparing(e -> e.getLastTimestamp() == null ? "" : e.getLastTimestamp()))
                            .forEach(e -> warnings.merge(
                                    e.getInvolvedObject().getName(),
                                    PullCause.withoutQueries(e.getMessage()),
                                    PodReader::moreTelling));
                    return warnings;
                })
                .thenApply(result -> result.done().orElse(Map.of()));
    }

    private Stream<Event> events() {
        Stream<Event> elsewhere = jobs.stream()
                .map(job -> job.pod().getMetadata())
                .filter(pod -> !pod.getNamespace().equals(namespace.name()))
                .flatMap(pod -> client
                        .v1()
                        .events()
                        .inNamespace(pod.getNamespace())
                        .withField("involvedObject.name", pod.getName())
                        .list()
                        .getItems()
                        .stream());
        return Stream.concat(client.v1().events().inNamespace(namespace.name()).list().getItems().stream(), elsewhere);
    }

    private static boolean warns(Event event) {
        return ("Warning".equals(event.getType())
                        || event.getReason() != null && ALSO_WARNINGS.contains(event.getReason()))
                && event.getMessage() != null
                && event.getInvolvedObject().getName() != null;
    }

    /** Why an image could not be pulled says more than that the pull will be tried again. */
    private static String moreTelling(String before, String last) {
        return before.startsWith("Failed to pull image") && !last.startsWith("Failed to pull") ? before : last;
    }
}
