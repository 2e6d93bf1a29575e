// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.arm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Regions, some of which have availability zones. */
public final class Regions {
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
    public static String normal(String location) {
        return location.replace(" ", "").toLowerCase(Locale.ROOT);
    }

    static boolean exists(String location) {
        return ZONED.contains(location) || PLAIN.contains(location);
    }

    /** What is asked of a location that does not exist, which no resource provider serves. */
    static void requireLocation(ArmId id, String apiVersion) {
        String type = id.type().substring(id.type().indexOf('/') + 1);
        if (!type.startsWith("locations/") || exists(normal(id.names().get(0)))) {
            return;
        }
        throw ArmError.badRequest(
                "NoRegisteredProviderFound",
                "No registered resource provider found for location '"
                        + id.names().get(0) + "' and API version '"
                        + apiVersion + "' for type '" + type + "'. The supported locations are '"
                        + Stream.of(ZONED, PLAIN).flatMap(Set::stream).sorted().collect(Collectors.joining(", "))
                        + "'.");
    }

    public static List<String> zones(String location) {
        return ZONED.contains(location) ? List.of("1", "2", "3") : List.of();
    }

    /** As the list of locations of a subscription shows them. */
    public static Stream<ObjectNode> list(String subscription) {
        return Stream.of(ZONED, PLAIN)
                .flatMap(regions -> regions.stream().sorted())
                .map(name -> region(subscription, name));
    }

    private static ObjectNode region(String subscription, String name) {
        ObjectNode region = Json.object()
                .put("id", "/subscriptions/" + subscription + "/locations/" + name)
                .put("name", name)
                .put("type", "Region")
                .put("displayName", name);
        region.putObject("metadata").put("regionType", "Physical");
        ArrayNode mappings = region.putArray("availabilityZoneMappings");
        zones(name)
                .forEach(
                        zone -> mappings.addObject().put("logicalZone", zone).put("physicalZone", name + "-az" + zone));
        return region;
    }
}
