// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.catalog;

import com.google.container.v1.ClusterUpgradeInfo;
import com.google.container.v1.NodePoolUpgradeInfo;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Until when GKE supports the minor version of a cluster or pool, and what keeps GKE from upgrading it. See <a
 * href="https://docs.cloud.google.com/kubernetes-engine/docs/reference/rest/v1/ClusterUpgradeInfo">ClusterUpgradeInfo</a>.
 *
 * @param standardUntil last day of standard support, which is free
 * @param extendedUntil last day of extended support, which only channel Extended has
 * @param paused why GKE does not upgrade automatically for a longer time; waiting for a maintenance window does not count
 */
public record Support(Optional<LocalDate> standardUntil, Optional<LocalDate> extendedUntil, List<String> paused) {
    /** An upgrade takes planning: less time than this is worth a warning. */
    private static final int SHORT_DAYS = 60;

    private static final int LENGTH_OF_DATE = 10;

    private static final Set<String> HELD =
            Set.of("MAINTENANCE_EXCLUSION_NO_UPGRADES", "MAINTENANCE_EXCLUSION_NO_MINOR_UPGRADES", "SYSTEM_CONFIG");

    public Support {
        paused = List.copyOf(paused);
    }

    public static Support of(ClusterUpgradeInfo info) {
        return of(
                info.getEndOfStandardSupportTimestamp(),
                info.getEndOfExtendedSupportTimestamp(),
                info.getPausedReasonList());
    }

    public static Support of(NodePoolUpgradeInfo info) {
        return of(
                info.getEndOfStandardSupportTimestamp(),
                info.getEndOfExtendedSupportTimestamp(),
                info.getPausedReasonList());
    }

    private static Support of(String standard, String extended, List<? extends Enum<?>> paused) {
        return new Support(
                date(standard),
                date(extended),
                paused.stream().map(Enum::name).filter(HELD::contains).toList());
    }

    /** GKE writes the date only, in a field that is called a timestamp. */
    static Optional<LocalDate> date(String text) {
        return text.length() < LENGTH_OF_DATE
                ? Optional.empty()
                : Optional.of(LocalDate.parse(text.substring(0, LENGTH_OF_DATE)));
    }

    /** Whether a day is past, or so near that one should act. */
    public static boolean isNear(LocalDate until, LocalDate today) {
        return today.plusDays(SHORT_DAYS).isAfter(until);
    }

    /**
     * What should be known about the support, a sentence each.
     *
     * @param subject such as {@code the cluster}
     * @param extended whether its release channel has extended support
     */
    public List<String> warnings(String subject, String version, boolean extended, LocalDate today) {
        String minor = "Kubernetes " + KubernetesVersion.parse(version).minorText() + " of " + subject;
        String next = extendedUntil
                .filter(day -> extended)
                .map(day -> "; extended support, at extra cost, lasts until " + day)
                .orElse(": upgrade it before GKE does");
        List<String> warnings = new ArrayList<>();
        standardUntil
                .filter(until -> isNear(until, today))
                .ifPresent(until -> warnings.add(minor
                        + (today.isAfter(until)
                                ? " has been out of standard support since "
                                : " has standard support until ")
                        + until
                        + next));
        if (!paused.isEmpty()) {
            warnings.add("GKE does not upgrade " + subject + " by itself: " + String.join(", ", paused));
        }
        return warnings;
    }
}
