// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.Secret;
import io.osmo.backend.kubernetes.internal.client.ApiDiscovery;
import io.osmo.backend.kubernetes.internal.client.ApiKind;
import io.osmo.backend.kubernetes.internal.client.ClusterConnections;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Resource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Objects of any kinds, such as a rendered chart. */
public final class Manifests {
    private final List<HasMetadata> objects;
    private final Set<String> defined = new HashSet<>();

    private Manifests(List<HasMetadata> objects) {
        this.objects = objects;
        objects.stream()
                .filter(object -> ManifestStage.of(object) == ManifestStage.DEFINITIONS)
                .forEach(definition -> define(((GenericKubernetesResource) definition).getAdditionalProperties()));
    }

    /** @throws IllegalArgumentException if an object has no version, kind or name, lacks a namespace, or is given twice */
    public static Manifests of(List<? extends HasMetadata> objects) {
        List<HasMetadata> uniform =
                objects.stream().map(ManifestResource::uniform).toList();
        Set<ResourceId> ids = new HashSet<>();
        for (HasMetadata object : uniform) {
            if (object.getMetadata().getName() == null) {
                throw new IllegalArgumentException("a " + object.getKind() + " of the manifests has no name");
            }
            if (object instanceof Namespaced && object.getMetadata().getNamespace() == null) {
                throw new IllegalArgumentException("the " + object.getKind() + " "
                        + object.getMetadata().getName() + " of the manifests has no namespace");
            }
            if (!ids.add(ManifestResource.id(object))) {
                throw new IllegalArgumentException("the manifests hold " + ManifestResource.id(object) + " twice");
            }
        }
        return new Manifests(uniform);
    }

    private void define(Map<String, Object> definition) {
        if (definition.get("spec") instanceof Map<?, ?> spec
                && spec.get("names") instanceof Map<?, ?> names
                && spec.get("versions") instanceof List<?> versions) {
            versions.forEach(version -> defined.add(ApiDiscovery.key(
                    spec.get("group") + "/" + ((Map<?, ?>) version).get("name"), String.valueOf(names.get("kind")))));
        }
    }

    /** One resource for each object, in the order of their stages; each stage comes after the one before it. */
    public List<Resource<?>> resources(ClusterConnections connections, Ownership ownership, Set<ResourceId> after) {
        Map<ManifestStage, List<HasMetadata>> stages = objects.stream()
                .collect(Collectors.groupingBy(
                        ManifestStage::of, () -> new EnumMap<>(ManifestStage.class), Collectors.toList()));
        List<Resource<?>> resources = new ArrayList<>();
        Set<ResourceId> before = after;
        for (List<HasMetadata> stage : stages.values()) {
            Set<ResourceId> next = new HashSet<>(after);
            for (HasMetadata object : stage) {
                Resource<?> resource = resource(connections, ownership, object, before);
                resources.add(resource);
                next.add(resource.id());
            }
            before = next;
        }
        return List.copyOf(resources);
    }

    private Resource<?> resource(
            ClusterConnections connections, Ownership ownership, HasMetadata object, Set<ResourceId> after) {
        return PlainObject.kind(object).equals("v1 Secret")
                ? SecretResource.of(
                        connections,
                        ownership,
                        ManifestResource.id(object),
                        PlainObject.as(object, Secret.class),
                        after)
                : ManifestResource.of(
                        connections, ownership, object, defined.contains(PlainObject.kind(object)), after);
    }

    /**
     * The kinds that the inventory does not read by default, as the cluster serves them; without kinds that the manifests define and the
     * cluster does not have yet.
     *
     * @throws io.osmo.backend.error.CloudException naming all kinds that neither the cluster nor the manifests know
     */
    List<ApiKind> kindsToRead(ApiDiscovery discovery) {
        Map<String, ApiKind> kinds = new LinkedHashMap<>();
        Set<String> unknown = new TreeSet<>();
        for (HasMetadata object : objects) {
            String key = PlainObject.kind(object);
            if (ManifestResource.isReadOnRequest(object) && !kinds.containsKey(key) && !unknown.contains(key)) {
                Optional<ApiKind> served = discovery.find(object.getApiVersion(), object.getKind());
                served.ifPresent(kind -> kinds.put(key, kind));
                if (served.isEmpty() && !defined.contains(key)) {
                    unknown.add(key);
                }
            }
        }
        if (!unknown.isEmpty()) {
            throw UnknownKinds.of(unknown);
        }
        return List.copyOf(kinds.values());
    }
}
