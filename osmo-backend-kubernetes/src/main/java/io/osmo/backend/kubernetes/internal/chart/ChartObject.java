// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.osmo.backend.kubernetes.internal.client.ApiKind;
import io.osmo.backend.kubernetes.internal.resource.HelmRelease;
import io.osmo.backend.kubernetes.internal.resource.ManifestStage;
import io.osmo.backend.kubernetes.internal.resource.PlainObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One object of a chart as it is wanted, with the marks that Helm gives it.
 *
 * @param wanted in the namespace that the chart gives it, or else in that of the release
 * @param definition whether it is from the folder {@code crds/}: such objects have no marks, and are not part of the release
 */
record ChartObject(GenericKubernetesResource wanted, boolean definition) {
    /**
     * Identifies an object of a chart.
     *
     * @param group API group, without the version, which can change
     */
    record Key(String group, String kind, String namespace, String name) {}

    /** @throws IllegalArgumentException if it is no Kubernetes object */
    static ChartObject of(Map<String, Object> plain, HelmRelease release, boolean definition) {
        Map<String, Object> content = new HashMap<>(plain);
        content.remove("status");
        if (!(content.get("kind") instanceof String kind)
                || !(content.get("apiVersion") instanceof String)
                || !(content.get("metadata") instanceof Map<?, ?> metadata)
                || !(metadata.get("name") instanceof String)) {
            throw new IllegalArgumentException("an object needs apiVersion, kind and metadata.name");
        }
        GenericKubernetesResource object = PlainObject.parse(ChartYaml.json(content));
        ObjectMeta meta = object.getMetadata();
        meta.setCreationTimestamp(null);
        meta.setManagedFields(null);
        if (meta.getNamespace() == null || meta.getNamespace().isEmpty()) {
            meta.setNamespace(release.namespace());
        }
        if (!definition) {
            Map<String, String> labels = new HashMap<>(Objects.requireNonNullElse(meta.getLabels(), Map.of()));
            labels.putAll(release.labels());
            meta.setLabels(labels);
            Map<String, String> annotations =
                    new HashMap<>(Objects.requireNonNullElse(meta.getAnnotations(), Map.of()));
            annotations.putAll(release.annotations());
            meta.setAnnotations(annotations);
        }
        return new ChartObject(object, definition);
    }

    ManifestStage stage() {
        return ManifestStage.of(wanted);
    }

    Key key() {
        return address(wanted);
    }

    static Key address(HasMetadata object) {
        return new Key(
                ManifestStage.group(object),
                object.getKind(),
                object.getMetadata().getNamespace(),
                object.getMetadata().getName());
    }

    String kind() {
        return wanted.getKind();
    }

    /** Kind and name, such as {@code Deployment scheduler}. */
    String title() {
        return wanted.getKind() + " " + wanted.getMetadata().getName();
    }

    /** The object at its address; those of a kind without namespaces lose the one that they were given. */
    io.fabric8.kubernetes.client.dsl.Resource<GenericKubernetesResource> at(
            io.fabric8.kubernetes.client.KubernetesClient client, ApiKind kind) {
        return kind.at(client, wanted);
    }

    @Override
    public String toString() {
        return title();
    }
}
