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
 * The priority classes that the scheduler's pod groups refer to ({@code osmo-contract.md} §1.1). OSMO's charts make them too unless told
 * not to, in 6.3 and 6.4 alike, and Helm refuses to install over objects that it cannot adopt. So they carry the marks of the Helm
 * release in the spec instead of our own {@code managed-by}. Those that others have made are used as they are, unless another Helm
 * release has: that one would delete them with it. Their value is immutable; replacing one is harmless, since pods keep the number that
 * they were admitted with. What the charts describe them as is left to the charts.
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

    /** How one was found that is called like ours; empty if it is none of those that OSMO needs. */
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
