// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.addon;

import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.eks.model.AddonInfo;

/**
 * Versions of add-ons that EKS offers; an attachment of the inventory.
 *
 * @param offers by name of the add-on, in the order in which EKS lists them
 */
record AddonVersions(Map<String, List<Offer>> offers) {
    AddonVersions {
        offers = Map.copyOf(offers);
    }

    /**
     * One version for one Kubernetes version.
     *
     * @param isDefault whether EKS installs it when none is named
     */
    record Offer(String version, KubernetesVersion kubernetes, boolean isDefault) {}

    static AddonVersions none() {
        return new AddonVersions(Map.of());
    }

    static AddonVersions of(List<AddonInfo> answer) {
        Map<String, List<Offer>> offers = new HashMap<>();
        answer.forEach(addon -> addon.addonVersions()
                .forEach(version -> version.compatibilities()
                        .forEach(fits -> KubernetesVersion.parse(fits.clusterVersion())
                                .ifPresent(kubernetes -> offers.computeIfAbsent(
                                                addon.addonName(), name -> new ArrayList<>())
                                        .add(new Offer(
                                                version.addonVersion(),
                                                kubernetes,
                                                Boolean.TRUE.equals(fits.defaultVersion())))))));
        return new AddonVersions(offers);
    }

    /** The default version for a Kubernetes version, else the first one listed. */
    Optional<String> newest(String addon, KubernetesVersion kubernetes) {
        List<Offer> fitting = offers.getOrDefault(addon, List.of()).stream()
                .filter(offer -> offer.kubernetes().equals(kubernetes))
                .toList();
        return fitting.stream()
                .filter(Offer::isDefault)
                .findFirst()
                .or(() -> fitting.stream().findFirst())
                .map(Offer::version);
    }

    /** Whether EKS offers add-ons for a Kubernetes version. */
    boolean knows(KubernetesVersion kubernetes) {
        return offers.values().stream()
                .anyMatch(
                        all -> all.stream().anyMatch(offer -> offer.kubernetes().equals(kubernetes)));
    }

    /** Versions that run with a Kubernetes version, in the order in which EKS lists them. */
    List<String> fitting(String addon, KubernetesVersion kubernetes) {
        return offers.getOrDefault(addon, List.of()).stream()
                .filter(offer -> offer.kubernetes().equals(kubernetes))
                .map(Offer::version)
                .toList();
    }

    /** Whether a version runs with a Kubernetes version. */
    boolean fits(String addon, String version, KubernetesVersion kubernetes) {
        return offers.getOrDefault(addon, List.of()).stream()
                .anyMatch(offer ->
                        offer.version().equals(version) && offer.kubernetes().equals(kubernetes));
    }
}
