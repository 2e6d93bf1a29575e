// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.gcp;

import static io.osmo.backend.tests.gcp.GkeBackend.REGION;
import static io.osmo.backend.tests.gcp.GkeBackend.spec;
import static io.osmo.backend.tests.gcp.GkeRulesTest.violations;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.container.v1.Cluster;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.error.UnsupportedChangeException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.BackendSpec;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Networks that exist, of the same project and of another one. */
class GkeExistingNetworkTest {
    private static final String HOST = "net-host";
    private static final String OWN = "osmo-emulated";
    private static final Map<String, String> TWO = Map.of("a", "10.64.0.0/14", "b", "10.8.0.0/20");
    private static final Map<String, String> THREE =
            Map.of("alpha", "10.64.0.0/14", "beta", "10.8.0.0/20", "vpn", "10.9.0.0/28");

    private static BackendSpec in(String network, String subnet, UnaryOperator<GkeSettings.Builder> settings) {
        return spec(s -> s.network(n -> n.existing(network, subnet))
                .settings(settings.apply(GkeSettings.builder()).build()));
    }

    private static BackendSpec in(String network, String subnet) {
        return in(network, subnet, s -> s);
    }

    private static BackendSpec shared() {
        return in(
                "projects/" + HOST + "/global/networks/shared",
                "projects/" + HOST + "/regions/" + REGION + "/subnetworks/nodes");
    }

    private static Cluster cluster(GkeBackend gke) {
        return gke.clients.clusters().getCluster(gke.path());
    }

    @Test
    void a_network_of_another_project_is_looked_up_there_and_used() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.gcp().plantNetwork(OWN, REGION, "shared", "nodes", TWO);
            gke.gcp().plantNetwork(HOST, REGION, "shared", "nodes", TWO);

            var facts = gke.applied(shared()).facts();

            assertThat(cluster(gke).getNetworkConfig().getNetwork())
                    .isEqualTo("projects/" + HOST + "/global/networks/shared");
            assertThat(cluster(gke).getNetworkConfig().getSubnetwork()).startsWith("projects/" + HOST + "/");
            assertThat(cluster(gke).getIpAllocationPolicy().getClusterSecondaryRangeName())
                    .isEqualTo("a");
            assertThat(facts.network().known()).isPresent();
        }
    }

    @Test
    void a_network_that_only_our_own_project_has_is_not_taken_for_that_of_another_one() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.gcp().plantNetwork(OWN, REGION, "shared", "nodes", TWO);
            gke.gcp().plantNetwork(HOST, REGION, "other", "other", TWO);

            assertThat(violations(gke, shared()))
                    .extracting(Violation::path)
                    .containsExactlyInAnyOrder("network.existing.id", "network.existing.subnets[0]");
            assertThat(violations(gke, shared()))
                    .allSatisfy(v -> assertThat(v.allowed()).contains(HOST));
        }
    }

    @Test
    void what_gke_may_not_do_in_the_other_project_is_told_before_anything_is_made() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.gcp().plantNetwork(HOST, REGION, "shared", "nodes", TWO);
            gke.gcp().revoke("projects/" + HOST, "roles/container.hostServiceAgentUser");
            gke.gcp()
                    .revoke(
                            "projects/" + HOST + "/regions/" + REGION + "/subnetworks/nodes",
                            "roles/compute.networkUser");

            // A folder or the organization may grant it: that is no reason to refuse.
            assertThat(gke.osmo.plan(shared()).warnings())
                    .filteredOn(w -> w.contains("does not grant"))
                    .hasSize(3)
                    .allSatisfy(w -> assertThat(w).contains("inherited"))
                    .anySatisfy(w -> assertThat(w).contains("hostServiceAgentUser"))
                    .anySatisfy(w -> assertThat(w).contains("networkUser to").contains("cloudservices"));
            assertThat(gke.osmo.preflight(shared()).findings())
                    .filteredOn(f -> f.check().equals("preflight.network"))
                    .filteredOn(f -> f.message().contains("does not grant"))
                    .hasSize(3)
                    .allMatch(f -> f.status() == PreflightFinding.Status.UNKNOWN);
        }
    }

    @Test
    void what_could_not_be_read_is_not_said_to_be_missing() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.gcp().plantNetwork(HOST, REGION, "shared", "nodes", TWO);
            gke.gcp().faults().onCall("compute.networks.get").deny();

            assertThat(violations(gke, shared())).singleElement().satisfies(v -> {
                assertThat(v.path()).isEqualTo("network.existing.id");
                assertThat(v.given()).contains("could not be read").contains("compute.networks.get");
            });
            assertThat(violations(gke, in("projects/unknown/global/networks/n", "n")))
                    .allSatisfy(v -> assertThat(v.given()).contains("could not be read"));

            gke.gcp().faults().clear();
            gke.gcp().faults().onCall("compute.subnetworks.getIamPolicy").deny();
            assertThat(gke.osmo.plan(shared()).warnings())
                    .anySatisfy(w -> assertThat(w).contains("could not be read").contains("networkUser"));
        }
    }

    @Test
    void a_key_that_could_not_be_read_is_not_said_to_be_missing() {
        try (GkeBackend gke = new GkeBackend()) {
            String key = "projects/keys/locations/" + REGION + "/keyRings/r/cryptoKeys/k";
            gke.gcp().faults().onCall("cloudkms.GetCryptoKey").deny();

            assertThat(violations(gke, spec(s -> s.encryption(e -> e.existingKey(key)))))
                    .singleElement()
                    .satisfies(v -> assertThat(v.given()).contains("could not be read"));
        }
    }

    @Test
    void of_more_than_two_ranges_the_settings_name_two() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.gcp().plantNetwork(OWN, REGION, "n", "s", THREE);

            assertThat(violations(gke, in("n", "s"))).singleElement().satisfies(v -> {
                assertThat(v.path()).isEqualTo("network.existing.subnets[0]");
                assertThat(v.given()).contains("alpha 10.64.0.0/14").contains("vpn 10.9.0.0/28");
            });
            assertThat(violations(gke, in("n", "s", s -> s.podRange("gamma").serviceRange("beta"))))
                    .extracting(Violation::path)
                    .containsExactly("settings.podRange");
            assertThat(violations(gke, in("n", "s", s -> s.podRange("alpha").serviceRange("vpn"))))
                    .singleElement()
                    .satisfies(v -> assertThat(v.given()).contains("/28 for services"));
            assertThat(violations(gke, in("n", "s", s -> s.podRange("vpn").serviceRange("beta"))))
                    .singleElement()
                    .satisfies(v -> assertThat(v.given()).contains("room for 0 nodes"));

            gke.applied(in("n", "s", s -> s.podRange("alpha").serviceRange("beta")));

            assertThat(cluster(gke).getIpAllocationPolicy().getServicesSecondaryRangeName())
                    .isEqualTo("beta");
        }
    }

    @Test
    void paths_that_lead_elsewhere_are_refused() {
        try (GkeBackend gke = new GkeBackend()) {
            assertThat(violations(gke, in("projects/p/global/net/n", "s")))
                    .extracting(Violation::path)
                    .contains("network.existing.id");
            assertThat(violations(gke, in("projects/p/global/networks/n", "regions/us-east1/subnetworks/s")))
                    .extracting(Violation::path)
                    .contains("network.existing.subnets[0]");
            assertThat(violations(
                            gke, in("projects/p/global/networks/n", "projects/q/regions/" + REGION + "/subnetworks/s")))
                    .extracting(Violation::path)
                    .contains("network.existing.subnets[0]");
            assertThat(violations(gke, spec(s -> s.network(n -> n.existing("n", "s", "t")))))
                    .extracting(Violation::path)
                    .contains("network.existing.subnets[1]");
            gke.gcp().plantNetwork(OWN, REGION, "n", "of-n", TWO);
            gke.gcp().plantNetwork(OWN, REGION, "m", "of-m", TWO);
            assertThat(violations(gke, in("n", "of-m")))
                    .singleElement()
                    .satisfies(
                            v -> assertThat(v.allowed()).contains("networks/n").contains("networks/m"));
            assertThat(violations(
                            gke,
                            spec(s -> s.settings(
                                    GkeSettings.builder().podRange("a").build()))))
                    .extracting(Violation::path)
                    .containsExactly("settings.podRange");
        }
    }

    @Test
    void a_cluster_does_not_move_to_another_network() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.gcp().plantNetwork(OWN, REGION, "n", "s", TWO);
            gke.gcp().plantNetwork(OWN, REGION, "m", "t", TWO);
            gke.applied(in("n", "s"));

            assertThatThrownBy(() -> gke.osmo.plan(in("m", "t")))
                    .isInstanceOf(UnsupportedChangeException.class)
                    .hasMessageContaining("network.existing.id: projects/" + OWN + "/global/networks/n -> ")
                    .hasMessageContaining("networks/m")
                    .hasMessageContaining("network.existing.subnets[0]: ");
            assertThatThrownBy(() -> gke.osmo.plan(spec()))
                    .isInstanceOf(UnsupportedChangeException.class)
                    .hasMessageContaining("network.existing.id: projects/" + OWN + "/global/networks/n -> none (");
            assertThatThrownBy(() ->
                            gke.osmo.plan(in("n", "s", s -> s.podRange("b").serviceRange("a"))))
                    .hasMessageContaining("b");
        }
    }

    @Test
    void a_cluster_of_our_own_network_does_not_move_to_an_existing_one() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            gke.gcp().plantNetwork(OWN, REGION, "n", "s", TWO);

            assertThatThrownBy(() -> gke.osmo.plan(in("n", "s")))
                    .isInstanceOf(UnsupportedChangeException.class)
                    .hasMessageContaining("network.existing.id: none (")
                    .hasMessageContaining(" -> projects/" + OWN + "/global/networks/n");
        }
    }

    @Test
    void ranges_that_the_cluster_does_not_use_cannot_be_taken_later() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.gcp()
                    .plantNetwork(
                            OWN,
                            REGION,
                            "n",
                            "s",
                            Map.of("a", "10.64.0.0/14", "b", "10.8.0.0/20", "c", "10.12.0.0/20"));
            gke.applied(in("n", "s", s -> s.podRange("a").serviceRange("b")));

            assertThatThrownBy(() ->
                            gke.osmo.plan(in("n", "s", s -> s.podRange("a").serviceRange("c"))))
                    .isInstanceOf(UnsupportedChangeException.class)
                    .hasMessageContaining("settings.serviceRange: b -> c (gke-cluster/main)");
        }
    }

    @Test
    void a_control_plane_stays_where_it_is() {
        try (GkeBackend gke = new GkeBackend()) {
            UnaryOperator<GkeSettings.Builder> zonal = s -> s.location(io.osmo.backend.gcp.ClusterLocation.ZONAL);
            BackendSpec spec =
                    spec(s -> s.settings(zonal.apply(GkeSettings.builder()).build()));
            gke.osmo.apply(gke.osmo.plan(spec));
            assertThat(gke.osmo.plan(spec).changes()).isEmpty();

            assertThatThrownBy(() -> gke.osmo.plan(spec(s -> s.settings(GkeSettings.builder()
                            .location(io.osmo.backend.gcp.ClusterLocation.REGIONAL)
                            .build()))))
                    .isInstanceOf(UnsupportedChangeException.class)
                    .hasMessageContaining("settings.location")
                    .hasMessageContaining("REGIONAL");
            Plan left = gke.osmo.plan(spec());
            assertThat(left.changes()).isEmpty();
            assertThat(left.warnings()).anySatisfy(w -> assertThat(w).contains("control plane is ZONAL"));
        }
    }

    /** In a network of others, only the account of the nodes is left to look for them again. */
    @Test
    void disks_that_were_refused_go_with_the_next_destruction() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.gcp().plantNetwork(HOST, REGION, "shared", "nodes", TWO);
            gke.applied(shared());
            gke.gcp().plantVolume(REGION, GkeBackend.NAME, "claim");
            gke.gcp().faults().onCall("compute.disks.delete").deny();
            assertThatThrownBy(gke::destroyed)
                    .isInstanceOf(PartialApplyException.class)
                    .hasMessageContaining("sweep/disks");
            gke.gcp().faults().clear();

            assertThat(gke.destroyed().leftovers())
                    .noneMatch(left -> left.kind().equals("disks"));
        }
    }
}
