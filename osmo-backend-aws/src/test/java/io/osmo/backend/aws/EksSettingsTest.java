// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.PoolRole;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EksSettingsTest {
    private final List<Violation> problems = new ArrayList<>();

    @Test
    void defaults_write_nothing() {
        assertThat(EksSettings.defaults().toMap()).isEmpty();
    }

    @Test
    void everything_that_is_set_survives_writing_and_reading() {
        EksSettings settings = EksSettings.builder()
                .supportType(SupportType.EXTENDED)
                .logTypes("api", "audit")
                .amiType(PoolRole.GPU, "BOTTLEROCKET_x86_64_NVIDIA")
                .pool("h100", p -> p.withEfa(true).withPlacementGroup(true).withCapacityBlock(true))
                .autoscaler(Autoscaler.NONE)
                .nodeRepair(false)
                .maxUnavailable(3)
                .addonVersion("vpc-cni", "v1.20.4-eksbuild.1")
                .keyDeletionWindowDays(7)
                .clusterEndpoint(URI.create("https://127.0.0.1:6443"))
                .clusterCertificate("PEM")
                .profile("training")
                .roleArn("arn:aws:iam::123456789012:role/Builder")
                .endpointOverride(URI.create("http://127.0.0.1:5000"))
                .omit(EksFeature.ADDONS, EksFeature.CLUSTER_SIDE)
                .build();

        assertThat(EksSettings.read(settings.toMap(), problems::add)).contains(settings);
        assertThat(problems).isEmpty();
        assertThat(settings.toMap()).hasSize(15);
    }

    @Test
    void no_log_types_differ_from_log_types_that_are_not_set() {
        EksSettings none = EksSettings.builder().logTypes().build();

        assertThat(EksSettings.read(none.toMap(), problems::add).orElseThrow().logTypes())
                .hasValueSatisfying(types -> assertThat(types).isEmpty());
    }

    @Test
    void unknown_keys_and_wrong_types_are_all_reported_with_their_paths() {
        Map<String, Object> data = Map.of(
                "nodeRepairs",
                true,
                "maxUnavailable",
                "two",
                "supportType",
                "FOREVER",
                "logTypes",
                "api",
                "omit",
                List.of("ADDONS", "EVERYTHING"),
                "pools",
                Map.of("h100", Map.of("efa", "yes", "size", 3)),
                "amiTypes",
                Map.of("boss", "AL2023_x86_64_STANDARD"),
                "clusterEndpoint",
                "not a uri");

        assertThat(EksSettings.read(data, problems::add)).isEmpty();
        assertThat(problems)
                .extracting(Violation::path)
                .containsExactlyInAnyOrder(
                        "settings.nodeRepairs",
                        "settings.maxUnavailable",
                        "settings.supportType",
                        "settings.logTypes",
                        "settings.omit[1]",
                        "settings.pools.h100.efa",
                        "settings.pools.h100.size",
                        "settings.amiTypes",
                        "settings.clusterEndpoint");
    }
}
