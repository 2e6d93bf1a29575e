// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.gcp;

import static io.osmo.backend.tests.gcp.GkeBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.Backend;
import io.osmo.backend.cluster.CloudFacts;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** What a GKE backend reports about its cloud. */
class GkeFactsTest {
    @Test
    void facts_are_what_gke_reports() {
        try (GkeBackend gke = new GkeBackend()) {
            Backend backend = gke.applied(spec(s -> s.gpuPool(
                            "t4", p -> p.instanceType("n1-standard-4-nvidia-t4").scale(0, 4))
                    .apiEndpoint(e -> e.publicAccess("203.0.113.0/24"))));

            CloudFacts facts = backend.facts();

            CloudFacts.ControlPlane plane = facts.controlPlane().known().orElseThrow();
            assertThat(plane.healthy()).isTrue();
            assertThat(plane.highlyAvailable()).isTrue();
            assertThat(plane.zones().known().orElseThrow()).hasSize(3);
            assertThat(plane.publicCidrs()).containsExactly("203.0.113.0/24");
            assertThat(plane.secretsKey().known().orElseThrow().orElseThrow().enabled())
                    .isTrue();
            assertThat(plane.standardSupportUntil().known()).contains(LocalDate.of(2027, 4, 11));
            assertThat(plane.standardSupport().known()).contains(true);
            assertThat(facts.pools().known().orElseThrow())
                    .filteredOn(p -> p.name().equals("t4"))
                    .singleElement()
                    .satisfies(p -> {
                        assertThat(p.specPool()).contains("t4");
                        assertThat(p.scale().max()).isEqualTo(4);
                        assertThat(p.machine().known().orElseThrow().gpus()).isEqualTo(1);
                    });
            assertThat(facts.network().known().orElseThrow().subnets())
                    .as("one subnet that spans all zones, whose addresses count once")
                    .singleElement()
                    .satisfies(s -> {
                        assertThat(s.zone()).isEmpty();
                        assertThat(s.egress().known().orElseThrow()).isPresent();
                    });
            assertThat(facts.backup().known().orElseThrow().covered()).isTrue();
        }
    }
}
