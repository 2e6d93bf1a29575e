// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.osmo.backend.kubernetes.internal.client.ClusterConnections;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.kubernetes.internal.client.SecretCalls;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** One Secret with one value, which the host supplies. The value is fetched when it is compared or applied, and never shown. */
public final class SecretResource extends SecretObject implements Resource<SecretDigest> {
    private final String secretType;
    private final Map<String, Supplier<byte[]>> data;

    /**
     * @param secretType Kubernetes' type of the Secret, which is immutable
     * @param key key of its data
     * @param value gives the value; called at each comparison and apply
     */
    SecretResource(
            ClusterConnections connections,
            Ownership ownership,
            ResourceId id,
            String namespace,
            String name,
            String secretType,
            String key,
            Supplier<String> value,
            Set<ResourceId> after) {
        this(
                connections,
                ownership,
                id,
                namespace,
                name,
                secretType,
                Map.of(key, () -> value.get().getBytes(StandardCharsets.UTF_8)),
                after);
    }

    private SecretResource(
            ClusterConnections connections,
            Ownership ownership,
            ResourceId id,
            String namespace,
            String name,
            String secretType,
            Map<String, Supplier<byte[]>> data,
            Set<ResourceId> after) {
        super(connections, ownership, id, namespace, name, after);
        this.secretType = secretType;
        this.data = data;
    }

    /** A Secret of a manifest. */
    static SecretResource of(
            ClusterConnections connections, Ownership ownership, ResourceId id, Secret wanted, Set<ResourceId> after) {
        if (wanted.getMetadata().getNamespace() == null) {
            throw new IllegalArgumentException("the " + id + " of the manifests has no namespace");
        }
        Map<String, Supplier<byte[]>> data = new TreeMap<>();
        Optional.ofNullable(wanted.getData())
                .ifPresent(encoded -> encoded.forEach(
                        (key, value) -> data.put(key, () -> Base64.getDecoder().decode(value))));
        Optional.ofNullable(wanted.getStringData())
                .ifPresent(plain ->
                        plain.forEach((key, value) -> data.put(key, () -> value.getBytes(StandardCharsets.UTF_8))));
        return new SecretResource(
                connections,
                ownership,
                id,
                wanted.getMetadata().getNamespace(),
                wanted.getMetadata().getName(),
                wanted.getType() == null ? "Opaque" : wanted.getType(),
                data,
                after);
    }

    @Override
    public Optional<String> unread(State state) {
        return connections.unread(state);
    }

    @Override
    public Optional<String> owner(SecretDigest observed) {
        return Optional.of(ownership.owner(observed.object()));
    }

    @Override
    public List<FieldChange> compare(SecretDigest observed, State state) {
        List<FieldChange> changes = new ArrayList<>();
        SubsetComparison.differences(PlainObject.of(withoutData()), PlainObject.of(observed.object()), field -> false)
                .forEach(d -> changes.add(
                        d.field().equals("type")
                                ? FieldChange.replacing(d.field(), d.before(), d.after())
                                : FieldChange.inPlace(d.field(), d.before(), d.after())));
        data.forEach((key, value) -> {
            if (!observed.holds(key, value.get())) {
                changes.add(FieldChange.inPlace(
                        "data[" + key + "]",
                        observed.has(key) ? "credential differs (redacted)" : "(none)",
                        "credential of the spec (redacted)"));
            }
        });
        return List.copyOf(changes);
    }

    @Override
    public SecretDigest create(State state) {
        return apply(state);
    }

    @Override
    public void update(SecretDigest observed, List<FieldChange> changes, State state) {
        apply(state);
    }

    private SecretDigest apply(State state) {
        Map<String, String> encoded = new TreeMap<>();
        data.forEach((key, value) -> encoded.put(key, Base64.getEncoder().encodeToString(value.get())));
        Secret wanted = withoutData().edit().addToData(encoded).build();
        return SecretDigest.of(SecretCalls.call(
                "apply " + describe(),
                wanted,
                () -> connections
                        .require(state)
                        .resource(wanted)
                        .fieldManager(Ownership.FIELD_MANAGER)
                        .forceConflicts()
                        .serverSideApply()));
    }

    private Secret withoutData() {
        return ownership.mark(
                new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withType(secretType)
                        .build(),
                id());
    }
}
