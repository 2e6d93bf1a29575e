// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.existing;

import io.osmo.backend.kubernetes.existing.ExistingProvider;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spi.CloudProvider;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import io.osmo.backend.testkit.cluster.Distribution;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.EmulatedClusters;
import io.osmo.backend.testkit.cluster.EmulatedClusters.Refusal;
import io.osmo.backend.testkit.cluster.EmulatedClusters.Watched;
import io.osmo.backend.testkit.cluster.EmulatedNode;
import io.osmo.backend.testkit.cluster.NodeImage;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.Faults;
import io.osmo.backend.testkit.internal.CallLog;
import io.osmo.backend.testkit.internal.existing.ApiRefusals;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An existing cluster, with the nodes that a test adds. All regions and kubeconfigs refer to it. Operations have the name of their verb
 * and path, such as {@code PATCH api/v1/namespaces/osmo-operator}.
 */
public final class EmulatedExisting implements EmulatedCloud {
    private static final List<String> KINDS =
            List.of("Namespace", "Secret", "StorageClass", "PriorityClass", "ClusterRoleBinding", "Node");

    private static final List<String> OPERATIONS = Stream.of("GET", "POST", "PUT", "PATCH", "DELETE")
            .flatMap(verb ->
                    Stream.of("api/v1/*", "apis/*", "version", "readyz*").map(path -> verb + " " + path))
            .toList();

    private final VirtualTime time;
    private final CallLog calls = new CallLog(List.of());
    private final Faults faults;
    private final EmulatedClusters clusters;
    private final EmulatedCluster cluster;
    /** What the cluster had before any apply. */
    private final Set<String> given = new HashSet<>();

    private int nodes;

    private EmulatedExisting(VirtualTime time) {
        this.time = time;
        this.faults = new Faults(time, new ApiRefusals(), () -> OPERATIONS);
        this.clusters = new EmulatedClusters(time, this::watch);
        this.cluster = clusters.create("existing", Distribution.EKS, "1.35.3");
        given.addAll(objects());
    }

    /** A cluster without nodes. */
    public static EmulatedExisting on(VirtualTime time) {
        return new EmulatedExisting(time);
    }

    /** Adds nodes of 8 CPUs and 32 GiB with these labels. */
    public EmulatedExisting nodes(int count, String instanceType, Map<String, String> labels) {
        for (int i = 0; i < count; i++) {
            nodes++;
            cluster.addNode(new EmulatedNode(
                    "node-" + nodes,
                    "existing://node-" + nodes,
                    new EmulatedNode.Place("lab", "lab-a", "10.0.0." + nodes),
                    new EmulatedNode.Machine(instanceType, "amd64", 8, 32, 100, 0),
                    new NodeImage("Ubuntu 24.04.3 LTS", "6.8.0-87-generic", "containerd://2.2.4"),
                    new EmulatedNode.Kubelet("v1.35.3", 110),
                    labels,
                    List.of(),
                    false));
            given.add("Node node-" + nodes);
        }
        return this;
    }

    private Watched watch(String method, String path) {
        if (time.crashing()) {
            return new Watched(Optional.of(Refusal.disconnected()), Optional::empty);
        }
        Call call = calls.record(time.now(), method + " " + path, method.equals("GET"), path);
        Faults.Decision fault = faults.decide(call);
        return new Watched(struck(() -> fault.before(call)), () -> struck(() -> fault.after(call)));
    }

    private Optional<Refusal> struck(Runnable fault) {
        try {
            fault.run();
            return Optional.empty();
        } catch (ApiRefusals.Refused refused) {
            return Optional.of(refused.refusal());
        } catch (VirtualTime.SimulatedCrash crash) {
            // The client would catch it, but the process has to end.
            time.crash(crash);
            return Optional.of(Refusal.disconnected());
        }
    }

    @Override
    public CloudProvider provider() {
        return new ExistingProvider(settings -> cluster.access());
    }

    @Override
    public Faults faults() {
        return faults;
    }

    /** Has no effect: there is no cloud, and the API server decides what is allowed. */
    @Override
    public void allowOnly(Collection<String> actions) {}

    @Override
    public void denyAction(String action) {}

    @Override
    public List<Call> calls() {
        return calls.calls();
    }

    @Override
    public void forgetCalls() {
        calls.forget();
    }

    @Override
    public List<String> inventory() {
        return objects().stream().filter(line -> !given.contains(line)).toList();
    }

    private List<String> objects() {
        return KINDS.stream()
                .flatMap(kind -> cluster.list(kind).stream().map(name -> kind + " " + name))
                .sorted()
                .toList();
    }

    /** The one cluster, whatever the backend. */
    @Override
    public EmulatedCluster cluster(BackendRef backend) {
        return cluster;
    }

    /** Creates a StorageClass with the name {@code osmo}, which a spec with a provisioner needs. */
    @Override
    public void plantForeignObject(BackendRef backend) {
        cluster.put(Map.of(
                "apiVersion",
                "storage.k8s.io/v1",
                "kind",
                "StorageClass",
                "metadata",
                Map.of("name", "osmo"),
                "provisioner",
                "driver.longhorn.io"));
    }

    @Override
    public void close() {
        clusters.close();
    }

    /** Its cluster. */
    @Override
    public String toString() {
        return "EmulatedExisting[" + clusters + "]";
    }
}
