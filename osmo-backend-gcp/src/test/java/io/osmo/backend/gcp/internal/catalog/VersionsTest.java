// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.container.v1.ReleaseChannel.Channel;
import com.google.container.v1.ServerConfig;
import io.osmo.backend.spec.BackendSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionsTest {
    private static final Versions REGULAR = Versions.of(
            ServerConfig.newBuilder()
                    .setDefaultClusterVersion("1.34.1-gke.1")
                    .addChannels(ServerConfig.ReleaseChannelConfig.newBuilder()
                            .setChannel(Channel.RAPID)
                            .setDefaultVersion("1.36.1-gke.7"))
                    .addChannels(ServerConfig.ReleaseChannelConfig.newBuilder()
                            .setChannel(Channel.REGULAR)
                            .setDefaultVersion("1.35.8-gke.100")
                            .addAllValidVersions(
                                    List.of("1.35.9-gke.20", "1.35.9-gke.100", "1.35.8-gke.100", "1.34.12-gke.5")))
                    .build(),
            Channel.REGULAR);

    @Test
    void a_cluster_gets_the_default_of_its_channel() {
        assertThat(REGULAR.initial(spec(null))).contains("1.35.8-gke.100");
    }

    @Test
    void a_minor_version_means_the_newest_of_it_by_number_not_by_text() {
        assertThat(REGULAR.initial(spec("1.35"))).contains("1.35.9-gke.100");
        assertThat(REGULAR.newestOf("1.33")).isEmpty();
        assertThat(REGULAR.minors()).containsExactly("1.34", "1.35");
    }

    @Test
    void standard_support_ends_where_the_extended_channel_alone_offers_a_version() {
        ServerConfig config = ServerConfig.newBuilder()
                .addChannels(channel(Channel.STABLE, "1.34.12-gke.5"))
                .addChannels(channel(Channel.EXTENDED, "1.34.12-gke.5", "1.31.14-gke.9"))
                .build();

        assertThat(Versions.inStandardSupport(config, "1.34.9-gke.1").known()).contains(true);
        assertThat(Versions.inStandardSupport(config, "1.31.14-gke.9").known()).contains(false);
        assertThat(Versions.inStandardSupport(ServerConfig.getDefaultInstance(), "1.34.9-gke.1")
                        .known())
                .isEmpty();
    }

    private static ServerConfig.ReleaseChannelConfig.Builder channel(Channel channel, String... versions) {
        return ServerConfig.ReleaseChannelConfig.newBuilder()
                .setChannel(channel)
                .addAllValidVersions(List.of(versions));
    }

    private static BackendSpec spec(String version) {
        var spec = BackendSpec.builder("demo")
                .on("gcp", "us-central1")
                .computePool("cpu", p -> p.instanceType("e2-standard-8"));
        return (version == null ? spec : spec.kubernetesVersion(version)).build();
    }
}
