// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.IpRange;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NetworkLayoutTest {
    @Test
    void carves_the_default_range_by_the_letter_of_the_zone() {
        NetworkLayout layout = layout("10.0.0.0/16", "us-west-2a", "us-west-2c");

        assertThat(layout.zones()).containsExactly("us-west-2a", "us-west-2c");
        assertThat(layout.privateCidr("us-west-2a")).isEqualTo("10.0.32.0/19");
        assertThat(layout.privateCidr("us-west-2c")).isEqualTo("10.0.96.0/19");
        assertThat(layout.publicCidr("us-west-2a")).isEqualTo("10.0.0.0/24");
        assertThat(layout.publicCidr("us-west-2c")).isEqualTo("10.0.2.0/24");
    }

    @Test
    void no_two_subnets_overlap_in_any_range_that_is_allowed() {
        for (int prefix = NetworkLayout.LARGEST; prefix <= NetworkLayout.SMALLEST; prefix++) {
            NetworkLayout layout = layout("10.0.0.0/" + prefix, "us-east-1a", "us-east-1b");
            List<String> zones = NetworkLayout.LETTERS
                    .chars()
                    .mapToObj(c -> "us-east-1" + (char) c)
                    .toList();
            List<IpRange> blocks = zones.stream()
                    .flatMap(z -> Stream.of(layout.privateCidr(z), layout.publicCidr(z)))
                    .map(c -> IpRange.parse(c).orElseThrow())
                    .toList();
            IpRange vpc = IpRange.parse("10.0.0.0/" + prefix).orElseThrow();
            for (int i = 0; i < blocks.size(); i++) {
                assertThat(vpc.contains(blocks.get(i))).isTrue();
                for (int j = i + 1; j < blocks.size(); j++) {
                    assertThat(blocks.get(i).overlaps(blocks.get(j))).isFalse();
                }
            }
        }
    }

    private static NetworkLayout layout(String cidr, String... zones) {
        String region = zones[0].substring(0, zones[0].length() - 1);
        BackendSpec spec = BackendSpec.builder("demo")
                .on("aws", region)
                .computePool("cpu", p -> p.instanceType("m7i.2xlarge"))
                .network(n -> n.cidr(cidr).zones(zones))
                .build();
        return NetworkLayout.of(spec, Inventory.empty());
    }
}
