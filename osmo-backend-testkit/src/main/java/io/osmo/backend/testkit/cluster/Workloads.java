// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.cluster.WorkloadPlan.Controller;
import io.osmo.backend.testkit.cluster.internal.Pods;
import io.osmo.backend.testkit.cluster.internal.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The part of controllers, scheduler and kubelets that keeps the workloads of a test running. Whenever the cluster is read, everything that
 * is due by then happens in order: terminating pods end; a ReplicaSet replaces them as soon as they terminate, a StatefulSet once they have
 * ended; new pods are placed on a node with room or wait for one, and become ready a while later.
 */
final class Workloads {
    private static final Duration STARTS = Duration.ofSeconds(10);

    private final Store store;
    private final InstantSource clock;
    private final Consumer<Map<String, ?>> put;
    private final Budgets budgets;
    private final Map<String, WorkloadPlan> plans = new LinkedHashMap<>();
    /** The key of the plan that a pod belongs to, by the pod's id. */
    private final Map<String, String> planOf = new HashMap<>();
    /** How many pods each plan has made. */
    private final Map<String, Integer> made = new HashMap<>();
    /** The fewest ready pods of each plan since all were ready. */
    private final Map<String, Integer> lowest = new HashMap<>();

    private long seen;
    private @Nullable Instant next;

    /** @param put stores an object as a component of the system does */
    Workloads(Store store, InstantSource clock, Consumer<Map<String, ?>> put) {
        this.store = store;
        this.clock = clock;
        this.put = put;
        this.budgets = new Budgets(store);
    }

    void start(WorkloadPlan plan) {
        if (plan.controller() != Controller.NONE) {
            put.accept(plan.manifest());
            if (plan.controller() == Controller.DEPLOYMENT) {
                put.accept(plan.replicaSet(uid("Deployment", plan.namespace(), plan.name())));
            }
        }
        plans.put(plan.key(), plan);
        seen = -1;
    }

    /** Lets what is due by now happen. */
    void settle() {
        Instant now = clock.instant();
        if (store.resourceVersion() == seen && (next == null || now.isBefore(next))) {
            return;
        }
        for (Instant due = due(); due != null && !due.isAfter(now); due = due()) {
            pass(due);
            reconcile(due);
        }
        reconcile(now);
        next = due();
        seen = store.resourceVersion();
    }

    int ready(String key) {
        return (int) pods(key).stream().filter(Workloads::serves).count();
    }

    int lowest(String key) {
        return lowest.getOrDefault(key, 0);
    }

    /** The pods of a plan that have not finished. */
    List<ObjectNode> pods(String key) {
        return store.all("Pod").stream()
                .filter(pod -> key.equals(planOf.get(uid(pod))) && !Pods.isFinished(pod))
                .toList();
    }

    /** Lets the pods of a plan that run succeed. */
    void finish(String key) {
        pods(key).forEach(Workloads::succeed);
        seen = -1;
    }

    // ------------------------------------------------------------------------------------------ kubelets

    /** When the next pod changes without a call; null if none does. */
    private @Nullable Instant due() {
        Set<String> lost = lostNodes();
        return store.all("Pod").stream()
                .flatMap(pod -> due(pod, lost).stream())
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private Optional<Instant> due(ObjectNode pod, Set<String> lost) {
        if (lost.contains(Pods.node(pod))) {
            return Optional.empty();
        }
        if (Pods.isEnding(pod)) {
            return Pods.gone(pod);
        }
        WorkloadPlan plan = plan(pod);
        if (plan == null || Pods.node(pod).isEmpty() || Pods.isFinished(pod)) {
            return Optional.empty();
        }
        Instant ready = Instant.parse(pod.at("/status/startTime").asText()).plus(STARTS);
        return Pods.isReady(pod) ? plan.runsFor().map(ready::plus) : Optional.of(ready);
    }

    private void pass(Instant now) {
        Set<String> lost = lostNodes();
        for (ObjectNode pod : store.all("Pod")) {
            if (due(pod, lost).filter(at -> !at.isAfter(now)).isEmpty()) {
                continue;
            }
            if (Pods.isEnding(pod)) {
                planOf.remove(uid(pod));
                store.remove(
                        "Pod",
                        pod.at("/metadata/namespace").asText(),
                        pod.at("/metadata/name").asText());
            } else if (Pods.isReady(pod)) {
                succeed(pod);
            } else {
                status(pod, "Running").addObject().put("type", "Ready").put("status", "True");
            }
        }
    }

    private static void succeed(ObjectNode pod) {
        status(pod, "Succeeded")
                .addObject()
                .put("type", "Ready")
                .put("status", "False")
                .put("reason", "PodCompleted");
    }

    private static ArrayNode status(ObjectNode pod, String phase) {
        return pod.withObject("/status").put("phase", phase).putArray("conditions");
    }

    private Set<String> lostNodes() {
        return store.all("Node").stream()
                .filter(Placement::isLost)
                .map(node -> node.at("/metadata/name").asText())
                .collect(Collectors.toSet());
    }

    // ------------------------------------------------------------------------------------------ controllers

    private void reconcile(Instant now) {
        plans.values()
                .removeIf(plan -> plan.controller() != Controller.NONE
                        && store.find(plan.controller().kind, plan.namespace(), plan.name()) == null);
        plans.values().forEach(plan -> replace(plan, now));
        place(now);
        budgets.settle();
        plans.values().forEach(plan -> {
            int ready = ready(plan.key());
            if (lowest.containsKey(plan.key()) || ready >= desired(plan)) {
                lowest.merge(plan.key(), ready, Math::min);
            }
            report(plan, ready);
        });
    }

    private void replace(WorkloadPlan plan, Instant now) {
        switch (plan.controller()) {
            case DEPLOYMENT -> {
                List<ObjectNode> alive = pods(plan.key()).stream()
                        .filter(pod -> !Pods.isEnding(pod))
                        .sorted(Comparator.comparing(pod -> !Pods.isReady(pod)))
                        .toList();
                alive.stream().skip(plan.replicas()).forEach(store::end);
                for (int i = alive.size(); i < plan.replicas(); i++) {
                    int number = made.merge(plan.key(), 1, Integer::sum);
                    create(plan, plan.ownerName() + "-" + number, Optional.empty(), now);
                }
            }
            case STATEFUL_SET -> {
                List<String> names = IntStream.range(0, plan.replicas())
                        .mapToObj(i -> plan.name() + "-" + i)
                        .toList();
                pods(plan.key()).stream()
                        .filter(pod -> !names.contains(pod.at("/metadata/name").asText()))
                        .forEach(store::end);
                names.stream()
                        .filter(name -> store.find("Pod", plan.namespace(), name) == null)
                        .forEach(name -> create(plan, name, Optional.empty(), now));
            }
            case DAEMON_SET -> {
                for (ObjectNode node : nodesOf(plan)) {
                    String name = plan.name() + "-"
                            + node.at("/metadata/name").asText().replace('.', '-');
                    if (store.find("Pod", plan.namespace(), name) == null) {
                        create(plan, name, Optional.of(node.at("/metadata/name").asText()), now);
                    }
                }
            }
            case NONE -> {
                while (made.getOrDefault(plan.key(), 0) < plan.replicas()) {
                    int number = made.merge(plan.key(), 1, Integer::sum);
                    create(plan, plan.name() + "-" + number, Optional.empty(), now);
                }
            }
        }
    }

    private List<ObjectNode> nodesOf(WorkloadPlan plan) {
        return store.all("Node").stream()
                .filter(node -> plan.nodeSelector().entrySet().stream()
                        .allMatch(label -> node.at("/metadata/labels")
                                .path(label.getKey())
                                .asText()
                                .equals(label.getValue())))
                .toList();
    }

    private int desired(WorkloadPlan plan) {
        return plan.controller() == Controller.DAEMON_SET ? nodesOf(plan).size() : plan.replicas();
    }

    private void create(WorkloadPlan plan, String name, Optional<String> node, Instant now) {
        String owner = plan.controller() == Controller.NONE
                ? ""
                : uid(plan.controller().owner, plan.namespace(), plan.ownerName());
        put.accept(plan.pod(name, owner, node));
        ObjectNode pod = require("Pod", plan.namespace(), name);
        pod.withObject("/metadata")
                .put("creationTimestamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
        node.ifPresent(bound -> bind(pod, bound, now));
        planOf.put(uid(pod), plan.key());
    }

    private void report(WorkloadPlan plan, int ready) {
        if (plan.controller() == Controller.NONE) {
            return;
        }
        for (String kind : new TreeSet<>(List.of(plan.controller().kind, plan.controller().owner))) {
            String name = kind.equals(plan.controller().kind) ? plan.name() : plan.ownerName();
            ObjectNode object = require(kind, plan.namespace(), name);
            object.putObject("status")
                    .put("observedGeneration", object.at("/metadata/generation").asLong(1))
                    .put("replicas", desired(plan))
                    .put("readyReplicas", ready)
                    .put("availableReplicas", ready);
        }
    }

    // ------------------------------------------------------------------------------------------ scheduler

    private void place(Instant now) {
        List<ObjectNode> pods = store.all("Pod");
        List<ObjectNode> waiting = pods.stream()
                .filter(pod -> plan(pod) != null && Pods.node(pod).isEmpty() && !Pods.isFinished(pod))
                .toList();
        if (waiting.isEmpty()) {
            return;
        }
        Room room = Room.beside(pods);
        List<ObjectNode> nodes = store.all("Node");
        for (ObjectNode pod : waiting) {
            JsonNode spec = pod.path("spec");
            nodes.stream()
                    .filter(node -> Placement.takes(spec, node) && room.has(spec, node))
                    .min(Comparator.comparing(room::pods))
                    .map(node -> node.at("/metadata/name").asText())
                    .ifPresent(node -> {
                        room.take(spec, node);
                        bind(pod, node, now);
                    });
        }
    }

    private static void bind(ObjectNode pod, String node, Instant now) {
        pod.withObject("/spec").put("nodeName", node);
        pod.withObject("/status").put("startTime", now.toString());
    }

    private static boolean serves(ObjectNode pod) {
        return Pods.isReady(pod) && !Pods.isEnding(pod);
    }

    private @Nullable WorkloadPlan plan(ObjectNode pod) {
        String key = planOf.get(uid(pod));
        return key == null ? null : plans.get(key);
    }

    private static String uid(ObjectNode object) {
        return object.at("/metadata/uid").asText();
    }

    private String uid(String kind, String namespace, String name) {
        return uid(require(kind, namespace, name));
    }

    private ObjectNode require(String kind, String namespace, String name) {
        return Optional.ofNullable(store.find(kind, namespace, name))
                .orElseThrow(() -> new IllegalStateException("there is no " + kind + " " + namespace + "/" + name));
    }
}
