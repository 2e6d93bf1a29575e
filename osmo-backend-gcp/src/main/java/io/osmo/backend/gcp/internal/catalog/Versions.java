// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.catalog;

import com.google.container.v1.ReleaseChannel;
import com.google.container.v1.ServerConfig;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.Reader;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Reading;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * Versions that a release channel offers.
 *
 * @param standard which one a cluster gets when nobody asks for one
 * @param offered all of them
 */
public record Versions(String standard, List<String> offered) {
    /** Reads the versions of the spec's channel. */
    public static Reader reader() {
        return (gcp, spec) -> spec.map(s -> read(gcp.with(s)).thenApply(v -> Reading.attachment(Versions.class, v)))
                .orElseGet(() -> CompletableFuture.completedFuture(Reading.empty()));
    }

    private static CompletableFuture<Versions> read(GcpContext gcp) {
        return gcp.findAsync("container.clusters.list", () -> serverConfig(gcp))
                .thenApply(config -> config.map(c -> of(c, channel(gcp))).orElseGet(() -> new Versions("", List.of())));
    }

    private static ReleaseChannel.Channel channel(GcpContext gcp) {
        return ReleaseChannel.Channel.valueOf(gcp.settings().releaseChannel().name());
    }

    /** Reads whether a version is in standard support. */
    public static CompletableFuture<Fact<Boolean>> inStandardSupport(GcpContext gcp, String version) {
        return gcp.scheduler()
                .call(() -> gcp.call("container.clusters.list", () -> serverConfig(gcp)))
                .thenApply(config -> inStandardSupport(config, version));
    }

    /**
     * Whether a version is in standard support: its minor version is offered by another channel than Extended, which alone
     * keeps those whose standard support has ended. Source: "About release channels", GKE documentation, as of 2026-11.
     */
    static Fact<Boolean> inStandardSupport(ServerConfig config, String version) {
        if (config.getChannelsList().stream().allMatch(channel -> channel.getValidVersionsCount() == 0)) {
            return Fact.unknown("GKE offers no versions in any channel of the region");
        }
        GkeVersion current = GkeVersion.parse(version);
        return Fact.of(config.getChannelsList().stream()
                .filter(channel -> channel.getChannel() != ReleaseChannel.Channel.EXTENDED)
                .flatMap(channel -> channel.getValidVersionsList().stream())
                .anyMatch(offered -> GkeVersion.parse(offered).isMinorOf(current)));
    }

    private static ServerConfig serverConfig(GcpContext gcp) {
        return gcp.clients().clusters().getServerConfig("projects/" + gcp.project() + "/locations/" + gcp.region());
    }

    static Versions of(ServerConfig config, ReleaseChannel.Channel channel) {
        return config.getChannelsList().stream()
                .filter(c -> c.getChannel() == channel)
                .findFirst()
                .map(c -> new Versions(c.getDefaultVersion(), c.getValidVersionsList()))
                .orElseGet(() -> new Versions(config.getDefaultClusterVersion(), config.getValidMasterVersionsList()));
    }

    /** The newest offered version of a minor, such as {@code 1.35}. */
    public Optional<String> newestOf(String minor) {
        GkeVersion wanted = GkeVersion.parse(minor);
        return offered.stream()
                .filter(v -> GkeVersion.parse(v).isMinorOf(wanted))
                .max(Comparator.comparing(GkeVersion::parse));
    }

    /** What a new cluster gets. */
    public Optional<String> initial(BackendSpec spec) {
        return spec.kubernetesVersion().isPresent()
                ? newestOf(spec.kubernetesVersion().get())
                : Optional.of(standard).filter(v -> !v.isEmpty());
    }

    /** Minor versions on offer, the oldest first. */
    public List<String> minors() {
        TreeSet<GkeVersion> minors =
                new TreeSet<>(Comparator.comparing(v -> v.minorsSince(new GkeVersion(1, 0, 0, 0))));
        offered.forEach(v -> minors.add(GkeVersion.parse(v)));
        return minors.stream().map(GkeVersion::minorText).toList();
    }
}
