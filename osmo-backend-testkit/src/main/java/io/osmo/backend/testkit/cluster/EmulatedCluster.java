// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.testkit.cluster.internal.Access;
import io.osmo.backend.testkit.cluster.internal.Answer;
import io.osmo.backend.testkit.cluster.internal.ApiError;
import io.osmo.backend.testkit.cluster.internal.ApiServer;
import io.osmo.backend.testkit.cluster.internal.Json;
import io.osmo.backend.testkit.cluster.internal.Pods;
import io.osmo.backend.testkit.cluster.internal.Request;
import io.osmo.backend.testkit.cluster.internal.Store;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An emulated Kubernetes cluster: an API server with storage, and nodes that its owner adds and removes. Deployments become available,
 * pods end as a test plans, and {@linkplain #workload workloads} run, are evicted as their budgets allow and created again. All other
 * objects do not change by themselves. Safe for concurrent use.
 */
public final class EmulatedCluster {
    private static final String CERTIFICATE = "CertificateSigningRequest";

    private final String name;
    private final Distribution distribution;
    private boolean certificatesHeld;
    private final URI endpoint;
    private final InstantSource clock;
    private final Store store;
    private final Access access = new Access();
    private final ApiServer api;
    private final Controllers controllers;
    private final NodeDrains drains;
    private final Map<String, EmulatedNode> nodes = new LinkedHashMap<>();
    private final Map<String, EmulatedWorkload> workloads = new LinkedHashMap<>();
    private List<String> drivers = List.of();
    private boolean devicePlugin;
    private String version;

    EmulatedCluster(String name, Distribution distribution, URI endpoint, String version, InstantSource clock) {
        this.name = name;
        this.distribution = distribution;
        this.endpoint = endpoint;
        this.version = version;
        this.clock = clock;
        this.store = new Store(name, clock);
        this.api = new ApiServer(store, access);
        this.controllers = new Controllers(store, distribution, clock, this::write);
        this.drains = new NodeDrains(store, controllers, distribution);
        for (String namespace : List.of("default", "kube-system", "kube-public", "kube-node-lease")) {
            put(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", namespace)));
        }
        for (String priority : List.of("system-cluster-critical", "system-node-critical")) {
            put(Map.of(
                    "apiVersion",
                    "scheduling.k8s.io/v1",
                    "kind",
                    "PriorityClass",
                    "metadata",
                    Map.of("name", priority),
                    "value",
                    priority.contains("node") ? 2_000_001_000 : 2_000_000_000));
        }
    }

    /** Base address of the API: plain HTTP on 127.0.0.1. */
    public URI endpoint() {
        return endpoint;
    }

    /** Access with a token that the server accepts. */
    public ClusterAccess access() {
        return new ClusterAccess(
                name,
                endpoint,
                Optional.empty(),
                () -> new ClusterAccess.Token("emulated", clock.instant().plus(Duration.ofMinutes(14))));
    }

    /** Sets the version of the control plane, such as {@code 1.35.3}. */
    public synchronized void version(String patch) {
        version = patch;
    }

    /** Adds a node, or replaces an existing one. */
    public synchronized void addNode(EmulatedNode node) {
        if (certificatesHeld && !nodes.containsKey(node.name())) {
            requestCertificate(node);
            if (!distribution.joinsWithoutCertificate()) {
                return;
            }
        }
        EmulatedNode before = nodes.put(node.name(), node);
        if (before != null && !before.providerId().equals(node.providerId())) {
            store.remove("Node", "", node.name());
        }
        putNode(node, before);
        publishDrivers(node);
        publishDns();
        put(Map.of(
                "apiVersion",
                "coordination.k8s.io/v1",
                "kind",
                "Lease",
                "metadata",
                Map.of("name", node.name(), "namespace", "kube-node-lease"),
                "spec",
                Map.of("holderIdentity", node.name(), "leaseDurationSeconds", 40)));
    }

    /**
     * Writes a node. Unless its machine is reinstalled, it stays cordoned and keeps the labels that others have set.
     *
     * @param before the node before; null if it is new
     */
    private void putNode(EmulatedNode node, @Nullable EmulatedNode before) {
        ObjectNode old = store.find("Node", "", node.name());
        ObjectNode manifest;
        if (old != null && before != null && isSameInstallation(before, node)) {
            boolean cordoned = old.at("/spec/unschedulable").asBoolean();
            Set<String> own = before.allLabels(distribution).keySet();
            manifest = Json.MAPPER.valueToTree(node.manifest(distribution, devicePlugin, cordoned));
            old.at("/metadata/labels").properties().stream()
                    .filter(label -> !own.contains(label.getKey()))
                    .forEach(label -> manifest.withObject("/metadata/labels").set(label.getKey(), label.getValue()));
        } else {
            manifest = Json.MAPPER.valueToTree(node.manifest(distribution, devicePlugin, false));
        }
        store.put(manifest, distribution.manager());
        controllers.workloads();
    }

    private static boolean isSameInstallation(EmulatedNode one, EmulatedNode other) {
        return one.providerId().equals(other.providerId())
                && one.kubelet().version().equals(other.kubelet().version());
    }

    /**
     * Stops the approval of certificates that kubelets of new nodes request, as if the approver of the cluster were broken, until it is
     * called again with {@code false}.
     */
    public synchronized void holdCertificates(boolean hold) {
        certificatesHeld = hold;
        if (!hold) {
            store.all(CERTIFICATE)
                    .forEach(request ->
                            remove(CERTIFICATE, "", request.at("/metadata/name").asText()));
        }
    }

    private void requestCertificate(EmulatedNode node) {
        String signer = distribution.joinsWithoutCertificate()
                ? "kubernetes.io/kubelet-serving"
                : "kubernetes.io/kube-apiserver-client-kubelet";
        String user = distribution.joinsWithoutCertificate() ? "system:node:" + node.name() : "system:bootstrap:a1b2c3";
        put(Map.of(
                "apiVersion",
                "certificates.k8s.io/v1",
                "kind",
                CERTIFICATE,
                "metadata",
                Map.of("name", "csr-" + node.name()),
                "spec",
                Map.of("signerName", signer, "username", user, "request", "", "usages", List.of("digital signature"))));
    }

    /**
     * Stops the kubelet of a node until the node is added again: it takes no new pods, and it never confirms that a deleted pod has
     * ended.
     */
    public synchronized void loseNode(String node) {
        ObjectNode found = store.find("Node", "", node);
        if (found != null) {
            ObjectNode lost = found.deepCopy();
            for (JsonNode condition : lost.at("/status/conditions")) {
                ((ObjectNode) condition).put("status", "Unknown").put("reason", "NodeStatusUnknown");
            }
            store.put(lost, distribution.manager());
            controllers.workloads();
        }
    }

    /** Leaves a node without a network plugin, so that it is not ready until it is added again. */
    public synchronized void loseNetwork(String node) {
        ObjectNode found = store.find("Node", "", node);
        if (found != null) {
            ObjectNode lost = found.deepCopy();
            for (JsonNode condition : lost.at("/status/conditions")) {
                if (condition.path("type").asText().equals("Ready")) {
                    ((ObjectNode) condition)
                            .put("status", "False")
                            .put("reason", "KubeletNotReady")
                            .put(
                                    "message",
                                    "container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady"
                                            + " message:Network plugin returns error: cni plugin not initialized");
                }
            }
            store.put(lost, distribution.manager());
            controllers.workloads();
        }
    }

    /**
     * One step of a drain, as a cloud makes it before it removes a node: cordons the node, and evicts its pods as far as their budgets
     * allow. Pods of DaemonSets stay.
     *
     * @return whether no pod is left to evict
     */
    public synchronized boolean drainNode(String node) {
        return drains.step(node);
    }

    /** Pods that a drain of a node still waits for, by namespace and name, each with the budgets that cover it. */
    public synchronized Map<String, List<String>> drainBlockers(String node) {
        return drains.blockers(node);
    }

    /** Uncordons a node. */
    public synchronized void uncordonNode(String node) {
        drains.uncordon(node);
    }

    /** Removes a node and what belongs to it, its pods included. */
    public synchronized void removeNode(String node) {
        nodes.remove(node);
        remove("Node", "", node);
        remove("CSINode", "", node);
        remove("Lease", "kube-node-lease", node);
        publishDns();
    }

    /** The DNS pods that find a node run, at most two. */
    private void publishDns() {
        put(Map.of(
                "apiVersion",
                "discovery.k8s.io/v1",
                "kind",
                "EndpointSlice",
                "metadata",
                Map.of(
                        "name", "kube-dns-1",
                        "namespace", "kube-system",
                        "labels", Map.of("kubernetes.io/service-name", "kube-dns")),
                "addressType",
                "IPv4",
                "endpoints",
                IntStream.rangeClosed(1, Math.min(2, nodes.size()))
                        .mapToObj(
                                i -> Map.of("addresses", List.of("10.0.255." + i), "conditions", Map.of("ready", true)))
                        .toList()));
    }

    /** The nodes, in the order in which they were added. */
    public synchronized List<EmulatedNode> nodes() {
        return List.copyOf(nodes.values());
    }

    /** Starts a device plugin that reports the GPUs of all present and future nodes. */
    public synchronized void installDevicePlugin() {
        devicePlugin = true;
        nodes.values().forEach(node -> putNode(node, node));
    }

    /** Sets the CSI drivers that run on every node. */
    public synchronized void drivers(List<String> names) {
        drivers = List.copyOf(names);
        nodes.values().forEach(this::publishDrivers);
    }

    private void publishDrivers(EmulatedNode node) {
        put(Map.of(
                "apiVersion",
                "storage.k8s.io/v1",
                "kind",
                "CSINode",
                "metadata",
                Map.of("name", node.name()),
                "spec",
                Map.of(
                        "drivers",
                        drivers.stream()
                                .map(d -> Map.of(
                                        "name", d,
                                        "nodeID",
                                                node.providerId()
                                                        .substring(node.providerId()
                                                                        .lastIndexOf('/')
                                                                + 1),
                                        "topologyKeys", List.of(distribution.volumeTopology()),
                                        "allocatable", Map.of("count", 26)))
                                .toList())));
    }

    /**
     * Denies a verb with 403 from now on, in access reviews too.
     *
     * @param verb such as {@code list}
     * @param resource such as {@code secrets} or {@code deployments.apps}
     */
    public synchronized void deny(String verb, String resource) {
        access.deny(verb, resource);
    }

    /**
     * Schedules the pods that clients create, and ends them as a function decides; without one they do not change. The function is called
     * at each read of pods, and its answer may change until a pod has ended.
     */
    public synchronized void runPods(Function<PodRequest, PodEnd> planned) {
        controllers.runPods(planned);
    }

    /** A workload with this name, the same at each call. It has no effect until it is started. */
    public synchronized EmulatedWorkload workload(String workload) {
        return workloads.computeIfAbsent(workload, unknown -> new EmulatedWorkload(this, unknown));
    }

    synchronized void start(WorkloadPlan plan, Optional<Map<String, ?>> budget) {
        if (store.find("Namespace", "", plan.namespace()) == null) {
            write(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", plan.namespace())));
        }
        budget.ifPresent(this::write);
        controllers.workloads().start(plan);
        controllers.workloads();
    }

    /** Looks at the workloads as they are now, or changes them. */
    synchronized <T> T look(Function<Workloads, T> at) {
        T seen = at.apply(controllers.workloads());
        controllers.workloads();
        return seen;
    }

    static SortedMap<String, String> nodes(List<ObjectNode> pods) {
        SortedMap<String, String> nodes = new TreeMap<>();
        pods.forEach(pod -> nodes.put(pod.at("/metadata/name").asText(), Pods.node(pod)));
        return nodes;
    }

    /** Stores an object as a system component does, replacing an existing one. */
    public synchronized void put(Map<String, ?> manifest) {
        write(manifest);
        controllers.workloads();
    }

    /** Stores an object as Helm does, replacing an existing one. A Deployment becomes available some seconds later. */
    public synchronized void install(Map<String, ?> manifest) {
        store.put(Json.MAPPER.valueToTree(manifest), "helm");
        controllers.rollOut();
        controllers.workloads();
    }

    private void write(Map<String, ?> manifest) {
        store.put(Json.MAPPER.valueToTree(manifest), distribution.manager());
    }

    /** Removes an object if it exists. */
    public synchronized void remove(String kind, String namespace, String objectName) {
        store.remove(kind, namespace, objectName);
        controllers.workloads();
    }

    /** Whether an object exists. */
    public synchronized boolean has(String kind, String namespace, String objectName) {
        controllers.workloads();
        return store.find(kind, namespace, objectName) != null;
    }

    /** An object as JSON, for assertions; the empty string if it does not exist. */
    public synchronized String json(String kind, String namespace, String objectName) {
        controllers.workloads();
        if (kind.equals("Deployment")) {
            controllers.rollOut();
        }
        ObjectNode found = store.find(kind, namespace, objectName);
        return found == null ? "" : found.toString();
    }

    /** All objects of a kind, as {@code namespace/name}, or {@code name} if they have no namespace, sorted. */
    public synchronized List<String> list(String kind) {
        controllers.workloads();
        return store.all(kind).stream()
                .map(object -> object.at("/metadata"))
                .map(metadata -> (metadata.path("namespace").asText("").isEmpty()
                                ? ""
                                : metadata.path("namespace").asText() + "/")
                        + metadata.path("name").asText())
                .sorted()
                .toList();
    }

    /** @throws ApiError when the request is refused */
    synchronized Answer handle(Request request) throws IOException {
        controllers.workloads();
        Answer answer = api.handle(request, version, distribution.versionSuffix(), kind -> {
            switch (kind) {
                case "Deployment", "DaemonSet" -> controllers.rollOut();
                case "Pod" -> {
                    if (request.method().equals("GET")) {
                        controllers.runPods();
                    }
                }
                default -> {}
            }
        });
        controllers.workloads();
        return answer;
    }

    /** Its name, the managed service that it emulates, and its address. */
    @Override
    public String toString() {
        return name + " (" + distribution + ") at " + endpoint;
    }
}
