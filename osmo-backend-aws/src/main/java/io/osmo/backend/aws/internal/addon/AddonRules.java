// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.addon;

import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.SettingsReader;
import io.osmo.backend.spi.provider.SpecPaths;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Rules for the versions of add-ons that the settings pin. Pure. */
final class AddonRules {
    private static final String PATH = "settings.addonVersions";
    private static final Pattern VERSION = Pattern.compile("v\\d+\\.\\d+\\.\\d+-eksbuild\\.\\d+");

    private AddonRules() {}

    /** @param installed names of the add-ons that a backend gets */
    static List<Violation> validate(BackendSpec spec, Collection<String> installed) {
        List<Violation> violations = new ArrayList<>();
        new TreeMap<>(EksSettings.of(spec.settings()).addonVersions()).forEach((addon, version) -> {
            if (!installed.contains(addon)) {
                violations.add(violation(
                        SpecPaths.entry(PATH, addon),
                        addon,
                        "an add-on that a backend gets: " + String.join(", ", installed),
                        "Remove it, or correct its name." + SettingsReader.didYouMean(addon, installed)));
            } else if (!VERSION.matcher(version).matches()) {
                violations.add(violation(
                        SpecPaths.entry(PATH, addon),
                        version,
                        "a version in the spelling of EKS, such as v1.20.4-eksbuild.1",
                        "Take one that eks:DescribeAddonVersions lists."));
            }
        });
        return violations;
    }

    /** Refuses versions that EKS does not offer for the Kubernetes version of the backend, which other rules judge. */
    static List<Violation> check(BackendSpec spec, AddonVersions versions, KubernetesVersion kubernetes) {
        List<Violation> violations = new ArrayList<>();
        if (!versions.knows(kubernetes)) {
            return violations;
        }
        new TreeMap<>(EksSettings.of(spec.settings()).addonVersions()).forEach((addon, version) -> {
            if (!versions.fits(addon, version, kubernetes)) {
                List<String> fitting = versions.fitting(addon, kubernetes);
                violations.add(violation(
                        SpecPaths.entry(PATH, addon),
                        version + " with Kubernetes " + kubernetes,
                        fitting.isEmpty()
                                ? "no version: EKS offers none of " + addon + " for Kubernetes " + kubernetes
                                : "versions of " + addon + " that EKS offers for it: " + String.join(", ", fitting),
                        "Choose one of these, or remove the pin and get the default."));
            }
        });
        return violations;
    }

    private static Violation violation(String path, String given, String allowed, String remedy) {
        return new Violation(path, Optional.empty(), given, allowed, remedy);
    }
}
