// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.cluster.internal.Store;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Does what the controllers and the scheduler would have done by now, whenever the cluster is read. Not safe for concurrent use. */
final class Controllers {
    private final Store store;
    private final Distribution distribution;
    private final InstantSource clock;
    private final Consumer<Map<String, ?>> put;
    private final Rollouts rollouts = new Rollouts();
    private final PodLife podLife = new PodLife();
    private final ReplicaSets replicaSets;
    private final Workloads workloads;
    private @Nullable Function<PodRequest, PodEnd> behavior;

    /** @param put stores an object as a component of the system does */
    Controllers(Store store, Distribution distribution, InstantSource clock, Consumer<Map<String, ?>> put) {
        this.store = store;
        this.distribution = distribution;
        this.clock = clock;
        this.put = put;
        this.replicaSets = new ReplicaSets(store);
        this.workloads = new Workloads(store, clock, put);
    }

    void runPods(Function<PodRequest, PodEnd> planned) {
        behavior = planned;
    }

    /** What keeps the workloads of a test running, settled to the present. */
    Workloads workloads() {
        workloads.settle();
        return workloads;
    }

    /** Deployments and DaemonSets of clients get a status; those of add-ons come with one. */
    void rollOut() {
        List<ObjectNode> nodes = store.all("Node");
        store.all("Deployment").stream().filter(this::isOfClient).forEach(deployment -> {
            boolean pulled = !lacksImage(deployment);
            rollouts.settle(deployment, nodes, clock.instant(), pulled);
            replicaSets.settle(deployment, pulled);
        });
        store.all("DaemonSet").stream().filter(this::isOfClient).forEach(set -> DaemonSets.settle(set, nodes));
    }

    /** Whether the pods of a Deployment find no image, by what the test plans for such pods. */
    private boolean lacksImage(ObjectNode deployment) {
        Function<PodRequest, PodEnd> planned = behavior;
        return planned != null
                && planned.apply(PodLife.request(ReplicaSets.pod(deployment), "")) instanceof PodEnd.NotPulled;
    }

    void runPods() {
        Function<PodRequest, PodEnd> planned = behavior;
        if (planned == null) {
            return;
        }
        List<ObjectNode> nodes = store.all("Node");
        for (ObjectNode pod : store.all("Pod")) {
            if (isOfClient(pod)) {
                podLife.settle(pod, nodes, clock.instant(), planned).ifPresent(told -> tell(pod, told));
            }
        }
    }

    /** Stores an event about a pod, of each kind the last. */
    private void tell(ObjectNode pod, PodLife.Told told) {
        String namespace = pod.at("/metadata/namespace").asText();
        String name = pod.at("/metadata/name").asText();
        put.accept(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Event",
                "metadata",
                Map.of("name", name + "." + told.reason().toLowerCase(Locale.ROOT), "namespace", namespace),
                "involvedObject",
                Map.of("kind", "Pod", "namespace", namespace, "name", name),
                "type",
                "Warning",
                "reason",
                told.reason(),
                "message",
                told.message(),
                "lastTimestamp",
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString()));
    }

    private boolean isOfClient(ObjectNode object) {
        for (JsonNode entry : object.at("/metadata/managedFields")) {
            if (!entry.path("manager").asText().equals(distribution.manager())) {
                return true;
            }
        }
        return false;
    }
}
