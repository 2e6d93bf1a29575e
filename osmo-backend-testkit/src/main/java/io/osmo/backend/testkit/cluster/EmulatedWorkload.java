// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A workload on the nodes of an emulated cluster: its pods run, are evicted and created again, in virtual time. Default: a Deployment
 * with one pod in the namespace {@code default}. Settings take effect with {@link #start}, which may be called again. Safe for concurrent
 * use once started.
 *
 * <pre>{@code
 * EmulatedWorkload web = cluster.workload("web").replicas(6).on("node-type", "cpu").minAvailable("5").start();
 * }</pre>
 */
public final class EmulatedWorkload {
    private final EmulatedCluster cluster;
    private final String name;
    private final Map<String, String> nodeSelector = new LinkedHashMap<>();
    private final List<String> tolerated = new ArrayList<>();
    private final Map<String, Object> budget = new LinkedHashMap<>();
    private String namespace = "default";
    private WorkloadPlan.Controller controller = WorkloadPlan.Controller.DEPLOYMENT;
    private int replicas = 1;
    private int millis = 100;
    private int gpus;
    private Optional<Duration> runsFor = Optional.empty();

    EmulatedWorkload(EmulatedCluster cluster, String name) {
        this.cluster = cluster;
        this.name = name;
    }

    /** The number of pods; a DaemonSet has one for each node. */
    public EmulatedWorkload replicas(int count) {
        replicas = count;
        return this;
    }

    /** Its namespace, which is created if it does not exist. */
    public EmulatedWorkload namespace(String value) {
        namespace = value;
        return this;
    }

    /** Runs on nodes with this label only. */
    public EmulatedWorkload on(String label, String value) {
        nodeSelector.put(label, value);
        return this;
    }

    /** Runs on nodes with a taint of this key too. */
    public EmulatedWorkload tolerating(String taint) {
        tolerated.add(taint);
        return this;
    }

    /** The resources that each pod requests. */
    public EmulatedWorkload requests(double cpus, int gpusPerPod) {
        millis = (int) Math.round(cpus * 1000);
        gpus = gpusPerPod;
        return this;
    }

    /** Makes it a StatefulSet: pods are created again with the same name, once the old one is gone. */
    public EmulatedWorkload statefulSet() {
        controller = WorkloadPlan.Controller.STATEFUL_SET;
        return this;
    }

    /** Makes it a DaemonSet: one pod on each node, including cordoned ones. */
    public EmulatedWorkload daemonSet() {
        controller = WorkloadPlan.Controller.DAEMON_SET;
        return this;
    }

    /** Makes pods without a controller, like those of OSMO's workflows: they are not created again. */
    public EmulatedWorkload bare() {
        controller = WorkloadPlan.Controller.NONE;
        return this;
    }

    /** Each pod succeeds after this time; otherwise pods run until they are deleted. */
    public EmulatedWorkload runsFor(Duration time) {
        runsFor = Optional.of(time);
        return this;
    }

    /** A PodDisruptionBudget of the same name. @param numberOrPercent such as {@code 5} or {@code 80%} */
    public EmulatedWorkload minAvailable(String numberOrPercent) {
        return budget("minAvailable", numberOrPercent);
    }

    /** A PodDisruptionBudget of the same name. @param numberOrPercent such as {@code 1} or {@code 20%} */
    public EmulatedWorkload maxUnavailable(String numberOrPercent) {
        return budget("maxUnavailable", numberOrPercent);
    }

    private EmulatedWorkload budget(String field, String numberOrPercent) {
        budget.clear();
        budget.put(field, numberOrPercent.endsWith("%") ? numberOrPercent : Integer.valueOf(numberOrPercent));
        return this;
    }

    /** Creates it in the cluster, or changes it. Pods become ready some seconds of virtual time later, if nodes have room. */
    public EmulatedWorkload start() {
        WorkloadPlan plan = plan();
        Optional<Map<String, ?>> disruptions = budget.isEmpty()
                ? Optional.empty()
                : Optional.of(Map.of(
                        "apiVersion",
                        "policy/v1",
                        "kind",
                        "PodDisruptionBudget",
                        "metadata",
                        Map.of("name", name, "namespace", namespace),
                        "spec",
                        spec(plan)));
        cluster.start(plan, disruptions);
        return this;
    }

    private Map<String, Object> spec(WorkloadPlan plan) {
        Map<String, Object> spec = new LinkedHashMap<>(budget);
        spec.put("selector", Map.of("matchLabels", plan.labels()));
        return spec;
    }

    private WorkloadPlan plan() {
        return new WorkloadPlan(namespace, name, controller, replicas, nodeSelector, tolerated, millis, gpus, runsFor);
    }

    /** How many pods are ready now. */
    public int ready() {
        return cluster.look(workloads -> workloads.ready(plan().key()));
    }

    /** The lowest number of ready pods since all of them were ready for the first time; zero before that. */
    public int lowestReady() {
        return cluster.look(workloads -> workloads.lowest(plan().key()));
    }

    /** The node of each unfinished pod, by the name of the pod; the empty string while it waits for one. */
    public SortedMap<String, String> nodes() {
        return cluster.look(workloads -> EmulatedCluster.nodes(workloads.pods(plan().key())));
    }

    /** Makes all running pods succeed now. */
    public void finish() {
        cluster.look(workloads -> {
            workloads.finish(plan().key());
            return true;
        });
    }

    /** Its name and its cluster. */
    @Override
    public String toString() {
        return "EmulatedWorkload[" + name + " in " + cluster + "]";
    }
}
