// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.kubernetes.internal.client.ClusterConnections;
import io.osmo.backend.kubernetes.internal.client.KubernetesCalls;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.util.Optional;
import java.util.Set;

/** One object in the cluster that can be read and deleted. */
public class ClusterObject<T extends HasMetadata> implements Deletable<T> {
    final ClusterConnections connections;
    final Ownership ownership;
    private final ResourceId id;
    private final Class<T> type;
    private final T reference;
    private final Set<ResourceId> after;

    /**
     * @param reference any form of the object: kind, name and namespace are taken from it
     */
    ClusterObject(
            ClusterConnections connections,
            Ownership ownership,
            ResourceId id,
            Class<T> type,
            T reference,
            Set<ResourceId> after) {
        this.connections = connections;
        this.ownership = ownership;
        this.id = id;
        this.type = type;
        this.reference = reference;
        this.after = Set.copyOf(after);
    }

    /** An object that was found in the cluster and carries our marks; it goes when the cluster goes. */
    @SuppressWarnings("unchecked")
    public static Deletable<?> of(
            ClusterConnections connections, Ownership ownership, ResourceId id, HasMetadata found, ResourceId cluster) {
        return new ClusterObject<>(
                connections, ownership, id, (Class<HasMetadata>) found.getClass(), found, Set.of(cluster)) {
            @Override
            public Optional<ResourceId> deletedWith() {
                return Optional.of(cluster);
            }
        };
    }

    @Override
    public final ResourceId id() {
        return id;
    }

    @Override
    public final Class<T> type() {
        return type;
    }

    @Override
    public final Set<ResourceId> after() {
        return after;
    }

    @Override
    public final Optional<T> read(State state) {
        Optional<T> found = connections.find(state).flatMap(this::get);
        if (found.isPresent() && isForeign(found.get())) {
            throw ownership.foreign(describe());
        }
        return found;
    }

    private Optional<T> get(KubernetesClient client) {
        return KubernetesCalls.call(
                "get " + describe(),
                () -> Optional.ofNullable(client.resource(reference).get()));
    }

    @Override
    public Readiness readiness(T observed) {
        return observed.getMetadata().getDeletionTimestamp() == null ? Readiness.ready() : Readiness.deleting();
    }

    @Override
    public final void delete(T observed, State state) {
        connections
                .find(state)
                .filter(client -> ownership.owns(observed))
                .ifPresent(client -> KubernetesCalls.call(
                        "delete " + describe(), () -> client.resource(reference).delete()));
    }

    @Override
    public Timing timing() {
        return Timing.quick();
    }

    @Override
    public String describe() {
        String namespace = reference.getMetadata().getNamespace();
        return reference.getKind() + " " + reference.getMetadata().getName()
                + (namespace == null ? "" : " in " + namespace);
    }

    /** A namespace takes with it everything that is in it, workflows and claims of volumes included. */
    @Override
    public final Disruption deletionDisruption() {
        return Namespace.class.isAssignableFrom(type) ? Disruption.DATA : Disruption.NONE;
    }

    /** Whether an object that was found must not be used. */
    boolean isForeign(T found) {
        return !ownership.owns(found);
    }
}
