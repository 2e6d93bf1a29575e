// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.catalog;

import com.google.container.v1.ReleaseChannel;
import com.google.container.v1.ServerConfig;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.BackendSpec;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Versions that a release channel offers.
 *
 * @param standard the version of a new cluster unless the spec names one
 * @param offered all of them
 * @param images types of node images that GKE offers in all channels; empty if it does not say. GKE tells no day on which one ends
 */
public record Versions(String standard, List<String> offered, List<String> images) {
    /** GKE names no version and no image. */
    public static final Versions NONE = new Versions("", List.of(), List.of());

    /**
     * Whether a version is in standard support: a channel other than Extended offers its minor version, since only
     * Extended keeps versions whose standard support has ended. Source: "About release channels", GKE documentation, as of 2026-11.
     */
    public static Fact<Boolean> inStandardSupport(ServerConfig config, String version) {
        if (config.getChannelsList().stream().allMatch(channel -> channel.getValidVersionsCount() == 0)) {
            return Fact.unknown("GKE offers no versions in any channel of the region");
        }
        KubernetesVersion current = KubernetesVersion.parse(version);
        return Fact.of(config.getChannelsList().stream()
                .filter(channel -> channel.getChannel() != ReleaseChannel.Channel.EXTENDED)
                .flatMap(channel -> channel.getValidVersionsList().stream())
                .anyMatch(offered -> KubernetesVersion.parse(offered).isMinorOf(current)));
    }

    public static Versions of(ServerConfig config, ReleaseChannel.Channel channel) {
        return config.getChannelsList().stream()
                .filter(c -> c.getChannel() == channel)
                .findFirst()
                .map(c ->
                        new Versions(c.getDefaultVersion(), c.getValidVersionsList(), config.getValidImageTypesList()))
                .orElseGet(() -> new Versions(
                        config.getDefaultClusterVersion(),
                        config.getValidMasterVersionsList(),
                        config.getValidImageTypesList()));
    }

    /** Whether new pools may have this type of image. */
    public boolean offersImage(String type) {
        return images.isEmpty() || images.stream().anyMatch(type::equalsIgnoreCase);
    }

    /** The newest offered version of a minor, such as {@code 1.35}. */
    public Optional<String> newestOf(String minor) {
        KubernetesVersion wanted = KubernetesVersion.parse(minor);
        return offered.stream()
                .filter(v -> KubernetesVersion.parse(v).isMinorOf(wanted))
                .max(Comparator.comparing(KubernetesVersion::parse));
    }

    /** What a new cluster gets. */
    public Optional<String> initial(BackendSpec spec) {
        return spec.kubernetesVersion().isPresent()
                ? newestOf(spec.kubernetesVersion().get())
                : Optional.of(standard).filter(v -> !v.isEmpty());
    }

    /** Minor versions that are offered, oldest first. */
    public List<String> minors() {
        TreeSet<KubernetesVersion> minors =
                new TreeSet<>(Comparator.comparing(v -> v.minorsSince(new KubernetesVersion(1, 0, 0, 0))));
        offered.forEach(v -> minors.add(KubernetesVersion.parse(v)));
        return minors.stream().map(KubernetesVersion::minorText).toList();
    }
}
