// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.stream.Collectors;

/** Objects that workloads have made. */
public record WorkloadObjects(List<HasMetadata> objects) {
    public WorkloadObjects {
        objects = List.copyOf(objects);
    }

    /** The objects that are not being deleted yet. */
    List<HasMetadata> standing() {
        return objects.stream()
                .filter(o -> o.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    @Override
    public String toString() {
        return objects.stream().map(WorkloadObjects::name).collect(Collectors.joining(", "));
    }

    static String name(HasMetadata object) {
        return object.getKind() + " " + object.getMetadata().getNamespace() + "/"
                + object.getMetadata().getName();
    }
}
