// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.OsmoService;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A Helm release, and the marks by which Helm knows the objects of one: it refuses to install over objects that lack them, or that carry
 * those of another release.
 *
 * @see <a href="https://helm.sh/docs/topics/advanced/">adopting objects</a>
 */
public record HelmRelease(String name, String namespace) {
    private static final String NAME = "meta.helm.sh/release-name";
    private static final String NAMESPACE = "meta.helm.sh/release-namespace";
    private static final String POLICY = "helm.sh/resource-policy";
    private static final String KEEP = "keep";

    /** The release that OSMO's operator is installed as. */
    static HelmRelease of(BackendSpec spec) {
        return new HelmRelease(
                spec.osmo().map(OsmoService::helmRelease).orElse("osmo-operator"),
                OsmoNamespaces.of(spec).operator());
    }

    /** The release that an object says it belongs to. */
    public static Optional<HelmRelease> marked(HasMetadata object) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations == null || annotations.get(NAME) == null
                ? Optional.empty()
                : Optional.of(new HelmRelease(
                        annotations.get(NAME), Objects.requireNonNullElse(annotations.get(NAMESPACE), "")));
    }

    public Map<String, String> labels() {
        return Map.of(Ownership.MANAGED_BY_LABEL, "Helm");
    }

    /** The marks that Helm itself writes. */
    public Map<String, String> annotations() {
        return Map.of(NAME, name, NAMESPACE, namespace);
    }

    /** Likewise, of an object that stays when an upgrade of the release no longer has it. */
    Map<String, String> keptAnnotations() {
        return Map.of(NAME, name, NAMESPACE, namespace, POLICY, KEEP);
    }

    /** Whether Helm leaves an object in place when its release no longer has it. */
    public static boolean isKept(HasMetadata object) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations != null && KEEP.equals(annotations.get(POLICY));
    }

    /**
     * The other release that an object belongs to. Marks that this library set for an earlier spec do not count, because it can change
     * them.
     */
    Optional<HelmRelease> otherOwner(HasMetadata object) {
        return marked(object).filter(other -> !other.equals(this) && !writtenByUs(object));
    }

    /** Whether the marks of an object were written by this library. */
    public static boolean writtenByUs(HasMetadata object) {
        return object.getMetadata().getManagedFields().stream()
                .filter(entry -> Ownership.FIELD_MANAGER.equals(entry.getManager()))
                .anyMatch(HelmRelease::holdsName);
    }

    private static boolean holdsName(ManagedFieldsEntry entry) {
        return entry.getFieldsV1() != null
                && entry.getFieldsV1().getAdditionalProperties().get("f:metadata") instanceof Map<?, ?> metadata
                && metadata.get("f:annotations") instanceof Map<?, ?> annotations
                && annotations.containsKey("f:" + NAME);
    }

    @Override
    public String toString() {
        return name + " in " + namespace;
    }
}
