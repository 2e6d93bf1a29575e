// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import io.osmo.backend.kubernetes.internal.client.ClusterConnections;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.resource.ResourceId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The priority classes that the scheduler's pod groups refer to ({@code osmo-contract.md} §1.1). OSMO's chart makes them too
 * unless told not to, and Helm refuses to install over objects that it cannot adopt. So they carry the marks by which Helm
 * adopts them into the documented release, {@code osmo-operator} in the operator's namespace, instead of our own
 * {@code managed-by}; those that another release has made are used as they are. Their value is immutable; replacing one is
 * harmless, since pods keep the number that they were admitted with.
 */
public final class PriorityClassResource extends AppliedObject<PriorityClass> {
    static final Map<String, Integer> VALUES = Map.of("osmo-high", 125, "osmo-normal", 100, "osmo-low", 50);
    private static final String RELEASE = "osmo-operator";

    private PriorityClassResource(
            ClusterConnections connections,
            Ownership ownership,
            String name,
            int value,
            String releaseNamespace,
            Set<ResourceId> after) {
        super(
                connections,
                ownership,
                id(name),
                new PriorityClassBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels(Ownership.MANAGED_BY_LABEL, "Helm")
                        .addToAnnotations("meta.helm.sh/release-name", RELEASE)
                        .addToAnnotations("meta.helm.sh/release-namespace", releaseNamespace)
                        .endMetadata()
                        .withValue(value)
                        .withDescription("Priority of OSMO workflows")
                        .build(),
                after);
    }

    /**
     * @param operatorNamespace namespace that OSMO's chart is installed in
     */
    public static List<PriorityClassResource> all(
            ClusterConnections connections, Ownership ownership, String operatorNamespace, Set<ResourceId> after) {
        return VALUES.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> new PriorityClassResource(
                        connections, ownership, e.getKey(), e.getValue(), operatorNamespace, after))
                .toList();
    }

    static ResourceId id(String name) {
        return ResourceId.of("priority-class", name);
    }

    @Override
    boolean mayBelongToOthers() {
        return true;
    }

    @Override
    boolean mustOwn() {
        return true;
    }

    @Override
    boolean isImmutable(String field) {
        return field.equals("value");
    }
}
