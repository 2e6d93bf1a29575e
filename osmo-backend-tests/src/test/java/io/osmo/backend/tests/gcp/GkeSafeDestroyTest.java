// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.gcp;

import static io.osmo.backend.tests.gcp.GkeBackend.NAME;
import static io.osmo.backend.tests.gcp.GkeBackend.REGION;
import static io.osmo.backend.tests.gcp.GkeBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.error.GuardedException;
import io.osmo.backend.error.StalePlanException;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.testkit.fault.Call;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing of a backend is deleted as long as something forbids deleting all of it. */
class GkeSafeDestroyTest {
    private static final String NETWORK = "osmo-" + NAME + "-" + REGION;

    /** Refused with this guard and nothing else, and without a changing call. */
    private static void assertGuarded(GkeBackend gke, String subject, String reason) {
        List<String> before = gke.gcp().inventory();
        gke.gcp().forgetCalls();
        Plan plan = gke.osmo.planDestroy(spec().ref());
        assertThat(plan.guards()).singleElement().satisfies(guard -> {
            assertThat(guard.subject()).contains(subject);
            assertThat(guard.reason()).contains(reason);
        });
        assertThat(plan.toString().replaceAll("\\s+", " ")).contains(reason);

        assertThatThrownBy(() -> gke.osmo.apply(plan))
                .isInstanceOf(GuardedException.class)
                .hasMessageContaining(reason);

        assertThat(gke.gcp().calls()).allMatch(Call::reads);
        assertThat(gke.gcp().inventory()).isEqualTo(before);
    }

    @Test
    void a_backend_without_anything_foreign_has_no_guards() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            gke.gcp().plantVolume(REGION, NAME, "data");
            gke.gcp().plantLoadBalancer(REGION, NAME, "default/web");
            gke.gcp().plantEndpointGroup(REGION, NAME, "default/web");

            assertThat(gke.osmo.planDestroy(spec().ref()).guards()).isEmpty();
        }
    }

    @Test
    void a_protected_cluster_keeps_everything() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec(s -> s.deletionProtection(true)));
            gke.gcp().plantVolume(REGION, NAME, "data");

            assertGuarded(gke, "cluster/" + NAME, "protected against deletion");

            gke.applied(spec());
            gke.destroyed();
            assertThat(gke.remains()).isEmpty();
        }
    }

    @Test
    void a_pool_of_somebody_else_in_our_cluster_keeps_everything() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            new Neighbor(gke).pool("theirs");
            assertThat(gke.osmo.plan(spec()).changes())
                    .as("a pool that is not ours is left alone")
                    .isEmpty();

            assertGuarded(gke, "node pool theirs", "not of this backend");
        }
    }

    @Test
    void a_machine_of_somebody_else_in_our_network_keeps_everything() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            gke.gcp().plantMachine("us-central1-a", "bastion", NETWORK, NETWORK);

            assertGuarded(gke, "zones/us-central1-a/instances/bastion", "a virtual machine in the network");
        }
    }

    @Test
    void a_subnet_of_somebody_else_in_our_network_keeps_everything() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            new Neighbor(gke).subnet(NETWORK, "theirs", "10.80.0.0/20");

            assertGuarded(gke, "subnetworks/theirs", "a subnet in the network");
        }
    }

    @Test
    void a_firewall_rule_of_somebody_else_in_our_network_keeps_everything() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            new Neighbor(gke).firewall("allow-ssh", NETWORK);

            assertGuarded(gke, "firewalls/allow-ssh", "a firewall rule in the network");
        }
    }

    @Test
    void a_cluster_of_somebody_else_in_our_network_keeps_everything() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            new Neighbor(gke).cluster("us-central1-a", "theirs", NETWORK, NETWORK);
            gke.gcp().plantLoadBalancer("us-central1-a", "theirs", "default/web");

            assertGuarded(gke, "us-central1-a/clusters/theirs", "a cluster in the network");
        }
    }

    @Test
    void all_that_forbids_is_told_at_once() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec(s -> s.deletionProtection(true)));
            new Neighbor(gke).pool("theirs");
            gke.gcp().plantMachine("us-central1-a", "bastion", NETWORK, NETWORK);

            assertThat(gke.osmo.planDestroy(spec().ref()).guards())
                    .extracting(Guard::subject)
                    .anyMatch(subject -> subject.contains("cluster/" + NAME))
                    .anyMatch(subject -> subject.contains("theirs"))
                    .anyMatch(subject -> subject.contains("bastion"))
                    .hasSize(3);
        }
    }

    @Test
    void a_plan_for_one_project_destroys_nothing_in_another() {
        try (GkeBackend ours = new GkeBackend();
                GkeBackend theirs = new GkeBackend(project -> project.project("another-project"))) {
            ours.applied(spec());
            theirs.applied(spec());
            Plan stored = Plan.fromJson(ours.osmo.planDestroy(spec().ref()).toJson());
            theirs.gcp().forgetCalls();

            assertThatThrownBy(() -> theirs.osmo.apply(stored))
                    .isInstanceOf(StalePlanException.class)
                    .hasMessageContaining("another-project");

            assertThat(theirs.gcp().calls()).allMatch(Call::reads);
        }
    }

    /** Snapshots of volumes are encrypted with the key of the volumes. */
    @Test
    void backups_keep_the_key_that_reads_them() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            gke.gcp()
                    .plantBackup(
                            "projects/" + gke.clients.project() + "/locations/" + REGION + "/backupPlans/" + NETWORK,
                            "daily-1");

            Plan plan = gke.osmo.planDestroy(spec().ref());
            assertThat(plan.changes())
                    .extracting(change -> change.resource().kind())
                    .doesNotContain("kms-key", "backup-plan");
            gke.osmo.apply(plan);

            assertThat(gke.gcp().inventory())
                    .anyMatch(line -> line.startsWith("key-version ") && line.endsWith(" ENABLED"))
                    .anyMatch(line -> line.startsWith("backup-plan "));
        }
    }

    @Test
    void what_came_after_the_plan_is_not_destroyed_with_it() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            Plan stored = Plan.fromJson(gke.osmo.planDestroy(spec().ref()).toJson());
            gke.applied(spec(s ->
                    s.computePool("late", p -> p.instanceType("n2-standard-8").scale(1, 2))));
            gke.gcp().forgetCalls();

            assertThatThrownBy(() -> gke.osmo.apply(stored))
                    .isInstanceOf(StalePlanException.class)
                    .hasMessageContaining("node-pool/late");

            assertThat(gke.gcp().calls()).allMatch(Call::reads);
        }
    }

    @Test
    void somebody_elses_pool_that_came_after_the_plan_guards_too() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            Plan stored = gke.osmo.planDestroy(spec().ref());
            new Neighbor(gke).pool("theirs");
            gke.gcp().forgetCalls();

            assertThatThrownBy(() -> gke.osmo.apply(stored))
                    .isInstanceOf(GuardedException.class)
                    .hasMessageContaining("theirs");

            assertThat(gke.gcp().calls()).allMatch(Call::reads);
        }
    }
}
