// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.catalog;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.aws.SupportType;
import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Inventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which Kubernetes version a backend gets (CP-2). Pure. */
public final class VersionRules {
    private VersionRules() {}

    /**
     * The version that a spec means: the one it names; else the one that stands, for an upgrade is never a surprise; else the
     * newest in standard support.
     *
     * @param standing version of the cluster that stands
     */
    public static Optional<KubernetesVersion> wanted(
            BackendSpec spec, Optional<KubernetesVersion> standing, Inventory inventory) {
        return spec.kubernetesVersion()
                .flatMap(KubernetesVersion::parse)
                .or(() -> standing)
                .or(() -> inventory.attachment(Versions.class).flatMap(Versions::newest));
    }

    /** A spec must name a version where none can be looked up. */
    public static List<Violation> validate(BackendSpec spec) {
        return spec.kubernetesVersion().isEmpty()
                        && !EksSettings.of(spec.settings()).offers(EksFeature.VERSION_CATALOG)
                ? List.of(new Violation(
                        "kubernetesVersion",
                        Optional.of(Requirement.CP_2.id()),
                        "nothing",
                        "a version, because settings.omit says that versions cannot be looked up",
                        "Name a version."))
                : List.of();
    }

    /** Refuses versions that EKS does not offer, or only in a kind of support that the settings do not ask for. */
    public static List<Violation> check(BackendSpec spec, Optional<KubernetesVersion> standing, Inventory inventory) {
        Optional<Versions> versions = inventory.attachment(Versions.class);
        Optional<KubernetesVersion> wanted = wanted(spec, standing, inventory);
        if (versions.isEmpty() || wanted.isEmpty() || wanted.equals(standing)) {
            return List.of();
        }
        boolean extended = EksSettings.of(spec.settings()).supportType() == SupportType.EXTENDED;
        List<Violation> violations = new ArrayList<>();
        Optional<Versions.Offered> offered = versions.get().find(wanted.get());
        boolean good = offered.isPresent()
                && (offered.get().status() == Versions.Support.STANDARD
                        || extended && offered.get().status() == Versions.Support.EXTENDED);
        if (!good) {
            String allowed = versions.get().offered().stream()
                    .filter(each -> each.status() == Versions.Support.STANDARD
                            || extended && each.status() == Versions.Support.EXTENDED)
                    .map(each -> each.version()
                            + each.endOfStandardSupport()
                                    .map(day -> " (standard support until " + day + ")")
                                    .orElse(""))
                    .collect(Collectors.joining(", "));
            violations.add(new Violation(
                    "kubernetesVersion",
                    Optional.of(Requirement.CP_2.id()),
                    wanted.get()
                            + offered.map(each -> " (support: " + each.status() + ")")
                                    .orElse(" (not offered)"),
                    allowed,
                    "Choose one of these"
                            + (offered.isPresent() && offered.get().status() == Versions.Support.EXTENDED
                                    ? ", or set settings.supportType to EXTENDED."
                                    : ".")));
        }
        return violations;
    }
}
