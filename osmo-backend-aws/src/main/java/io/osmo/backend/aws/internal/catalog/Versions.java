// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.catalog;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.eks.model.ClusterVersionInformation;
import software.amazon.awssdk.services.eks.model.VersionStatus;

/**
 * Kubernetes versions that EKS offers; an attachment of the inventory.
 *
 * @param offered oldest first
 */
public record Versions(List<Offered> offered) {
    public Versions {
        offered =
                offered.stream().sorted(Comparator.comparing(Offered::version)).toList();
    }

    /**
     * @param status as EKS sees it
     * @param endOfStandardSupport last day of standard support, if EKS names it
     * @param endOfExtendedSupport last day of extended support, if EKS names it
     */
    public record Offered(
            KubernetesVersion version,
            Support status,
            Optional<LocalDate> endOfStandardSupport,
            Optional<LocalDate> endOfExtendedSupport) {}

    /** Kinds of support. */
    public enum Support {
        STANDARD,
        EXTENDED,
        NONE
    }

    public static Versions of(List<ClusterVersionInformation> answer) {
        List<Offered> offered = new ArrayList<>();
        for (ClusterVersionInformation each : answer) {
            KubernetesVersion.parse(each.clusterVersion())
                    .ifPresent(version -> offered.add(new Offered(
                            version,
                            support(each.versionStatus()),
                            day(Optional.ofNullable(each.endOfStandardSupportDate())),
                            day(Optional.ofNullable(each.endOfExtendedSupportDate())))));
        }
        return new Versions(offered);
    }

    private static Support support(VersionStatus status) {
        return switch (status) {
            case STANDARD_SUPPORT -> Support.STANDARD;
            case EXTENDED_SUPPORT -> Support.EXTENDED;
            default -> Support.NONE;
        };
    }

    private static Optional<LocalDate> day(Optional<Instant> instant) {
        return instant.map(at -> at.atZone(ZoneOffset.UTC).toLocalDate());
    }

    public Optional<Offered> find(KubernetesVersion version) {
        return offered.stream().filter(each -> each.version().equals(version)).findFirst();
    }

    /** The newest version in standard support: what EKS offers as generally available (CP-2). */
    public Optional<KubernetesVersion> newest() {
        return offered.stream()
                .filter(each -> each.status() == Support.STANDARD)
                .map(Offered::version)
                .reduce((older, newer) -> newer);
    }
}
