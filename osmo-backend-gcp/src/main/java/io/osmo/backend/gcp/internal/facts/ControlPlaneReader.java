// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.facts;

import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionState;
import com.google.container.v1.Cluster;
import com.google.container.v1.ControlPlaneEndpointsConfig.IPEndpointsConfig;
import com.google.container.v1.MasterAuthorizedNetworksConfig;
import com.google.container.v1.StatusCondition;
import io.osmo.backend.cluster.CloudFacts.ControlPlane;
import io.osmo.backend.cluster.CloudFacts.Key;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.catalog.Support;
import io.osmo.backend.gcp.internal.cluster.SupportReader;
import io.osmo.backend.gcp.internal.cluster.VersionsReader;
import io.osmo.backend.spi.provider.FactReader;
import io.osmo.backend.spi.provider.Facts;
import io.osmo.backend.spi.provider.Needs;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The control plane (CP-1 to CP-3, SC-1, SC-3). */
final class ControlPlaneReader implements FactReader<FactSource, ControlPlane> {
    static final Needs NEEDS = Needs.reading("cloudkms.cryptoKeys.get");

    private static final List<String> EVERYONE = List.of("0.0.0.0/0");

    @Override
    public CompletableFuture<Fact<ControlPlane>> read(FactSource source) {
        GcpContext context = source.context();
        Cluster cluster = source.cluster();
        CompletableFuture<Fact<Fact<Boolean>>> supported =
                Facts.of(VersionsReader.inStandardSupport(context, cluster.getCurrentMasterVersion()));
        CompletableFuture<Fact<Support>> support = Facts.of(SupportReader.of(context, cluster.getLocation()));
        return Facts.of(context.scheduler().call(() -> key(context, cluster)))
                .thenCombine(
                        supported.thenCombine(
                                support,
                                (now, dates) -> new SupportFacts(until(cluster, dates), now.flatMap(told -> told))),
                        (key, told) -> Fact.of(of(context, cluster, key, told)));
    }

    private static Optional<Key> key(GcpContext context, Cluster cluster) {
        String name = cluster.getDatabaseEncryption().getKeyName();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        boolean enabled = context.find(
                        "cloudkms.cryptoKeys.get",
                        () -> context.clients().keys().getCryptoKey(name))
                .filter(key -> key.getPrimary().getState() == CryptoKeyVersionState.ENABLED)
                .isPresent();
        return Optional.of(new Key(name, enabled));
    }

    /** Standard support of the version: its last day, and whether it is in it. */
    private record SupportFacts(Fact<LocalDate> until, Fact<Boolean> now) {}

    private static Fact<LocalDate> until(Cluster cluster, Fact<Support> support) {
        return support.flatMap(known -> known.standardUntil()
                .<Fact<LocalDate>>map(Fact::of)
                .orElseGet(() ->
                        Fact.unknown("GKE names no end of standard support of " + cluster.getCurrentMasterVersion())));
    }

    private static ControlPlane of(GcpContext context, Cluster cluster, Fact<Optional<Key>> key, SupportFacts support) {
        IPEndpointsConfig ip = cluster.getControlPlaneEndpointsConfig().getIpEndpointsConfig();
        boolean regional = cluster.getLocation().equals(context.region());
        List<String> issues = cluster.getConditionsList().stream()
                .map(StatusCondition::getMessage)
                .toList();
        return new ControlPlane(
                cluster.getStatus() + (issues.isEmpty() ? "" : ": " + String.join("; ", issues)),
                cluster.getStatus() == Cluster.Status.RUNNING || cluster.getStatus() == Cluster.Status.RECONCILING,
                cluster.getCurrentMasterVersion(),
                support.until(),
                support.now(),
                Fact.of(
                        regional
                                ? cluster.getLocationsList().stream().sorted().toList()
                                : List.of(cluster.getLocation())),
                regional,
                key,
                ip.getEnablePublicEndpoint(),
                ip.getEnablePublicEndpoint() ? ranges(ip.getAuthorizedNetworksConfig()) : List.of(),
                Fact.of(cluster.getLoggingConfig().getComponentConfig().getEnableComponentsList().stream()
                        .map(Enum::name)
                        .toList()),
                // The release channel moves patch versions on.
                Optional.empty(),
                Fact.of(Optional.of(cluster.getWorkloadIdentityConfig().getWorkloadPool())
                        .filter(pool -> !pool.isEmpty())));
    }

    private static List<String> ranges(MasterAuthorizedNetworksConfig config) {
        return config.getEnabled()
                ? config.getCidrBlocksList().stream()
                        .map(MasterAuthorizedNetworksConfig.CidrBlock::getCidrBlock)
                        .toList()
                : EVERYONE;
    }
}
