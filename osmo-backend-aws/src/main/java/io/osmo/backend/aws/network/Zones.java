// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.network;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Availability zones of the region; an attachment of inventories that were read with a spec.
 *
 * @param usable names of the zones that are open to this account and in which EKS accepts control planes, sorted
 * @param selling zones in which each instance type of the spec is sold
 */
public record Zones(List<String> usable, Map<String, Set<String>> selling) {
    public Zones {
        usable = usable.stream().sorted().toList();
        selling = Map.copyOf(selling);
    }

    /** Whether a type is sold in a zone. */
    public boolean sells(String zone, String instanceType) {
        return selling.getOrDefault(instanceType, Set.of()).contains(zone);
    }
}
