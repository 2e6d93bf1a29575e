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
import io.osmo.backend.gcp.internal.cluster.VersionsReader;
import io.osmo.backend.spi.provider.FactReader;
import io.osmo.backend.spi.provider.Facts;
import io.osmo.backend.spi.provider.Needs;
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
        return Facts.of(context.scheduler().call(() -> key(context, cluster)))
                .thenCombine(
                        supported, (key, answer) -> Fact.of(of(context, cluster, key, answer.flatMap(told -> told))));
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

    /** @param supported whether the version is in standard support */
    private static ControlPlane of(
            GcpContext context, Cluster cluster, Fact<Optional<Key>> key, Fact<Boolean> supported) {
        IPEndpointsConfig ip = cluster.getControlPlaneEndpointsConfig().getIpEndpointsConfig();
        boolean regional = cluster.getLocation().equals(context.region());
        List<String> issues = cluster.getConditionsList().stream()
                .map(StatusCondition::getMessage)
                .toList();
        return new ControlPlane(
                cluster.getStatus() + (issues.isEmpty() ? "" : ": " + String.join("; ", issues)),
                cluster.getStatus() == Cluster.Status.RUNNING || cluster.getStatus() == Cluster.Status.RECONCILING,
                cluster.getCurrentMasterVersion(),
                Fact.unknown("GKE's API names no end of support of a version; see the release schedule"),
                supported,
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
