// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
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
    private static final Set<String> TAKES_OTHERS = Set.of("Namespace", "CustomResourceDefinition");

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

    /**
     * An object in the cluster with the backend's marks; it is deleted with the cluster.
     *
     * @param after the cluster, and what is deleted after this
     */
    @SuppressWarnings("unchecked")
    public static Deletable<?> of(
            ClusterConnections connections,
            Ownership ownership,
            ResourceId id,
            HasMetadata found,
            ResourceId cluster,
            Set<ResourceId> after) {
        return new ClusterObject<>(connections, ownership, id, (Class<HasMetadata>) found.getClass(), found, after) {
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
        Optional<Resource<T>> place = at(client, reference);
        if (place.isEmpty()) {
            kindNotServed();
        }
        return place.flatMap(at -> KubernetesCalls.find("get " + describe(), at::get));
    }

    /** The object at its address; empty when the server does not serve its kind. */
    @SuppressWarnings("unchecked")
    final Optional<Resource<T>> at(KubernetesClient client, T object) {
        return object instanceof GenericKubernetesResource generic
                ? connections
                        .discovery(client)
                        .find(generic.getApiVersion(), generic.getKind())
                        .map(kind -> (Resource<T>) kind.at(client, generic))
                : Optional.of(client.resource(object));
    }

    /** Called when the server does not serve the kind; then there is no such object. */
    void kindNotServed() {}

    @Override
    public Readiness readiness(T observed) {
        return observed.getMetadata().getDeletionTimestamp() == null ? Readiness.ready() : Held.deleting(observed);
    }

    @Override
    public final void delete(T observed, State state) {
        connections
                .find(state)
                .filter(client -> ownership.owns(observed))
                .flatMap(client -> at(client, reference))
                .ifPresent(at -> KubernetesCalls.call("delete " + describe(), at::delete));
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

    /**
     * A namespace takes with it everything that is in it, workflows and claims of volumes included, and the definition of a custom
     * resource all objects of that kind.
     */
    @Override
    public final Disruption deletionDisruption() {
        return TAKES_OTHERS.contains(reference.getKind()) ? Disruption.DATA : Disruption.NONE;
    }

    /** Whether an object that was found must not be used. */
    boolean isForeign(T found) {
        return !ownership.owns(found);
    }
}
