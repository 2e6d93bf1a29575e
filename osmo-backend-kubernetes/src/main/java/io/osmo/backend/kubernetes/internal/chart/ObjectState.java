// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.osmo.backend.kubernetes.internal.resource.HelmRelease;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import java.util.List;
import java.util.Optional;

/**
 * One object of a chart as it is in the cluster.
 *
 * @param object the object as it is wanted
 * @param live what exists; empty when there is no such object
 * @param changes what applying it would change
 * @param readiness whether it is ready; what does not exist is pending
 * @param replaced whether it has to be deleted and created again, since the API server refuses the change
 * @param holder the resource of the backend that it carries the marks of; empty when none does
 */
record ObjectState(
        ChartObject object,
        Optional<GenericKubernetesResource> live,
        List<FieldChange> changes,
        Readiness readiness,
        boolean replaced,
        Optional<ResourceId> holder) {
    ObjectState {
        changes = List.copyOf(changes);
    }

    /** An object that does not exist. */
    static ObjectState absent(ChartObject object) {
        return new ObjectState(
                object,
                Optional.empty(),
                List.of(FieldChange.inPlace(object.title(), "(none)", "created")),
                Readiness.pending(object.title() + " does not exist"),
                false,
                Optional.empty());
    }

    /** An object that another resource of the backend manages; nothing is left to do here. */
    static ObjectState managedElsewhere(ChartObject object, GenericKubernetesResource live) {
        return new ObjectState(object, Optional.of(live), List.of(), Readiness.ready(), false, Optional.empty());
    }

    /** The same object, which carries the marks of a resource of the backend. */
    ObjectState heldBy(ResourceId resource) {
        return new ObjectState(object, live, changes, readiness, replaced, Optional.of(resource));
    }

    /** Where it is; without the namespace that an object of a kind without namespaces was given. */
    ChartObject.Key address() {
        return live.map(ChartObject::address).orElseGet(object::key);
    }

    boolean exists() {
        return live.isPresent();
    }

    boolean isDeleting() {
        return live.filter(l -> l.getMetadata().getDeletionTimestamp() != null).isPresent();
    }

    /** Whether it carries the marks of a release. */
    boolean belongsTo(HelmRelease release) {
        return live.flatMap(HelmRelease::marked).filter(release::equals).isPresent();
    }

    /** What keeps it while it is deleted. */
    List<String> finalizers() {
        return live.map(l -> l.getMetadata().getFinalizers()).orElse(List.of());
    }
}
