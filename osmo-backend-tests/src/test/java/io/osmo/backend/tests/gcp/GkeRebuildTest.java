// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.gcp;

import static io.osmo.backend.tests.gcp.GkeBackend.NAME;
import static io.osmo.backend.tests.gcp.GkeBackend.REGION;
import static io.osmo.backend.tests.gcp.GkeBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.kms.v1.CryptoKeyName;
import com.google.cloud.kms.v1.CryptoKeyVersion;
import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionState;
import com.google.cloud.kms.v1.CryptoKeyVersionName;
import com.google.container.v1.Cluster;
import com.google.container.v1.NodePool;
import com.google.container.v1.SetNodePoolSizeRequest;
import com.google.protobuf.FieldMask;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.UnsupportedChangeException;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.VirtualTime.SimulatedCrash;
import io.osmo.backend.testkit.fault.Call;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A backend can be built again from every state, and its key is repaired rather than replaced. */
class GkeRebuildTest {
    private static final String OBJECT = "osmo-" + NAME + "-" + REGION;

    // ------------------------------------------------------------------------------------------ rebuilding

    @Test
    void what_was_destroyed_can_be_built_again_and_again() {
        try (GkeBackend gke = new GkeBackend()) {
            for (int i = 0; i < 3; i++) {
                gke.applied(spec());
                gke.destroyed();
                assertThat(gke.remains()).isEmpty();
            }
        }
    }

    @Test
    void a_destruction_that_was_cut_off_anywhere_can_be_taken_back() {
        int sites;
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            gke.gcp().forgetCalls();
            gke.destroyed();
            sites = (int)
                    gke.gcp().calls().stream().filter(call -> !call.reads()).count();
        }
        for (int n = 1; n <= sites; n++) {
            try (GkeBackend gke = new GkeBackend()) {
                gke.applied(spec());
                gke.gcp().faults().onCalls(call -> !call.reads()).nth(n).crashAfter();
                assertThatThrownBy(gke::destroyed).as("change " + n).isInstanceOf(SimulatedCrash.class);
                gke.gcp().faults().clear();

                try (OsmoBackends next = gke.clouds.open()) {
                    next.apply(next.plan(spec()));
                    assertThat(next.plan(spec()).changes()).as("change " + n).isEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster", "pool", "first pool", "router", "account", "backup plan"})
    void what_was_deleted_by_hand_comes_back(String what) {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            Runnable delete = () -> delete(gke, what);
            delete.run();

            // While it is being deleted, and again once it is gone.
            gke.osmo.apply(gke.osmo.plan(spec()));
            assertThat(gke.osmo.plan(spec()).changes()).isEmpty();
            delete.run();
            gke.clouds.time().advance(Duration.ofMinutes(30));
            gke.osmo.apply(gke.osmo.plan(spec()));

            assertThat(gke.osmo.plan(spec()).changes()).isEmpty();
        }
    }

    private static void delete(GkeBackend gke, String what) {
        switch (what) {
            case "cluster" -> {
                var unused = gke.clients.clusters().deleteCluster(gke.path());
            }
            case "pool" -> {
                var unused = gke.clients.clusters().deleteNodePool(gke.path() + "/nodePools/cpu");
            }
            case "first pool" -> {
                var unused = gke.clients.clusters().deleteNodePool(gke.path() + "/nodePools/operator");
            }
            case "router" -> {
                var unused = gke.clients
                        .routers()
                        .deleteCallable()
                        .call(com.google.cloud.compute.v1.DeleteRouterRequest.newBuilder()
                                .setProject(gke.clients.project())
                                .setRegion(REGION)
                                .setRouter(OBJECT)
                                .build());
            }
            case "account" -> new Neighbor(gke).deleteAccount(OBJECT);
            default -> {
                var unused = gke.clients
                        .backups()
                        .deleteBackupPlanCallable()
                        .call(com.google.cloud.gkebackup.v1.DeleteBackupPlanRequest.newBuilder()
                                .setName("projects/" + gke.clients.project() + "/locations/" + REGION + "/backupPlans/"
                                        + OBJECT)
                                .build());
            }
        }
    }

    // ------------------------------------------------------------------------------------------ keys

    private static CryptoKeyVersionName version(GkeBackend gke, int number) {
        return CryptoKeyVersionName.of(gke.clients.project(), REGION, "osmo-backend", OBJECT, String.valueOf(number));
    }

    private static CryptoKeyVersionState state(GkeBackend gke, int number) {
        return gke.clients.keys().getCryptoKeyVersion(version(gke, number)).getState();
    }

    private static void disable(GkeBackend gke, int number) {
        var unused = gke.clients
                .keys()
                .updateCryptoKeyVersion(
                        CryptoKeyVersion.newBuilder()
                                .setName(version(gke, number).toString())
                                .setState(CryptoKeyVersionState.DISABLED)
                                .build(),
                        FieldMask.newBuilder().addPaths("state").build());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_key_that_was_disabled_or_scheduled_for_destruction_is_repaired(boolean disabled) {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            if (disabled) {
                disable(gke, 1);
            } else {
                var unused = gke.clients.keys().destroyCryptoKeyVersion(version(gke, 1));
            }
            gke.gcp().forgetCalls();

            Plan plan = gke.osmo.plan(spec());
            assertThat(plan.disruption()).isEqualTo(Disruption.NONE);
            assertThat(plan.changes()).singleElement().satisfies(change -> {
                assertThat(change.resource()).hasToString("kms-key/main");
                assertThat(change.action()).isEqualTo(io.osmo.backend.plan.Action.UPDATE);
            });
            gke.osmo.apply(plan);

            assertThat(state(gke, 1)).isEqualTo(CryptoKeyVersionState.ENABLED);
            assertThat(gke.osmo.plan(spec()).changes()).isEmpty();
            assertThat(gke.gcp().calls())
                    .noneMatch(call -> call.operation().equals("cloudkms.CreateCryptoKeyVersion")
                            || call.operation().equals("cloudkms.DestroyCryptoKeyVersion"));
        }
    }

    /** Nodes need the key: a pool is made once it can be used again. */
    @Test
    void a_pool_waits_for_the_key_that_is_repaired_in_the_same_apply() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            disable(gke, 1);
            BackendSpec more = spec(s ->
                    s.computePool("more", p -> p.instanceType("n2-standard-8").scale(2, 4)));

            gke.applied(more);

            assertThat(gke.pool("more").getStatus()).isEqualTo(NodePool.Status.RUNNING);
            assertThat(gke.gcp().calls())
                    .filteredOn(call -> call.operation().equals("cloudkms.UpdateCryptoKeyVersion")
                            || call.operation().equals("container.CreateNodePool"))
                    .last()
                    .satisfies(call -> assertThat(call.operation()).isEqualTo("container.CreateNodePool"));
        }
    }

    /** The key is disabled while a pool grows: GKE tries again by itself once the key is enabled. */
    @Test
    void a_pool_that_lacks_nodes_for_want_of_the_key_gets_them_in_the_apply_that_repairs_it() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec(s -> s.changePool("cpu", p -> p.scale(0, 4))));
            disable(gke, 1);
            var unused = gke.clients
                    .clusters()
                    .setNodePoolSize(SetNodePoolSizeRequest.newBuilder()
                            .setName(gke.path() + "/nodePools/cpu")
                            .setNodeCount(1)
                            .build());
            gke.clouds.time().advance(Duration.ofMinutes(5));
            assertThat(gke.pool("cpu").getStatus()).isEqualTo(NodePool.Status.RUNNING_WITH_ERROR);

            gke.applied(spec(s -> s.changePool("cpu", p -> p.scale(0, 4))));

            assertThat(gke.pool("cpu").getStatus()).isEqualTo(NodePool.Status.RUNNING);
        }
    }

    /** After a rotation, older versions are still needed to read what they encrypted. */
    @Test
    void an_older_version_is_repaired_too() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            CryptoKeyName key = CryptoKeyName.of(gke.clients.project(), REGION, "osmo-backend", OBJECT);
            var rotated = gke.clients.keys().createCryptoKeyVersion(key, CryptoKeyVersion.getDefaultInstance());
            var unused = gke.clients.keys().updateCryptoKeyPrimaryVersion(key, "2");
            assertThat(rotated.getName()).endsWith("/2");
            disable(gke, 1);

            gke.applied(spec());

            assertThat(state(gke, 1)).isEqualTo(CryptoKeyVersionState.ENABLED);
        }
    }

    @Test
    void versions_of_a_backend_that_was_destroyed_stay_scheduled() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            gke.destroyed();
            gke.applied(spec());

            assertThat(state(gke, 1)).isEqualTo(CryptoKeyVersionState.DESTROY_SCHEDULED);
            assertThat(state(gke, 2)).isEqualTo(CryptoKeyVersionState.ENABLED);

            disable(gke, 2);
            gke.applied(spec());

            assertThat(state(gke, 1)).isEqualTo(CryptoKeyVersionState.DESTROY_SCHEDULED);
            assertThat(state(gke, 2)).isEqualTo(CryptoKeyVersionState.ENABLED);
        }
    }

    @Test
    void a_key_that_is_destroyed_for_good_is_told_and_never_replaced() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            var unused = gke.clients.keys().destroyCryptoKeyVersion(version(gke, 1));
            gke.clouds.time().advance(Duration.ofDays(31));
            assertThat(state(gke, 1)).isEqualTo(CryptoKeyVersionState.DESTROYED);
            List<String> before = gke.gcp().inventory();
            gke.gcp().forgetCalls();

            assertThatThrownBy(() -> gke.osmo.plan(spec()))
                    .isInstanceOf(UnsupportedChangeException.class)
                    .hasMessageContaining("kms-key/main")
                    .hasMessageContaining("Destroy the backend and apply again");

            assertThat(gke.gcp().calls()).allMatch(Call::reads);
            assertThat(gke.gcp().inventory()).isEqualTo(before);
            gke.destroyed();
            gke.applied(spec());
        }
    }

    // ------------------------------------------------------------------------------------------ what has failed

    @Test
    void a_cluster_whose_creation_has_failed_is_made_again() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.gcp().faults().onCall("container.CreateCluster").crashAfter();
            assertThatThrownBy(() -> gke.osmo.apply(gke.osmo.plan(spec()))).isInstanceOf(SimulatedCrash.class);
            gke.gcp().faults().clear();
            gke.gcp().failCluster(REGION, NAME, "Internal error.");

            try (OsmoBackends next = gke.clouds.open()) {
                next.apply(next.plan(spec()));
                assertThat(next.plan(spec()).changes()).isEmpty();
            }

            assertThat(gke.clients.clusters().getCluster(gke.path()).getStatus())
                    .isEqualTo(Cluster.Status.RUNNING);
        }
    }

    @Test
    void a_cluster_that_has_run_and_has_failed_is_never_replaced() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            gke.gcp().failCluster(REGION, NAME, "Internal error.");

            assertThatThrownBy(() -> gke.osmo.plan(spec()))
                    .isInstanceOf(UnsupportedChangeException.class)
                    .hasMessageContaining("gke-cluster/main")
                    .hasMessageContaining("Internal error")
                    .hasMessageContaining("What runs in the cluster");
        }
    }

    @Test
    void a_pool_that_failed_before_it_had_a_machine_is_made_again_under_its_name() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            BackendSpec more = spec(s ->
                    s.computePool("more", p -> p.instanceType("n2-standard-8").scale(1, 2)));
            gke.gcp().faults().onCall("container.CreateNodePool").crashAfter();
            assertThatThrownBy(() -> gke.osmo.apply(gke.osmo.plan(more))).isInstanceOf(SimulatedCrash.class);
            gke.gcp().faults().clear();
            gke.gcp().failNodePool(REGION, NAME, "more", "Internal error.");

            try (OsmoBackends next = gke.clouds.open()) {
                Plan plan = next.plan(more);
                assertThat(plan.disruption()).isEqualTo(Disruption.NONE);
                next.apply(plan);
                assertThat(next.plan(more).changes()).isEmpty();
            }

            assertThat(gke.pool("more").getStatus()).isEqualTo(NodePool.Status.RUNNING);
        }
    }

    @Test
    void a_pool_that_has_failed_with_machines_gets_a_successor_first() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            gke.gcp().failNodePool(REGION, NAME, "cpu", "Internal error.");
            gke.gcp().forgetCalls();

            gke.applied(spec());

            assertThat(gke.pool("cpu-gen2").getStatus()).isEqualTo(NodePool.Status.RUNNING);
            assertThat(gke.gcp().calls())
                    .extracting(Call::operation)
                    .filteredOn(name -> name.endsWith("NodePool"))
                    .filteredOn(name -> name.contains("Create") || name.contains("Delete"))
                    .containsExactly("container.CreateNodePool", "container.DeleteNodePool");
        }
    }
}
