// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.azure;

import static io.osmo.backend.tests.azure.AksBackend.GROUP;
import static io.osmo.backend.tests.azure.AksBackend.NAME;
import static io.osmo.backend.tests.azure.AksBackend.REGION;
import static io.osmo.backend.tests.azure.AksBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpMethod;
import io.osmo.backend.Backend;
import io.osmo.backend.error.GuardedException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Leftover;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Destroying takes all that is ours, proves that it is gone, and is stopped by a lock before anything is lost. */
class AksDestroyTest {
    private static final String LOCK =
            "resourceGroups/" + GROUP + "/providers/Microsoft.Authorization/locks/keep?api-version=2020-05-01";

    private static Backend destroy(AksBackend backend) {
        return backend.osmo.apply(backend.osmo.planDestroy(spec().ref()));
    }

    @Test
    void a_locked_group_stops_it_before_anything_is_lost() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            backend.azure()
                    .cluster(GROUP, NAME)
                    .put(Map.of(
                            "apiVersion",
                            "v1",
                            "kind",
                            "Service",
                            "metadata",
                            Map.of("name", "web", "namespace", "default"),
                            "spec",
                            Map.of("type", "LoadBalancer", "ports", List.of(Map.of("port", 80)))));
            backend.rest().send(HttpMethod.PUT, LOCK, "{\"properties\":{\"level\":\"CanNotDelete\"}}");
            List<String> before = backend.azure().inventory();
            Plan plan = backend.osmo.planDestroy(spec().ref());
            assertThat(plan.guards()).singleElement().satisfies(guard -> {
                assertThat(guard.subject()).endsWith("/locks/keep");
                assertThat(guard.reason()).contains("CanNotDelete");
                assertThat(guard.remedy()).contains("az lock delete");
            });

            assertThatThrownBy(() -> destroy(backend))
                    .isInstanceOf(GuardedException.class)
                    .hasMessageContaining("locks/keep");

            assertThat(backend.azure().inventory()).isEqualTo(before);
            assertThat(backend.azure().cluster(GROUP, NAME).has("Service", "default", "web"))
                    .isTrue();

            backend.rest().send(HttpMethod.DELETE, LOCK, "");
            destroy(backend);
            assertThat(backend.azure().inventory()).allMatch(line -> line.startsWith("deletedVault "));
        }
    }

    /** Who may not read locks learns of one by the deletion that it forbids, without an hour of asking again. */
    @Test
    void a_lock_that_could_not_be_read_is_told_at_once() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            backend.azure()
                    .faults()
                    .onCall("LIST Microsoft.Authorization/locks")
                    .deny();
            String lock = "resourceGroups/" + GROUP + "/providers/Microsoft.ContainerService/managedClusters/" + NAME
                    + "/providers/Microsoft.Authorization/locks/keep?api-version=2020-05-01";
            backend.rest().send(HttpMethod.PUT, lock, "{\"properties\":{\"level\":\"CanNotDelete\"}}");
            backend.azure().forgetCalls();

            assertThatThrownBy(() -> destroy(backend))
                    .isInstanceOf(PartialApplyException.class)
                    .hasMessageContaining("ScopeLocked");

            assertThat(backend.calls("DELETE Microsoft.ContainerService/managedClusters"))
                    .hasSize(1);
            assertThat(backend.azure().inventory()).anyMatch(line -> line.startsWith("managedClusters " + NAME));
        }
    }

    @Test
    void disks_and_load_balancers_of_the_cluster_go_with_its_node_resource_group() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            backend.azure().plantLoadBalancer(GROUP, NAME, "web");
            backend.azure().plantVolume(GROUP, NAME, "data");
            assertThat(backend.azure().inventory()).anyMatch(line -> line.startsWith("resourceGroup MC_" + GROUP));

            Backend gone = destroy(backend);

            assertThat(gone.leftovers()).extracting(Leftover::kind).containsExactly("deleted-key-vault");
            assertThat(backend.azure().inventory()).allMatch(line -> line.startsWith("deletedVault "));
        }
    }

    /** Told from others by who manages it, whatever its name. */
    @Test
    void a_node_resource_group_that_aks_has_left_behind_is_deleted_and_others_are_not() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            String cluster = "/subscriptions/" + backend.azure().subscription() + "/resourceGroups/" + GROUP
                    + "/providers/Microsoft.ContainerService/managedClusters/" + NAME;
            String at = "{\"location\":\"" + REGION + "\"";
            backend.rest()
                    .send(HttpMethod.PUT, "resourceGroups/left-behind", at + ",\"managedBy\":\"" + cluster + "\"}");
            backend.rest().send(HttpMethod.PUT, "resourceGroups/MC_of-another", at + "}");

            destroy(backend);

            assertThat(backend.azure().inventory())
                    .filteredOn(line -> !line.startsWith("deletedVault "))
                    .containsExactly("resourceGroup MC_of-another");
        }
    }

    @Test
    void a_deletion_that_fails_in_the_end_says_why() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            for (int i = 0; i < 20; i++) {
                backend.azure()
                        .failNext(
                                "DELETE Microsoft.ContainerService/managedClusters",
                                "DeleteResourceGroupError",
                                "The node resource group is locked");
            }

            assertThatThrownBy(() -> destroy(backend))
                    .isInstanceOf(PartialApplyException.class)
                    .hasMessageContaining("could not be deleted: DeleteResourceGroupError: The node resource group is");
        }
    }
}
