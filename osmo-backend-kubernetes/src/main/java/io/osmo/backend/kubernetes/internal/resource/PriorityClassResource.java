// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import io.osmo.backend.kubernetes.internal.client.ClusterConnections;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The priority classes that the scheduler's pod groups refer to. OSMO's charts, 6.3 and 6.4 alike, create
 * them too by default, and Helm refuses to install over objects that it cannot adopt. So they have the marks of the spec's Helm release
 * instead of the backend's own {@code managed-by}. Existing classes of others are used as they are, except those of another Helm release,
 * which would delete them when it is uninstalled. The value of a class is immutable; replacing a class is harmless, because pods keep the
 * number that they were admitted with. The descriptions are left to the charts.
 */
public final class PriorityClassResource extends AppliedObject<PriorityClass> {
    static final Map<String, Integer> VALUES = Map.of("osmo-high", 125, "osmo-normal", 100, "osmo-low", 50);

    private final HelmRelease release;

    private PriorityClassResource(
            ClusterConnections connections,
            Ownership ownership,
            String name,
            int value,
            HelmRelease release,
            Set<ResourceId> after) {
        super(
                connections,
                ownership,
                id(name),
                new PriorityClassBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels(release.labels())
                        .addToAnnotations(release.keptAnnotations())
                        .endMetadata()
                        .withValue(value)
                        .build(),
                after);
        this.release = release;
    }

    public static List<PriorityClassResource> all(
            ClusterConnections connections, Ownership ownership, BackendSpec spec, Set<ResourceId> after) {
        HelmRelease release = HelmRelease.of(spec);
        return VALUES.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> new PriorityClassResource(connections, ownership, e.getKey(), e.getValue(), release, after))
                .toList();
    }

    /** The observation of a priority class that OSMO needs; empty for any other class. */
    static Optional<Observed<?>> observed(PriorityClass found, Ownership ownership, Optional<BackendSpec> spec) {
        boolean ours = ownership.owns(found);
        if (!ours && !VALUES.containsKey(found.getMetadata().getName())) {
            return Optional.empty();
        }
        if (spec.flatMap(s -> HelmRelease.of(s).otherOwner(found)).isPresent()) {
            return Optional.of(Observed.foreign(found));
        }
        return Optional.of(ours ? Observed.ours(found) : Observed.existing(found));
    }

    static ResourceId id(String name) {
        return ResourceId.of("priority-class", name);
    }

    @Override
    public Optional<String> owner(PriorityClass observed) {
        return release.otherOwner(observed)
                .map(other -> "it belongs to the Helm release " + other
                        + ", and the operator of the spec is installed as " + release
                        + ": set osmo.helmRelease and osmo.operatorNamespace to that release, or uninstall it");
    }

    @Override
    boolean isForeign(PriorityClass found) {
        return release.otherOwner(found).isPresent();
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
