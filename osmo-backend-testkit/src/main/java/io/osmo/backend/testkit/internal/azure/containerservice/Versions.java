// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.containerservice;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import java.util.List;
import java.util.Optional;

/** The versions of Kubernetes that AKS offered in November 2026. */
final class Versions {
    private static final List<Offer> OFFERS = List.of(
            new Offer("1.33", List.of("1.33.11", "1.33.12"), true, true, false),
            new Offer("1.34", List.of("1.34.7", "1.34.8"), false, true, false),
            new Offer("1.35", List.of("1.35.3", "1.35.4"), false, true, false),
            new Offer("1.36", List.of("1.36.1", "1.36.2"), false, true, false),
            new Offer("1.37", List.of("1.37.0"), false, false, true));

    private static final String DEFAULT = "1.35";

    /**
     * @param patches oldest first
     * @param ltsOnly whether it is supported with Long-Term Support only
     */
    record Offer(String minor, List<String> patches, boolean ltsOnly, boolean lts, boolean preview) {
        String newest() {
            return patches.get(patches.size() - 1);
        }
    }

    private Versions() {}

    /** The newest patch of a minor version, or a patch that is still offered. */
    static Optional<String> resolve(String requested) {
        if (requested.isEmpty()) {
            return resolve(DEFAULT);
        }
        return OFFERS.stream()
                .flatMap(offer -> offer.minor().equals(requested)
                        ? Optional.of(offer.newest()).stream()
                        : offer.patches().stream().filter(requested::equals))
                .findFirst();
    }

    /** Whether a request leaves the running version as it is: it asks for the same version, or for its minor version. */
    static boolean keeps(String requested, String running) {
        return requested.equals(running) || requested.equals(minor(running));
    }

    static boolean isLtsOnly(String version) {
        return OFFERS.stream().anyMatch(o -> o.minor().equals(minor(version)) && o.ltsOnly());
    }

    static String defaultMinor() {
        return DEFAULT;
    }

    /** {@code 1.35} of {@code 1.35.3}. */
    static String minor(String version) {
        String[] parts = version.split("\\.", -1);
        return parts[0] + "." + parts[1];
    }

    /** {@code 35} of {@code 1.35.3}. */
    static int number(String version) {
        return Integer.parseInt(version.split("\\.", -1)[1]);
    }

    static int patch(String version) {
        return Integer.parseInt(version.split("\\.", -1)[2]);
    }

    /** The list {@code kubernetesVersions} of a region. */
    static ObjectNode list() {
        ObjectNode body = Json.object();
        ArrayNode values = body.putArray("values");
        OFFERS.forEach(offer -> show(offer, values.addObject()));
        return body;
    }

    private static void show(Offer offer, ObjectNode value) {
        value.put("version", offer.minor());
        if (offer.minor().equals(DEFAULT)) {
            value.put("isDefault", true);
        }
        if (offer.preview()) {
            value.put("isPreview", true);
        }
        ArrayNode plans = value.putObject("capabilities").putArray("supportPlan");
        if (!offer.ltsOnly()) {
            plans.add("KubernetesOfficial");
        }
        if (offer.lts()) {
            plans.add("AKSLongTermSupport");
        }
        ObjectNode patches = value.putObject("patchVersions");
        offer.patches().forEach(patch -> {
            ArrayNode upgrades = patches.putObject(patch).putArray("upgrades");
            upgrades(patch).forEach(upgrades::add);
        });
    }

    /** Newer patches of the same minor version and all of the next. */
    static List<String> upgrades(String from) {
        return OFFERS.stream()
                .flatMap(offer -> offer.patches().stream())
                .filter(to -> number(to) == number(from) && patch(to) > patch(from) || number(to) == number(from) + 1)
                .toList();
    }
}
