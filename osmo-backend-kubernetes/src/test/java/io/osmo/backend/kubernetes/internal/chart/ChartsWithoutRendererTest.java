// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.kubernetes.KubernetesClients;
import io.osmo.backend.kubernetes.internal.client.ClusterConnections;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Profile;
import io.osmo.backend.spi.ServiceDefaults;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.spi.provider.Reading;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChartsWithoutRendererTest {
    @Test
    void a_chart_that_has_to_be_rendered_is_refused_and_the_artifact_that_renders_it_is_named() throws Exception {
        BackendSpec spec = BackendSpec.builder("lab")
                .on("existing", "lab")
                .profile(Profile.DEVELOPMENT)
                .computePool("cpu", p -> p.instanceType("lab-8").scale(1, 2))
                .chart("kai", c -> c.location("oci://ghcr.io/x/kai").version("1.0.0"))
                .build();
        VirtualTime time = VirtualTime.create();
        ClusterConnections none = new ClusterConnections(KubernetesClients::open, state -> Optional.empty());
        Charts charts = new Charts(time, none, new Renderings(Optional::empty));

        Reading read = time.await(
                charts.read(
                        Optional.empty(),
                        spec.ref(),
                        Optional.of(new ChartValues(spec, ServiceDefaults.UNKNOWN, Optional.empty(), Map.of())),
                        Reading.empty()),
                Duration.ofMinutes(1));

        assertThat(charts.check(spec, read.toInventory())).singleElement().satisfies(violation -> {
            assertThat(violation.path()).isEqualTo("charts[0].location");
            assertThat(violation.given()).isEqualTo("oci://ghcr.io/x/kai");
            assertThat(violation.remedy()).contains("io.osmo.backend:osmo-backend-helm");
        });
    }
}
