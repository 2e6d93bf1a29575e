// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.compute.v1.Quota;
import com.google.container.v1.AcceleratorConfig;
import com.google.container.v1.NodeConfig;
import com.google.container.v1.NodePool;
import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.gcp.internal.catalog.Machine;
import io.osmo.backend.gcp.internal.catalog.Offers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QuotaReaderTest {
    private static final Offers OFFERS = new Offers(
            List.of("us-central1-a"),
            Stream.of(
                            new Machine("e2-standard-4", 4, 16_384, Optional.empty(), 0, "amd64", 0),
                            new Machine("n1-standard-8", 8, 30_720, Optional.empty(), 0, "amd64", 0),
                            new Machine("n2-standard-8", 8, 32_768, Optional.empty(), 0, "amd64", 0),
                            new Machine("c4-standard-8", 8, 32_768, Optional.empty(), 0, "amd64", 0),
                            new Machine("a2-ultragpu-1g", 12, 174_080, Optional.of("nvidia-a100-80gb"), 1, "amd64", 0),
                            new Machine(
                                    "a3-highgpu-8g", 208, 1_916_928, Optional.of("nvidia-h100-80gb"), 8, "amd64", 0))
                    .collect(Collectors.toMap(Machine::name, Function.identity())),
            Map.of(),
            Map.of(),
            Map.of());

    private static final Map<String, Quota> LISTED = Stream.of(
                    "CPUS",
                    "N2_CPUS",
                    "A2_CPUS",
                    "NVIDIA_T4_GPUS",
                    "PREEMPTIBLE_NVIDIA_T4_GPUS",
                    "NVIDIA_A100_80GB_GPUS",
                    "NVIDIA_H100_GPUS")
            .map(metric -> Quota.newBuilder()
                    .setMetric(metric)
                    .setLimit(64)
                    .setUsage(8.5)
                    .build())
            .collect(Collectors.toMap(Quota::getMetric, Function.identity()));

    private static NodePool pool(String name, String type, boolean spot, AcceleratorConfig... accelerators) {
        return NodePool.newBuilder()
                .setName(name)
                .setConfig(NodeConfig.newBuilder()
                        .setMachineType(type)
                        .setSpot(spot)
                        .addAllAccelerators(List.of(accelerators)))
                .build();
    }

    private static AcceleratorConfig gpus(String type, int count) {
        return AcceleratorConfig.newBuilder()
                .setAcceleratorType(type)
                .setAcceleratorCount(count)
                .build();
    }

    private static Map<String, Map<String, Long>> draws(NodePool... pools) {
        return QuotaReader.of(List.of(pools), OFFERS, LISTED).stream()
                .collect(Collectors.toMap(CloudFacts.Quota::name, CloudFacts.Quota::perMachine));
    }

    @Test
    void families_count_to_a_quota_of_their_own_or_to_that_of_all() {
        assertThat(draws(
                        pool("a", "e2-standard-4", false),
                        pool("b", "n1-standard-8", false),
                        pool("c", "n2-standard-8", false)))
                .isEqualTo(Map.of("CPUS", Map.of("a", 4L, "b", 8L), "N2_CPUS", Map.of("c", 8L)));
    }

    @Test
    void accelerators_count_whether_attached_or_built_in() {
        assertThat(draws(
                        pool("t4", "n1-standard-8", false, gpus("nvidia-tesla-t4", 2)),
                        pool("spot", "n1-standard-8", true, gpus("nvidia-tesla-t4", 1)),
                        pool("a100", "a2-ultragpu-1g", false),
                        pool("h100", "a3-highgpu-8g", false, gpus("nvidia-h100-80gb", 8))))
                .isEqualTo(Map.of(
                        "CPUS", Map.of("t4", 8L, "spot", 8L),
                        "NVIDIA_T4_GPUS", Map.of("t4", 2L),
                        "PREEMPTIBLE_NVIDIA_T4_GPUS", Map.of("spot", 1L),
                        "A2_CPUS", Map.of("a100", 12L),
                        "NVIDIA_A100_80GB_GPUS", Map.of("a100", 1L),
                        "NVIDIA_H100_GPUS", Map.of("h100", 8L)));
    }

    @Test
    void what_the_region_does_not_list_is_unknown() {
        CloudFacts.Quota quota = QuotaReader.of(List.of(pool("c4", "c4-standard-8", false)), OFFERS, LISTED)
                .get(0);

        assertThat(quota.limit()).isEqualTo(Fact.unknown("compute.regions.get lists no quota C4_CPUS"));
        assertThat(quota.used()).isInstanceOf(Fact.Unknown.class);
    }

    @Test
    void usage_is_rounded_up() {
        CloudFacts.Quota quota = QuotaReader.of(List.of(pool("a", "e2-standard-4", false)), OFFERS, LISTED)
                .get(0);

        assertThat(quota.limit().known()).contains(64L);
        assertThat(quota.used().known()).contains(9L);
    }
}
