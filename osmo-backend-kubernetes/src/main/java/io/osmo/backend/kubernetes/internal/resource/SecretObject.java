// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import io.osmo.backend.kubernetes.internal.client.ClusterConnections;
import io.osmo.backend.kubernetes.internal.client.KubernetesCalls;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.util.Optional;
import java.util.Set;

/** One Secret that can be read, in digests, and deleted. */
public class SecretObject implements Deletable<SecretDigest> {
    final ClusterConnections connections;
    final Ownership ownership;
    final String namespace;
    final String name;
    private final ResourceId id;
    private final Set<ResourceId> after;

    SecretObject(
            ClusterConnections connections,
            Ownership ownership,
            ResourceId id,
            String namespace,
            String name,
            Set<ResourceId> after) {
        this.connections = connections;
        this.ownership = ownership;
        this.id = id;
        this.namespace = namespace;
        this.name = name;
        this.after = Set.copyOf(after);
    }

    /** A Secret in the cluster with the backend's marks; it is deleted with the cluster. */
    public static Deletable<?> of(
            ClusterConnections connections,
            Ownership ownership,
            ResourceId id,
            SecretDigest found,
            ResourceId cluster) {
        Set<ResourceId> after = Set.of(cluster, NamespaceResource.id(found.namespace()));
        return new SecretObject(connections, ownership, id, found.namespace(), found.name(), after) {
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
    public final Class<SecretDigest> type() {
        return SecretDigest.class;
    }

    @Override
    public final Set<ResourceId> after() {
        return after;
    }

    @Override
    public final Optional<SecretDigest> read(State state) {
        Optional<SecretDigest> found = connections
                .find(state)
                .flatMap(client -> KubernetesCalls.find(
                        "get " + describe(),
                        () -> client.secrets()
                                .inNamespace(namespace)
                                .withName(name)
                                .get()))
                .map(SecretDigest::of);
        if (found.isPresent() && !ownership.owns(found.get().object())) {
            throw ownership.foreign(describe());
        }
        return found;
    }

    @Override
    public final Readiness readiness(SecretDigest observed) {
        return observed.object().getMetadata().getDeletionTimestamp() == null
                ? Readiness.ready()
                : Held.deleting(observed.object());
    }

    @Override
    public final void delete(SecretDigest observed, State state) {
        connections
                .find(state)
                .filter(client -> ownership.owns(observed.object()))
                .ifPresent(client -> KubernetesCalls.call(
                        "delete " + describe(),
                        () -> client.secrets()
                                .inNamespace(namespace)
                                .withName(name)
                                .delete()));
    }

    @Override
    public final Timing timing() {
        return Timing.quick();
    }

    @Override
    public final String describe() {
        return "Secret " + name + " in " + namespace;
    }
}
