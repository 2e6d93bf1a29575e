// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.catalog;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.aws.SupportType;
import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Inventory;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which Kubernetes version a backend gets (CP-2). Pure. */
public final class VersionRules {
    private static final String PATH = "kubernetesVersion";

    private VersionRules() {}

    /**
     * The version that a spec means: the one it names, unless the cluster is ahead of it; else the one that exists, since an upgrade
     * must never be a surprise; else the newest in standard support.
     *
     * @param existing version of the cluster that exists
     */
    public static Optional<KubernetesVersion> wanted(
            BackendSpec spec, Optional<KubernetesVersion> existing, Inventory inventory) {
        return spec.kubernetesVersion()
                .flatMap(KubernetesVersion::parse)
                .map(pinned -> existing.filter(now -> now.compareTo(pinned) > 0).orElse(pinned))
                .or(() -> existing)
                .or(() -> inventory.attachment(Versions.class).flatMap(Versions::newest));
    }

    /** A spec must name a version when none can be looked up. */
    public static List<Violation> validate(BackendSpec spec) {
        return spec.kubernetesVersion().isEmpty()
                        && !EksSettings.of(spec.settings()).offers(EksFeature.VERSION_CATALOG)
                ? List.of(Requirement.CP_2.violation(
                        PATH,
                        "nothing",
                        "a version, because settings.omit says that versions cannot be looked up",
                        "Name a version."))
                : List.of();
    }

    /** Refuses versions that EKS does not offer, or only in a kind of support that the settings do not ask for. */
    public static List<Violation> check(BackendSpec spec, Optional<KubernetesVersion> existing, Inventory inventory) {
        Optional<Versions> versions = inventory.attachment(Versions.class);
        Optional<KubernetesVersion> wanted = wanted(spec, existing, inventory);
        if (versions.isPresent() && wanted.isEmpty()) {
            return List.of(Requirement.CP_2.violation(
                    PATH,
                    "none",
                    "a version that EKS offers; without one the newest in standard support is chosen, and EKS offers none there",
                    "Name one that EKS offers, and set settings.supportType to EXTENDED."));
        }
        return versions.isEmpty() || wanted.isEmpty() || wanted.equals(existing)
                ? List.of()
                : check(
                        wanted.get(),
                        versions.get(),
                        EksSettings.of(spec.settings()).supportType());
    }

    private static List<Violation> check(KubernetesVersion wanted, Versions versions, SupportType type) {
        Set<Versions.Support> accepted = type == SupportType.EXTENDED
                ? Set.of(Versions.Support.STANDARD, Versions.Support.EXTENDED)
                : Set.of(Versions.Support.STANDARD);
        Optional<Versions.Offered> offered = versions.find(wanted);
        if (offered.filter(found -> accepted.contains(found.status())).isPresent()) {
            return List.of();
        }
        String allowed = versions.offered().stream()
                .filter(each -> accepted.contains(each.status()))
                .map(each -> each.version()
                        + each.endOfStandardSupport()
                                .map(day -> " (standard support until " + day + ")")
                                .orElse(""))
                .collect(Collectors.joining(", "));
        boolean extended = offered.filter(found -> found.status() == Versions.Support.EXTENDED)
                .isPresent();
        return List.of(Requirement.CP_2.violation(
                PATH,
                wanted
                        + offered.map(each -> " (support: " + each.status() + ")")
                                .orElse(" (not offered)"),
                allowed,
                "Choose one of these" + (extended ? ", or set settings.supportType to EXTENDED." : ".")));
    }
}
