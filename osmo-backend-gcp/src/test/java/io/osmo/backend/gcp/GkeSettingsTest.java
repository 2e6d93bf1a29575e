// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GkeSettingsTest {
    @Test
    void what_is_written_is_read_again() {
        GkeSettings settings = GkeSettings.builder()
                .project("p")
                .quotaProject("q")
                .impersonate("a@p.iam.gserviceaccount.com")
                .releaseChannel(ReleaseChannel.STABLE)
                .location(ClusterLocation.ZONAL)
                .dnsEndpoint(true)
                .podCidr("10.64.0.0/14")
                .podRange("pods")
                .serviceRange("services")
                .flowLogs(true)
                .enableServices(true)
                .gpuDriver(GpuDriver.GKE_DEFAULT)
                .pool("h100", p -> p.withFlexStart(true).withDiskType("pd-ssd"))
                .endpoint(GcpService.COMPUTE, URI.create("http://127.0.0.1:1"))
                .clusterEndpoint(URI.create("https://127.0.0.1:6443"))
                .clusterCertificate("PEM")
                .build();
        List<Violation> problems = new ArrayList<>();

        assertThat(GkeSettings.read(settings.toMap(), problems::add)).contains(settings);
        assertThat(problems).isEmpty();
    }

    @Test
    void defaults_write_nothing() {
        assertThat(GkeSettings.defaults().toMap()).isEmpty();
    }

    @Test
    void everything_that_is_wrong_is_told_with_its_path() {
        List<Violation> problems = new ArrayList<>();

        assertThat(GkeSettings.read(
                        Map.of(
                                "chanel", "REGULAR",
                                "releaseChannel", "newest",
                                "flowLogs", "yes",
                                "pools", Map.of("h100", Map.of("efa", true)),
                                "endpoints", Map.of("compote", "http://127.0.0.1:1")),
                        problems::add))
                .isEmpty();
        assertThat(problems)
                .extracting(Violation::path)
                .containsExactlyInAnyOrder(
                        "settings.chanel",
                        "settings.releaseChannel",
                        "settings.flowLogs",
                        "settings.pools.h100.efa",
                        "settings.endpoints");
        assertThat(problems)
                .filteredOn(problem -> problem.path().equals("settings.chanel"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.allowed())
                        .isEqualTo("one of clusterCertificate, clusterEndpoint, dnsEndpoint, enableServices, endpoints,"
                                + " flowLogs, gpuDriver, impersonate, location, podCidr, podRange, pools, project, quotaProject,"
                                + " releaseChannel, serviceRange"));
    }

    @Test
    void a_spec_is_held_against_the_rules_of_gke() {
        BackendSpec spec = BackendSpec.builder("demo")
                .on("gcp", "us-central1")
                .computePool("cpu", p -> p.instanceType("e2-standard-8").scale(1, 900))
                .gpuPool(
                        "bare",
                        p -> p.instanceType("g2-standard-4").scale(0, 200).tainted(false))
                .gpuPool(
                        "flex", p -> p.instanceType("g2-standard-4").scale(1, 2).spot(true))
                .encryption(e -> e.existingKey("projects/p/locations/europe-west4/keyRings/r/cryptoKeys/k"))
                .settings(GkeSettings.builder()
                        .pool("flex", p -> p.withFlexStart(true))
                        .pool("gone", p -> p.withCompact(true))
                        .build())
                .build();

        assertThat(new GcpProvider().validate(spec))
                .extracting(Violation::path)
                .containsExactlyInAnyOrder(
                        "settings.podCidr",
                        "encryption.existingKey",
                        "computePools[1].tainted",
                        "computePools[2].scale.min",
                        "settings.pools.flex.flexStart",
                        "settings.pools.gone");
    }

    @Test
    void a_range_of_pods_is_written_by_its_network_address_as_google_demands() {
        BackendSpec spec = BackendSpec.builder("demo")
                .on("gcp", "us-central1")
                .computePool("cpu", p -> p.instanceType("n2-standard-8").scale(1, 2))
                .settings(GkeSettings.builder().podCidr("10.65.2.3/14").build())
                .build();

        assertThat(new GcpProvider().validate(spec))
                .extracting(Violation::path, Violation::remedy)
                .containsExactly(tuple("settings.podCidr", "Write 10.64.0.0/14."));
    }
}
