// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.osmo.backend.kubernetes.internal.client.ClusterConnections;
import io.osmo.backend.kubernetes.internal.client.KubernetesCalls;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * That no other StorageClass is the default (ST-1). Takes the mark of being the default from classes that clouds or hosts
 * have made, one per update, and touches nothing else of them.
 */
public final class DefaultClassResource implements Resource<StorageClasses> {
    public static final ResourceId ID = ResourceId.of("default-storage-class", "main");

    private final ClusterConnections connections;
    private final String name;
    private final Set<ResourceId> after;

    public DefaultClassResource(ClusterConnections connections, String name, Set<ResourceId> after) {
        this.connections = connections;
        this.name = name;
        this.after = Set.copyOf(after);
    }

    @Override
    public ResourceId id() {
        return ID;
    }

    @Override
    public Class<StorageClasses> type() {
        return StorageClasses.class;
    }

    @Override
    public Set<ResourceId> after() {
        return after;
    }

    @Override
    public Optional<StorageClasses> read(State state) {
        return connections.find(state).map(DefaultClassResource::list);
    }

    static StorageClasses list(KubernetesClient client) {
        return new StorageClasses(KubernetesCalls.list(
                "list StorageClasses",
                () -> client.storage().v1().storageClasses().list()));
    }

    @Override
    public Readiness readiness(StorageClasses observed) {
        return Readiness.ready();
    }

    @Override
    public Optional<String> unread(State state) {
        return connections.unread(state);
    }

    @Override
    public List<FieldChange> compare(StorageClasses observed, State state) {
        return observed.defaultsBeside(name).stream()
                .map(other -> FieldChange.inPlace(
                        "storageclass/" + other.getMetadata().getName(), "default", "not the default"))
                .toList();
    }

    /** Called only when the default class is another backend's. */
    @Override
    public Optional<String> owner(StorageClasses observed) {
        return observed.classes().stream()
                .filter(c -> observed.defaults().contains(c.getMetadata().getName()))
                .flatMap(c -> owner(c).stream())
                .findFirst();
    }

    private static Optional<String> owner(StorageClass found) {
        return Optional.ofNullable(found.getMetadata().getLabels())
                .map(labels -> labels.get(Ownership.BACKEND_LABEL))
                .map(other -> "the default is " + found.getMetadata().getName() + ", which the backend " + other
                        + " has made, and a cluster has one default: leave the class to that backend and use the default that"
                        + " there is");
    }

    /** A cluster always has a list of default classes, possibly empty, so creating this is the same as {@link #update}. */
    @Override
    public StorageClasses create(State state) {
        return list(connections.require(state));
    }

    @Override
    public void update(StorageClasses observed, List<FieldChange> changes, State state) {
        observed.defaultsBeside(name).stream().findFirst().ifPresent(other -> demote(other, state));
    }

    private void demote(StorageClass other, State state) {
        Map<String, String> demoted =
                StorageClasses.defaultAnnotations(other).stream().collect(Collectors.toMap(key -> key, key -> "false"));
        String patch = PlainObject.json(Map.of("metadata", Map.of("annotations", demoted)));
        PatchContext context = new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager(Ownership.FIELD_MANAGER)
                .build();
        String otherName = other.getMetadata().getName();
        KubernetesCalls.call(
                "demote StorageClass " + otherName,
                () -> connections
                        .require(state)
                        .storage()
                        .v1()
                        .storageClasses()
                        .withName(otherName)
                        .patch(context, patch));
    }

    /** Nothing to do: which class was the default before is not known. */
    @Override
    public void delete(StorageClasses observed, State state) {}

    @Override
    public Timing timing() {
        return Timing.quick();
    }

    @Override
    public String describe() {
        return "StorageClass " + name + " as the only default";
    }
}
