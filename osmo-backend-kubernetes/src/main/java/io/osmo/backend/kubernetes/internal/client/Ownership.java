// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.client;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.resource.ResourceId;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The marks that identify the objects of a backend: the label {@code osmo-backend}, and the annotation {@code osmo-resource}, because
 * label values cannot contain the slash of a resource id. An object with the annotation of another one is a copy that somebody has made
 * of it with all its labels and annotations, and is not the backend's.
 *
 * @param givenUp matches objects without these marks that are the backend's nevertheless, because one of its charts no longer has them
 */
public record Ownership(String backend, Predicate<HasMetadata> givenUp) {
    public static final String FIELD_MANAGER = "osmo-backend";
    public static final String MANAGED_BY_LABEL = "app.kubernetes.io/managed-by";
    public static final String BACKEND_LABEL = "osmo-backend";
    public static final String RESOURCE_ANNOTATION = "osmo-resource";
    private static final int LONGEST_LABEL_VALUE = 63;

    public Ownership(String backend) {
        this(backend, object -> false);
    }

    /** Value of the label: the name, shortened with a digest where clouds allow longer names than labels. */
    public String labelValue() {
        if (backend.length() <= LONGEST_LABEL_VALUE) {
            return backend;
        }
        byte[] digest = Digests.sha256(backend.getBytes(StandardCharsets.UTF_8));
        return backend.substring(0, 54) + "-" + HexFormat.of().formatHex(digest, 0, 4);
    }

    public Map<String, String> labels() {
        return Map.of(MANAGED_BY_LABEL, FIELD_MANAGER, BACKEND_LABEL, labelValue());
    }

    /** Adds the marks, keeping labels and annotations that are there, {@code managed-by} included. */
    public <T extends HasMetadata> T mark(T object, ResourceId id) {
        ObjectMeta metadata = object.getMetadata();
        Map<String, String> labels = new HashMap<>(labels());
        if (metadata.getLabels() != null) {
            labels.putAll(metadata.getLabels());
        }
        labels.put(BACKEND_LABEL, labelValue());
        metadata.setLabels(labels);
        Map<String, String> annotations = new HashMap<>();
        if (metadata.getAnnotations() != null) {
            annotations.putAll(metadata.getAnnotations());
        }
        annotations.put(RESOURCE_ANNOTATION, id.toString());
        metadata.setAnnotations(annotations);
        return object;
    }

    public boolean owns(Map<String, String> labels) {
        return labelValue().equals(labels.get(BACKEND_LABEL));
    }

    public boolean owns(HasMetadata object) {
        return owns(labels(object)) && !isCopy(object) || givenUp.test(object);
    }

    /** The value of another backend's label; empty if an object has none, or is of this backend. */
    public Optional<String> otherBackend(HasMetadata object) {
        return Optional.ofNullable(labels(object).get(BACKEND_LABEL)).filter(value -> !value.equals(labelValue()));
    }

    /** The resource id in the marks of one of the backend's objects. */
    public Optional<ResourceId> resourceId(HasMetadata object) {
        return marked(object)
                .filter(text -> owns(object) && text.indexOf('/') > 0 && !text.endsWith("/"))
                .map(ResourceId::parse);
    }

    /** All ids end with the namespace, if there is one, and the name of their object. */
    private static boolean isCopy(HasMetadata object) {
        String namespace = object.getMetadata().getNamespace();
        String address = (namespace == null || namespace.isEmpty() ? "/" : "/" + namespace + "/")
                + object.getMetadata().getName();
        return marked(object).filter(id -> !id.endsWith(address)).isPresent();
    }

    private static Optional<String> marked(HasMetadata object) {
        return Optional.ofNullable(object.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(RESOURCE_ANNOTATION));
    }

    /** A conflict: an object has a name that the backend uses, but not the backend's label. */
    public CloudException foreign(String object) {
        return CloudException.builder(CloudError.ALREADY_EXISTS, "kubernetes:get " + object)
                .code("Foreign")
                .message("it already exists and lacks the label " + BACKEND_LABEL + "=" + labelValue()
                        + ", or is a copy of another object of the backend")
                .remedy("Choose another name in the spec, or delete the object if nothing needs it.")
                .build();
    }

    private static Map<String, String> labels(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }
}
