// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.container;

import com.google.container.v1.ReleaseChannel.Channel;
import com.google.container.v1.ServerConfig;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Versions by release channel, the default first, as of GKE's release notes in November 2026. {@code UNSPECIFIED} is for clusters
 * outside the channels.
 */
final class Versions {
    private static final String V36 = "1.36.1-gke.1450000";
    private static final String V35 = "1.35.8-gke.1215000";
    private static final String V34 = "1.34.9-gke.1600000";
    private static final String V33 = "1.33.11-gke.1090000";
    private static final String V32 = "1.32.13-gke.1310000";
    private static final String V31 = "1.31.14-gke.2010000";

    /** Node images; the first is the default. */
    static final List<String> IMAGES = List.of("COS_CONTAINERD", "UBUNTU_CONTAINERD");

    private static final Pattern FULL = Pattern.compile("1\\.\\d+\\.\\d+-gke\\.\\d+");
    private static final Map<Channel, List<String>> OFFERS = new EnumMap<>(Map.of(
            Channel.RAPID, List.of(V36, V35, V34),
            Channel.REGULAR, List.of(V35, V34, V33, V36),
            Channel.STABLE, List.of(V34, V35, V33),
            Channel.EXTENDED, List.of(V35, V36, V34, V33, V32, V31),
            Channel.UNSPECIFIED, List.of(V35, V36, V34, V33, V32)));

    /** When a minor version came to channel Regular; its support lasts from then on. */
    private static final Map<Integer, LocalDate> IN_REGULAR = Map.of(
            31, LocalDate.of(2024, 10, 22),
            32, LocalDate.of(2025, 2, 11),
            33, LocalDate.of(2025, 6, 3),
            34, LocalDate.of(2025, 9, 30),
            35, LocalDate.of(2026, 2, 11));

    private static final int STANDARD_MONTHS = 14;
    private static final int EXTENDED_MONTHS = 24;

    private Versions() {}

    /** Last days of support. */
    record SupportDates(String standard, String extended) {}

    /**
     * Until when a version is supported; empty for one that is too new to be on the schedule.
     *
     * @see <a href="https://docs.cloud.google.com/kubernetes-engine/docs/release-schedule">GKE release schedule</a>
     */
    static Optional<SupportDates> supportOf(String version) {
        return Optional.ofNullable(IN_REGULAR.get(minor(version)))
                .map(since -> new SupportDates(
                        since.plusMonths(STANDARD_MONTHS).toString(),
                        since.plusMonths(EXTENDED_MONTHS).toString()));
    }

    static ServerConfig config(GcpProject project) {
        List<String> all = offers(Channel.UNSPECIFIED);
        ServerConfig.Builder config = ServerConfig.newBuilder()
                .setDefaultClusterVersion(all.get(0))
                .addAllValidMasterVersions(sorted(all))
                .addAllValidNodeVersions(sorted(all))
                .setDefaultImageType(IMAGES.get(0))
                .addAllValidImageTypes(
                        IMAGES.stream().filter(project::offersImage).toList());
        for (Channel channel : List.of(Channel.RAPID, Channel.REGULAR, Channel.STABLE, Channel.EXTENDED)) {
            List<String> offers = offers(channel);
            config.addChannels(ServerConfig.ReleaseChannelConfig.newBuilder()
                    .setChannel(channel)
                    .setDefaultVersion(offers.get(0))
                    .setUpgradeTargetVersion(offers.get(0))
                    .addAllValidVersions(sorted(offers)));
        }
        return config.build();
    }

    private static List<String> offers(Channel channel) {
        return OFFERS.getOrDefault(channel, List.of());
    }

    private static List<String> sorted(List<String> versions) {
        return versions.stream()
                .sorted((a, b) -> Integer.compare(minor(b), minor(a)))
                .toList();
    }

    /**
     * The version that a request means: nothing or {@code -} for the default, {@code latest}, a prefix such as {@code 1.35}, or a full
     * version.
     */
    static String resolve(Channel channel, String requested) {
        List<String> offers = offers(channel);
        if (requested.isEmpty() || requested.equals("-")) {
            return offers.get(0);
        }
        if (requested.equals("latest")) {
            return sorted(offers).get(0);
        }
        return offers.stream()
                .filter(v -> FULL.matcher(requested).matches()
                        ? v.equals(requested)
                        : v.startsWith(requested + ".") || v.startsWith(requested + "-"))
                .findFirst()
                .orElseThrow(() -> GcpError.invalid("No valid versions with the prefix \"" + requested + "\" found."));
    }

    static int minor(String version) {
        return Integer.parseInt(version.split("\\.", -1)[1]);
    }

    /** Container runtime of the node image of a version. */
    static String containerd(String version) {
        int minor = minor(version);
        return minor <= 32 ? "containerd://1.7.29" : minor <= 34 ? "containerd://2.0.7" : "containerd://2.1.5";
    }
}
