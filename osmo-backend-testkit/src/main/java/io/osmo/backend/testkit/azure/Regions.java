// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Regions, some of which have availability zones. */
final class Regions {
    private static final Set<String> ZONED = Set.of(
            "eastus",
            "eastus2",
            "southcentralus",
            "westus2",
            "westus3",
            "centralus",
            "northeurope",
            "westeurope",
            "swedencentral",
            "japaneast",
            "australiaeast",
            "usgovvirginia",
            "chinanorth3");
    private static final Set<String> PLAIN = Set.of("westus", "northcentralus", "ukwest", "usgovarizona", "chinaeast2");

    private Regions() {}

    /** {@code East US 2} is {@code eastus2}. */
    static String normal(String location) {
        return location.replace(" ", "").toLowerCase(Locale.ROOT);
    }

    static boolean exists(String location) {
        return ZONED.contains(location) || PLAIN.contains(location);
    }

    static List<String> zones(String location) {
        return ZONED.contains(location) ? List.of("1", "2", "3") : List.of();
    }

    /** As the list of locations of a subscription shows them. */
    static ArrayNode list(String subscription) {
        ArrayNode value = Json.array();
        for (Set<String> regions : List.of(ZONED, PLAIN)) {
            regions.stream().sorted().forEach(name -> {
                ObjectNode region = value.addObject();
                region.put("id", "/subscriptions/" + subscription + "/locations/" + name)
                        .put("name", name)
                        .put("type", "Region")
                        .put("displayName", name);
                region.putObject("metadata").put("regionType", "Physical");
                ArrayNode mappings = region.putArray("availabilityZoneMappings");
                zones(name)
                        .forEach(zone ->
                                mappings.addObject().put("logicalZone", zone).put("physicalZone", name + "-az" + zone));
            });
        }
        return value;
    }
}
