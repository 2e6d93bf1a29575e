// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.kubernetes.internal.resource.HelmRelease;
import io.osmo.backend.kubernetes.internal.resource.SecretDigest;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Reading;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Objects that pass from one part of a backend to another by an edit of its spec: from a resource to a chart, from a chart to a resource,
 * and from one chart to another. The new owner takes the object over as it is; the old one leaves it alone. To delete it first would cost
 * what is in it, and need a second apply. Pure.
 *
 * @param plans the charts of the spec
 * @param givenUp objects of releases that no chart of the spec has any more, by the resource that wants them now
 */
record Handover(List<ChartPlan> plans, Map<ResourceId, Observed<?>> givenUp) {
    static final Handover NONE = new Handover(List.of(), Map.of());

    Handover {
        plans = List.copyOf(plans);
        givenUp = Map.copyOf(givenUp);
    }

    /** @param inside what was read in the cluster; of objects that are not the backend's only those that the spec wants */
    static Handover of(List<ChartPlan> plans, List<HelmRecord> recorded, Reading inside) {
        Set<HelmRelease> releases =
                recorded.stream().map(HelmRecord::helmRelease).collect(Collectors.toSet());
        Set<ChartObject.Key> wanted = addresses(plans, Set.of());
        Map<ResourceId, Observed<?>> givenUp = new HashMap<>();
        inside.observed()
                .forEach((id, observed) -> object(observed)
                        .filter(object -> HelmRelease.marked(object)
                                .filter(releases::contains)
                                .isPresent())
                        .filter(object -> !wanted.contains(ChartObject.address(object)))
                        .ifPresent(object -> givenUp.put(id, Observed.ours(observed.value()))));
        return new Handover(plans, givenUp);
    }

    /** StorageClasses are all read, also those that the spec does not want. */
    private static Optional<HasMetadata> object(Observed<?> observed) {
        if (observed.ownership() == Observed.Ownership.OURS || observed.value() instanceof StorageClass) {
            return Optional.empty();
        }
        return observed.value() instanceof SecretDigest secret
                ? Optional.of(secret.object())
                : Optional.of(observed.value())
                        .filter(HasMetadata.class::isInstance)
                        .map(HasMetadata.class::cast);
    }

    private static Set<ChartObject.Key> addresses(List<ChartPlan> plans, Set<HelmRelease> but) {
        return plans.stream()
                .filter(plan -> !but.contains(plan.release()))
                .flatMap(plan -> plan.addresses().stream())
                .collect(Collectors.toSet());
    }

    private Set<ChartObject.Key> givenUpAddresses() {
        return givenUp.values().stream()
                .map(observed -> observed.value() instanceof SecretDigest secret
                        ? secret.object()
                        : (HasMetadata) observed.value())
                .map(ChartObject::address)
                .collect(Collectors.toSet());
    }

    /** What the wanted resources find of objects that are given up. */
    Map<ResourceId, Observed<?>> observed() {
        return givenUp;
    }

    /** Resources with objects that charts have taken over; resources that the spec describes keep their objects. */
    Set<ResourceId> taken() {
        return plans.stream()
                .flatMap(plan -> plan.live().stream())
                .flatMap(live -> live.holders().stream())
                .collect(Collectors.toSet());
    }

    /** Objects that a release leaves to other charts, and to resources of the backend. */
    Set<ChartObject.Key> leftBy(HelmRelease release) {
        Set<ChartObject.Key> left = new HashSet<>(addresses(plans, Set.of(release)));
        left.addAll(givenUpAddresses());
        return left;
    }

    /** The backend, to which objects belong as well that its charts have given up. */
    Ownership ownership(BackendRef backend) {
        Set<ChartObject.Key> addresses = givenUpAddresses();
        return new Ownership(
                backend,
                object -> HelmRelease.marked(object).isPresent() && addresses.contains(ChartObject.address(object)));
    }
}
