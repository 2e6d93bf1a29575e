// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.PreflightReport;
import io.osmo.backend.aws.AwsClients;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.azure.EmulatedAzure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whether nodes and their pods find addresses: what each cloud spends, in new networks and in what is left of existing ones. */
class AddressesPreflightTest {
    private static BackendSpec spec(String provider, String region, String type, int nodes, String cidr) {
        return draft(provider, region, type, nodes).network(n -> n.cidr(cidr)).build();
    }

    private static BackendSpecBuilder draft(String provider, String region, String type, int nodes) {
        return BackendSpec.builder("train")
                .on(provider, region)
                .deletionProtection(false)
                .computePool("cpu", p -> p.instanceType(type).scale(0, nodes));
    }

    private static List<String> addresses(PreflightReport report) {
        return report.findings().stream()
                .filter(finding -> finding.check().equals("preflight.addresses"))
                .map(finding -> finding.status() + " " + finding.message())
                .toList();
    }

    /** A node of m7i.xlarge starts with two interfaces of fifteen addresses, and has four of them with 58 pods. */
    @Test
    void eks_counts_interfaces_and_spare_ones() {
        String three = "us-west-2a, us-west-2b, us-west-2c";
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            assertThat(addresses(osmo.preflight(spec("aws", "us-west-2", "m7i.xlarge", 60, "10.0.0.0/20"))))
                    .containsExactly(
                            "FAIL 1473 free addresses in " + three + ", 1890 needed: pool operator (3 nodes with 30"
                                    + " each), pool cpu (60 nodes with 30 each)");
            assertThat(addresses(osmo.preflight(spec("aws", "us-west-2", "m7i.xlarge", 30, "10.0.0.0/20"))))
                    .containsExactly(
                            "WARN 1473 free addresses in " + three + ", 1980 needed if all nodes have all the pods"
                                    + " that they admit: pool operator (3 nodes with 60 each), pool cpu (30 nodes with 60 each)");
            assertThat(addresses(osmo.preflight(spec("aws", "us-west-2", "m7i.xlarge", 30, "10.0.0.0/16"))))
                    .containsExactly("PASS free addresses suffice for all pools at their maximum; least is left of "
                            + three + ": 990 of 24513 needed");
        }
    }

    /** What is left of a subnet is what EC2 says. A pool of one zone has the subnet of that zone only. */
    @Test
    void eks_asks_how_many_addresses_are_free() {
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            osmo.apply(osmo.plan(draft("aws", "us-west-2", "m7i.xlarge", 2).build()));
            try (AwsClients clients =
                    clouds.aws().open("us-west-2", EksSettings.builder().build())) {
                clients.ec2()
                        .describeSubnets(
                                r -> r.filters(f -> f.name("availability-zone").values("us-west-2a")))
                        .subnets()
                        .forEach(subnet -> clouds.aws().fillSubnet("us-west-2", subnet.subnetId(), true));
            }
            BackendSpec more = draft("aws", "us-west-2", "m7i.xlarge", 2)
                    .computePool(
                            "a",
                            p -> p.instanceType("m7i.xlarge")
                                    .zones("us-west-2a")
                                    .scale(0, 4))
                    .build();

            assertThat(addresses(osmo.preflight(osmo.plan(more))))
                    .containsExactly(
                            "FAIL 0 free addresses in us-west-2a, 120 needed: pool a (4 nodes" + " with 30 each)");
        }
    }

    /** The preflight counts single addresses, so a plan takes back what would have nodes take blocks of sixteen. */
    @Test
    void eks_takes_back_prefix_delegation() {
        BackendSpec spec = spec("aws", "us-west-2", "m7i.xlarge", 2, "10.0.0.0/16");
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open();
                AwsClients clients =
                        clouds.aws().open("us-west-2", EksSettings.builder().build())) {
            osmo.apply(osmo.plan(spec));
            List<String> counted = addresses(osmo.preflight(osmo.plan(spec)));
            var unused = clients.eks()
                    .updateAddon(r -> r.clusterName("train")
                            .addonName("vpc-cni")
                            .configurationValues("{\"enableNetworkPolicy\":\"true\",\"env\":"
                                    + "{\"ENABLE_PREFIX_DELEGATION\":\"true\",\"WARM_PREFIX_TARGET\":\"1\"}}"));
            clouds.time().advance(Duration.ofMinutes(5));

            Plan plan = osmo.plan(spec);

            assertThat(plan.changes())
                    .singleElement()
                    .satisfies(change -> assertThat(change.toString())
                            .contains("addon/vpc-cni", "configurationValues", "ENABLE_PREFIX_DELEGATION"));
            assertThat(addresses(osmo.preflight(plan))).isEqualTo(counted);
            osmo.apply(plan);
            assertThat(clients.eks()
                            .describeAddon(r -> r.clusterName("train").addonName("vpc-cni"))
                            .addon()
                            .configurationValues())
                    .doesNotContain("PREFIX");
        }
    }

    /** The emulated CNI takes what the preflight has said, and the subnets are empty when it says so. */
    @Test
    void eks_runs_out_of_addresses_as_the_preflight_says() {
        BackendSpec spec = spec("aws", "us-west-2", "m7i.4xlarge", 21, "10.0.0.0/20");
        BackendSpec all =
                spec.toBuilder().changePool("cpu", p -> p.scale(21, 21)).build();
        BackendSpec more =
                spec.toBuilder().changePool("cpu", p -> p.scale(28, 28)).build();
        try (EmulatedClouds clouds = EmulatedClouds.create(aws -> aws.quota("L-1216C47A", 500));
                OsmoBackends osmo = clouds.open()) {
            assertThat(addresses(osmo.preflight(all)))
                    .singleElement()
                    .asString()
                    .startsWith("WARN 1473 free addresses");
            osmo.apply(osmo.plan(all));
            int free = free(clouds);

            assertThat(free).isEqualTo(3 * 507 - 2 - (30 + 21 * 60));
            assertThat(addresses(osmo.preflight(osmo.plan(more))))
                    .singleElement()
                    .asString()
                    .startsWith("FAIL " + free + " free addresses")
                    .endsWith("420 needed: pool cpu (7 nodes with 60 each)");
            assertThatThrownBy(() -> osmo.apply(osmo.plan(more))).hasMessageContaining("InsufficientFreeAddresses");
            assertThat(free(clouds)).isZero();
        }
    }

    /** Of the subnets of nodes. */
    private static int free(EmulatedClouds clouds) {
        return clouds
                .aws()
                .open("us-west-2", EksSettings.builder().build())
                .ec2()
                .describeSubnets(r -> r.filters(f -> f.name("tag:osmo-resource").values("subnet/private-*")))
                .subnets()
                .stream()
                .mapToInt(subnet -> subnet.availableIpAddressCount())
                .sum();
    }

    @Test
    void aks_counts_nodes_since_pods_are_in_the_overlay() {
        BackendSpec few = spec("azure", "eastus2", "Standard_D8s_v5", 4, "10.0.0.0/20");
        BackendSpec more = spec("azure", "eastus2", "Standard_D8s_v5", 6, "10.0.0.0/20");
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            assertThat(addresses(osmo.preflight(few)))
                    .containsExactly(
                            "PASS free addresses suffice for all pools at their maximum; least is left of subnet"
                                    + " nodes: 12 of 4091 needed");
            osmo.apply(osmo.plan(few));
            clouds.azure()
                    .fillSubnet(
                            "/subscriptions/" + EmulatedAzure.SUBSCRIPTION + "/resourceGroups/osmo-train-eastus2"
                                    + "/providers/Microsoft.Network/virtualNetworks/train-vnet/subnets/nodes",
                            true);

            assertThat(addresses(osmo.preflight(osmo.plan(more))))
                    .containsExactly("FAIL 0 free addresses in subnet nodes, 6 needed: pool cpu (6 nodes with 1 each)");
        }
    }

    private static BackendSpec inShared(int min, int max) {
        return draft("gcp", "us-central1", "n2-standard-4", max)
                .changePool("cpu", p -> p.scale(min, max))
                .network(n -> n.existing("shared", "nodes"))
                .build();
    }

    /** The network of {@link #inShared}, with these ranges for pods and services. */
    private static void plantShared(EmulatedClouds clouds, String pods, String services) {
        clouds.gcp().plantNetwork("osmo-emulated", "us-central1", "shared", "nodes", Map.of("a", pods, "b", services));
    }

    /** Each node has an address, and a /24 for its pods. */
    @Test
    void gke_asks_how_much_of_both_ranges_is_free() {
        String subnet = "projects/osmo-emulated/regions/us-central1/subnetworks/nodes";
        BackendSpec spec = inShared(0, 4);
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            plantShared(clouds, "10.64.0.0/14", "10.8.0.0/20");
            assertThat(addresses(osmo.preflight(spec)))
                    .containsExactly("PASS free addresses suffice for all pools at their maximum; least is left of"
                            + " 10.64.0.0/14, the range of pods: 1792 of 262144 needed");

            clouds.gcp().fillRange(subnet, true);
            clouds.gcp().fillRange(subnet + "-a", true);

            assertThat(addresses(osmo.preflight(spec)))
                    .hasSize(2)
                    .anyMatch(text ->
                            text.matches("FAIL 0 free addresses in \\S+, the range of nodes, 7 needed: pool operator"
                                    + " \\(3 nodes with 1 each\\), pool cpu \\(4 nodes with 1 each\\)"))
                    .contains("FAIL 0 free addresses in 10.64.0.0/14, the range of pods, 1792 needed: pool operator (3"
                            + " nodes with 256 each), pool cpu (4 nodes with 256 each)");
        }
    }

    /** Six of the eight nodes that the range of pods has room for are there: what the preflight says is what the apply meets. */
    @Test
    void gke_runs_out_of_the_range_of_pods_as_the_preflight_says() {
        BackendSpec spec = inShared(2, 3);
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            plantShared(clouds, "10.64.0.0/21", "10.8.0.0/24");
            for (int i = 0; i < 6; i++) {
                clouds.gcp().plantMachine("us-central1-a", "theirs-" + i, "shared", "nodes");
            }

            assertThat(addresses(osmo.preflight(spec)))
                    .singleElement()
                    .asString()
                    .startsWith("FAIL 512 free addresses in 10.64.0.0/21, the range of pods");
            Plan plan = osmo.plan(spec);
            assertThatThrownBy(() -> osmo.apply(plan)).hasMessageContaining("IP_SPACE_EXHAUSTED");
        }
    }
}
