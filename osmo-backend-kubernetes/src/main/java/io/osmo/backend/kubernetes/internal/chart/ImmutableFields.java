// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.osmo.backend.kubernetes.internal.resource.SubsetComparison;
import io.osmo.backend.resource.FieldChange;
import java.util.List;

/** Changes that the API server refuses: the object is deleted and created again, or the plan is refused. */
final class ImmutableFields {
    private ImmutableFields() {}

    /** All differences of such an object, because the dry run has reported none. */
    static List<FieldChange> differences(ChartObject object, GenericKubernetesResource live) {
        boolean secret = object.kind().equals("Secret");
        return SubsetComparison.differences(
                        ObjectDiff.content(object.wanted(), secret), ObjectDiff.content(live, secret), field -> false)
                .stream()
                .filter(difference -> !difference.field().equals("metadata.namespace"))
                .map(difference -> change(
                        object,
                        object.title() + " " + difference.field(),
                        secret ? "(redacted)" : difference.before(),
                        secret ? "changed (redacted)" : difference.after()))
                .toList();
    }

    private static FieldChange change(ChartObject object, String field, String before, String after) {
        return Kinds.isReplaceable(object)
                ? FieldChange.inPlace(
                        field,
                        before,
                        after + " (immutable: the " + object.kind() + " is deleted and created again)",
                        Kinds.disruption(object))
                : FieldChange.impossible(
                        field,
                        before,
                        after
                                + " (immutable: go back to the version and values of the chart that made it so, or save what the "
                                + object.kind() + " holds and delete it, then plan again)");
    }
}
