// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.eks;

import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.aws.AwsAccount;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.eks.model.*;

/** Versions of Kubernetes and of add-ons that EKS offers, with the support dates of the EKS user guide. */
public final class Versions {
    /** From old to new, with the dates of the EKS release calendar as of November 2026. */
    private static final List<Offer> ALL = List.of(
            new Offer("1.31", "1.31.14", "2024-09-26", "2025-11-26", "2026-11-26"),
            new Offer("1.32", "1.32.13", "2025-01-23", "2026-03-23", "2027-03-23"),
            new Offer("1.33", "1.33.10", "2025-05-29", "2026-07-29", "2027-07-29"),
            new Offer("1.34", "1.34.6", "2025-10-02", "2026-12-02", "2027-12-02"),
            new Offer("1.35", "1.35.3", "2026-01-27", "2027-03-27", "2028-03-27"));

    static final String DEFAULT = "1.35";

    private static final List<AddonOffer> ADDONS = List.of(
            new AddonOffer("vpc-cni", "networking", List.of("v1.20.4-eksbuild.2", "v1.21.1-eksbuild.1"), false),
            new AddonOffer("kube-proxy", "networking", List.of(), false),
            new AddonOffer("coredns", "networking", List.of("v1.12.4-eksbuild.1", "v1.13.2-eksbuild.1"), false),
            new AddonOffer(
                    "eks-pod-identity-agent", "security", List.of("v1.3.8-eksbuild.2", "v1.3.10-eksbuild.2"), false),
            new AddonOffer("aws-ebs-csi-driver", "storage", List.of("v1.50.1-eksbuild.1", "v1.56.0-eksbuild.1"), true),
            new AddonOffer("metrics-server", "observability", List.of("v0.8.0-eksbuild.2", "v0.8.0-eksbuild.6"), false),
            new AddonOffer(
                    "eks-node-monitoring-agent",
                    "observability",
                    List.of("v1.4.0-eksbuild.2", "v1.5.1-eksbuild.1"),
                    false),
            new AddonOffer("snapshot-controller", "storage", List.of("v8.3.0-eksbuild.1"), false));

    private final Eks eks;

    Versions(Eks eks) {
        this.eks = eks;
    }

    /** One Kubernetes minor version. */
    record Offer(String minor, String patch, String released, String standardUntil, String extendedUntil) {
        Instant standardEnd() {
            return LocalDate.parse(standardUntil).atStartOfDay(ZoneOffset.UTC).toInstant();
        }

        Instant extendedEnd() {
            return LocalDate.parse(extendedUntil).atStartOfDay(ZoneOffset.UTC).toInstant();
        }

        VersionStatus status(Instant now) {
            if (now.isAfter(extendedEnd())) {
                return VersionStatus.UNSUPPORTED;
            }
            return now.isAfter(standardEnd()) ? VersionStatus.EXTENDED_SUPPORT : VersionStatus.STANDARD_SUPPORT;
        }
    }

    /** An add-on with its versions from old to new; kube-proxy's follow Kubernetes. */
    record AddonOffer(String name, String type, List<String> versions, boolean needsPermissions) {
        List<String> versionsFor(String minor) {
            return name.equals("kube-proxy") ? List.of("v" + offer(minor).patch() + "-eksbuild.2") : versions;
        }
    }

    static Offer offer(String minor) {
        return ALL.stream()
                .filter(o -> o.minor().equals(minor))
                .findFirst()
                .orElseThrow(() -> EksErrors.invalidParameter("unsupported Kubernetes version " + minor));
    }

    /** The number of a minor version, to compare versions. */
    static int number(String minor) {
        return Integer.parseInt(minor.substring(minor.indexOf('.') + 1));
    }

    static AddonOffer addon(String name) {
        return ADDONS.stream()
                .filter(a -> a.name().equals(name))
                .findFirst()
                .orElseThrow(() -> EksErrors.invalidParameter("Addon " + name + " specified is not supported"));
    }

    /** Release of the newest node image for a version, such as {@code 1.35.3-20261112}. */
    public static String nodeRelease(AwsAccount account, String minor) {
        return offer(minor).patch() + "-" + account.imageDate();
    }

    DescribeClusterVersionsResponse describeClusterVersions(DescribeClusterVersionsRequest r) {
        Instant now = eks.account.now();
        List<ClusterVersionInformation> all = ALL.stream()
                .sorted((a, b) -> number(b.minor()) - number(a.minor()))
                .filter(o ->
                        r.clusterVersions().isEmpty() || r.clusterVersions().contains(o.minor()))
                .filter(o -> !Boolean.TRUE.equals(r.defaultOnly()) || o.minor().equals(DEFAULT))
                .filter(o -> r.versionStatus() == null || r.versionStatus() == o.status(now))
                .map(o -> ClusterVersionInformation.builder()
                        .clusterVersion(o.minor())
                        .clusterType("eks")
                        .defaultPlatformVersion("eks.8")
                        .defaultVersion(o.minor().equals(DEFAULT))
                        .kubernetesPatchVersion(o.patch())
                        .releaseDate(LocalDate.parse(o.released())
                                .atStartOfDay(ZoneOffset.UTC)
                                .toInstant())
                        .endOfStandardSupportDate(o.standardEnd())
                        .endOfExtendedSupportDate(o.extendedEnd())
                        .status(
                                switch (o.status(now)) {
                                    case STANDARD_SUPPORT -> ClusterVersionStatus.STANDARD_SUPPORT;
                                    case EXTENDED_SUPPORT -> ClusterVersionStatus.EXTENDED_SUPPORT;
                                    default -> ClusterVersionStatus.UNSUPPORTED;
                                })
                        .versionStatus(o.status(now))
                        .build())
                .toList();
        Page<ClusterVersionInformation> page = Page.of(all, r.maxResults(), r.nextToken(), eks.account.pageSize());
        return DescribeClusterVersionsResponse.builder()
                .clusterVersions(page.items())
                .nextToken(page.next())
                .build();
    }

    DescribeAddonVersionsResponse describeAddonVersions(DescribeAddonVersionsRequest r) {
        List<AddonInfo> all = ADDONS.stream()
                .filter(a -> r.addonName() == null || r.addonName().equals(a.name()))
                .map(a -> info(a, r.kubernetesVersion() == null ? ALL : List.of(offer(r.kubernetesVersion()))))
                .toList();
        if (r.addonName() != null && all.isEmpty()) {
            throw EksErrors.notFound("Addon " + r.addonName() + " specified is not supported");
        }
        Page<AddonInfo> page = Page.of(all, r.maxResults(), r.nextToken(), eks.account.pageSize());
        return DescribeAddonVersionsResponse.builder()
                .addons(page.items())
                .nextToken(page.next())
                .build();
    }

    private static AddonInfo info(AddonOffer addon, List<Offer> offers) {
        List<String> versions = offers.stream()
                .flatMap(o -> addon.versionsFor(o.minor()).stream())
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
        return AddonInfo.builder()
                .addonName(addon.name())
                .type(addon.type())
                .publisher("eks")
                .owner("aws")
                .addonVersions(versions.stream()
                        .map(v -> AddonVersionInfo.builder()
                                .addonVersion(v)
                                .architecture("amd64", "arm64")
                                .computeTypes("ec2", "auto", "hybrid")
                                .requiresConfiguration(false)
                                .requiresIamPermissions(addon.needsPermissions())
                                .compatibilities(offers.stream()
                                        .filter(o ->
                                                addon.versionsFor(o.minor()).contains(v))
                                        .map(o -> Compatibility.builder()
                                                .clusterVersion(o.minor())
                                                .platformVersions("*")
                                                .defaultVersion(addon.versionsFor(o.minor())
                                                        .get(0)
                                                        .equals(v))
                                                .build())
                                        .toList())
                                .build())
                        .toList())
                .build();
    }
}
