// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.kubernetes.internal.client.ClusterConnections;
import io.osmo.backend.kubernetes.internal.client.KubernetesCalls;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Deletes what makes a controller release something in the cloud, and is gone when all of it is gone: the controllers'
 * finalizers hold the objects until then.
 */
abstract class Sweep implements Deletable<WorkloadObjects> {
    private final ClusterConnections connections;
    private final Set<ResourceId> after;

    Sweep(ClusterConnections connections, Set<ResourceId> after) {
        this.connections = connections;
        this.after = Set.copyOf(after);
    }

    /** Objects to delete, in the order of deletion. */
    abstract List<HasMetadata> list(KubernetesClient client);

    @Override
    public final Class<WorkloadObjects> type() {
        return WorkloadObjects.class;
    }

    @Override
    public final Set<ResourceId> after() {
        return after;
    }

    @Override
    public final Optional<WorkloadObjects> read(State state) {
        return connections
                .find(state)
                .map(client -> KubernetesCalls.call("list " + describe(), () -> list(client)))
                .filter(objects -> !objects.isEmpty())
                .map(WorkloadObjects::new);
    }

    @Override
    public final Readiness readiness(WorkloadObjects observed) {
        return observed.standing().isEmpty() ? Readiness.deleting() : Readiness.ready();
    }

    @Override
    public final void delete(WorkloadObjects observed, State state) {
        connections
                .find(state)
                .ifPresent(client -> observed.standing()
                        .forEach(object -> KubernetesCalls.call(
                                "delete " + WorkloadObjects.name(object),
                                () -> client.resource(object).delete())));
    }

    @Override
    public final Timing timing() {
        return new Timing(
                Duration.ZERO, Duration.ZERO, Duration.ofMinutes(1), Duration.ofSeconds(5), Duration.ofMinutes(10));
    }
}
