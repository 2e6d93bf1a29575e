// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.client;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The marks that identify the objects of a backend: the labels {@code osmo-backend} and {@code osmo-region}, and the annotation {@code
 * osmo-resource}, because label values cannot contain the slash of a resource id. An object with the annotation of another one is a copy
 * that somebody has made of it with all its labels and annotations, and is not the backend's. One without {@code osmo-region} is.
 *
 * @param home provider and region, which tell backends of one name apart; empty for the only backend of its name
 * @param givenUp matches objects without these marks that are the backend's nevertheless, because one of its charts no longer has them
 */
public record Ownership(String backend, Optional<String> home, Predicate<HasMetadata> givenUp) {
    public static final String FIELD_MANAGER = "osmo-backend";
    public static final String MANAGED_BY_LABEL = "app.kubernetes.io/managed-by";
    public static final String BACKEND_LABEL = "osmo-backend";
    public static final String RESOURCE_ANNOTATION = "osmo-resource";
    public static final String REGION_LABEL = "osmo-region";
    private static final Pattern LABEL_VALUE = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");
    private static final int LONGEST_LABEL_VALUE = 63;

    /** Of the only backend of this name. */
    public Ownership(String backend) {
        this(backend, Optional.empty(), object -> false);
    }

    /** Value of the label {@code osmo-region}: provider and region, or their digest where that is no label. */
    public static String home(BackendRef ref) {
        String home = ref.provider() + "." + ref.region();
        return LABEL_VALUE.matcher(home).matches()
                ? home
                : HexFormat.of().formatHex(Digests.sha256(home.getBytes(StandardCharsets.UTF_8)), 0, 16);
    }

    public Ownership(BackendRef ref) {
        this(ref, object -> false);
    }

    public Ownership(BackendRef ref, Predicate<HasMetadata> givenUp) {
        this(ref.name(), Optional.of(home(ref)), givenUp);
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
        Map<String, String> labels = new HashMap<>(marks());
        labels.put(MANAGED_BY_LABEL, FIELD_MANAGER);
        return labels;
    }

    /** The labels that say whose an object is. */
    public Map<String, String> marks() {
        Map<String, String> marks = new HashMap<>();
        marks.put(BACKEND_LABEL, labelValue());
        home.ifPresent(value -> marks.put(REGION_LABEL, value));
        return marks;
    }

    /** Adds the marks, keeping labels and annotations that are there, {@code managed-by} included. */
    public <T extends HasMetadata> T mark(T object, ResourceId id) {
        ObjectMeta metadata = object.getMetadata();
        Map<String, String> labels = new HashMap<>(labels());
        if (metadata.getLabels() != null) {
            labels.putAll(metadata.getLabels());
        }
        labels.putAll(marks());
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
        return labelValue().equals(labels.get(BACKEND_LABEL)) && !isElsewhere(labels);
    }

    public boolean owns(HasMetadata object) {
        return owns(labels(object)) && !isCopy(object) || givenUp.test(object);
    }

    /** Another backend that an object belongs to, by its label, or by its region if it has the same name. */
    public Optional<String> otherBackend(HasMetadata object) {
        Map<String, String> labels = labels(object);
        return Optional.ofNullable(labels.get(BACKEND_LABEL))
                .filter(value -> !owns(labels))
                .map(value -> isElsewhere(labels) && value.equals(labelValue())
                        ? value + " (" + labels.get(REGION_LABEL) + ")"
                        : value);
    }

    /** Whose an object is that has a name of the backend, and what to do about it. */
    public String owner(HasMetadata object) {
        String kind = object.getKind().toLowerCase(Locale.ROOT);
        String namespace = object.getMetadata().getNamespace();
        return otherBackend(object)
                .map(other -> "it belongs to the backend " + other)
                .orElseGet(() -> "if it is the backend's own and has lost its marks: kubectl label " + kind + " "
                        + object.getMetadata().getName()
                        + (namespace == null ? "" : " --namespace " + namespace)
                        + " " + BACKEND_LABEL + "=" + labelValue());
    }

    private boolean isElsewhere(Map<String, String> labels) {
        return home.isPresent()
                && labels.containsKey(REGION_LABEL)
                && !home.get().equals(labels.get(REGION_LABEL));
    }

    /** The resource id in the marks of one of the backend's objects. */
    public Optional<ResourceId> resourceId(HasMetadata object) {
        return annotation(object, RESOURCE_ANNOTATION)
                .filter(text -> owns(object) && text.indexOf('/') > 0 && !text.endsWith("/"))
                .map(ResourceId::parse);
    }

    /** All ids end with the namespace, if there is one, and the name of their object. */
    private static boolean isCopy(HasMetadata object) {
        String namespace = object.getMetadata().getNamespace();
        String address = (namespace == null || namespace.isEmpty() ? "/" : "/" + namespace + "/")
                + object.getMetadata().getName();
        return annotation(object, RESOURCE_ANNOTATION)
                .filter(id -> !id.endsWith(address))
                .isPresent();
    }

    private static Optional<String> annotation(HasMetadata object, String key) {
        return Optional.ofNullable(object.getMetadata().getAnnotations()).map(annotations -> annotations.get(key));
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
