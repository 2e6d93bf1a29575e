// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.osmo.backend.kubernetes.internal.client.ApiDiscovery;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Kubernetes objects as plain data, without what the API server alone writes. */
public final class PlainObject {
    private static final Set<String> SERVER_METADATA = Set.of(
            "creationTimestamp",
            "deletionTimestamp",
            "generation",
            "managedFields",
            "resourceVersion",
            "selfLink",
            "uid");

    private PlainObject() {}

    /** Made when first needed: it scans the class path. */
    private static final class Holder {
        static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
    }

    /** All of an object but its status and the server's metadata. */
    public static Map<String, Object> of(Object object) {
        Map<String, Object> all = plain(object);
        all.remove("status");
        all.computeIfPresent("metadata", (key, metadata) -> without((Map<?, ?>) metadata));
        return all;
    }

    /** Version and kind, as discovery knows them. */
    public static String kind(HasMetadata object) {
        return ApiDiscovery.key(object.getApiVersion(), object.getKind());
    }

    /**
     * One object in YAML or JSON.
     *
     * @throws IllegalArgumentException if it is no Kubernetes object
     */
    public static GenericKubernetesResource parse(String text) {
        GenericKubernetesResource object = Holder.SERIALIZATION.unmarshal(text, GenericKubernetesResource.class);
        if (object == null
                || object.getKind() == null
                || object.getApiVersion() == null
                || object.getMetadata() == null
                || object.getMetadata().getName() == null) {
            throw new IllegalArgumentException("an object needs apiVersion, kind and metadata.name");
        }
        return object;
    }

    /** A JSON or YAML document that is a mapping. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> mapping(String text) {
        return Holder.SERIALIZATION.unmarshal(text, Map.class);
    }

    /** The same object as another type. */
    public static <T extends HasMetadata> T as(HasMetadata object, Class<T> type) {
        return Holder.SERIALIZATION.convertValue(object, type);
    }

    /** As JSON. */
    public static String json(Object object) {
        return Holder.SERIALIZATION.asJson(object);
    }

    public static <T> T copy(T object) {
        return Holder.SERIALIZATION.clone(object);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> plain(Object object) {
        return Holder.SERIALIZATION.convertValue(object, Map.class);
    }

    private static Map<String, Object> without(Map<?, ?> metadata) {
        return metadata.entrySet().stream()
                .filter(e -> e.getValue() != null && !SERVER_METADATA.contains(String.valueOf(e.getKey())))
                .collect(Collectors.toMap(e -> String.valueOf(e.getKey()), Map.Entry::getValue));
    }
}
