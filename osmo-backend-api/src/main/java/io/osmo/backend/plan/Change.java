// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.plan;

import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a plan does to one resource, and why.
 *
 * @param resource the resource
 * @param action what is done
 * @param description one line for people, such as {@code NAT gateway in us-west-2a}
 * @param reason why, for people
 * @param fields differing fields of a resource that is updated or replaced; if a resource is created to take the place of another one,
 *     which is deleted, both have the fields that are the cause; also what a creation records; otherwise empty
 * @param after changes of the same plan that must be done first
 * @param estimate typical duration, without the changes that must be done first
 * @param disruption what it does to running work
 * @param takes resources of the backend that are deleted with it, such as the pools of a cluster; empty unless deleted or replaced
 */
public record Change(
        ResourceId resource,
        Action action,
        String description,
        String reason,
        List<FieldChange> fields,
        Set<ResourceId> after,
        Duration estimate,
        Disruption disruption,
        Set<ResourceId> takes) {
    public Change {
        fields = List.copyOf(fields);
        after = Collections.unmodifiableSet(new TreeSet<>(after));
        takes = Collections.unmodifiableSet(new TreeSet<>(takes));
    }
}
