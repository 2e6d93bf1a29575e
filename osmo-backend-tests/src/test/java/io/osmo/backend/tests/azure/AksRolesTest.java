// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.azure;

import static io.osmo.backend.tests.azure.AksBackend.CLUSTER_PUT;
import static io.osmo.backend.tests.azure.AksBackend.GPU;
import static io.osmo.backend.tests.azure.AksBackend.POOL_PUT;
import static io.osmo.backend.tests.azure.AksBackend.REGION;
import static io.osmo.backend.tests.azure.AksBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.azure.Rest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Roles take effect a while after they were assigned, which is waited for, and only that. */
class AksRolesTest {
    @Test
    void a_role_that_takes_twenty_minutes_to_hold_is_waited_for() {
        try (AksBackend backend = new AksBackend(azure -> azure.rolePropagation(Duration.ofMinutes(20)))) {
            Instant begun = backend.time().now();

            backend.applied(spec(s -> s.backup(b -> b.enabled(false))));

            assertThat(Duration.between(begun, backend.time().now())).isGreaterThan(Duration.ofMinutes(20));
        }
    }

    /** AKS answers 400, not 403, when its identity may not use the key of the Secrets yet. */
    @Test
    void a_bad_request_that_means_a_missing_right_is_waited_for() {
        try (AksBackend backend = new AksBackend()) {
            backend.azure()
                    .faults()
                    .onCall(CLUSTER_PUT)
                    .times(3)
                    .refuse(
                            400,
                            "AzureKeyVaultKmsValidateIdentityPermissionCustomerError",
                            "The identity does not have keys encrypt/decrypt permission on key vault");

            backend.applied(spec());

            assertThat(backend.calls(CLUSTER_PUT)).hasSize(4);
        }
    }

    @Test
    void a_right_that_the_caller_lacks_is_told_at_once() {
        try (AksBackend backend = new AksBackend()) {
            backend.azure().faults().onCall(CLUSTER_PUT).deny();

            assertThatThrownBy(() -> backend.osmo.apply(backend.osmo.plan(spec())))
                    .isInstanceOf(PartialApplyException.class)
                    .satisfies(e -> assertThat(e.getSuppressed())
                            .singleElement()
                            .isInstanceOfSatisfying(CloudException.class, refused -> {
                                assertThat(refused.error()).isEqualTo(CloudError.NOT_AUTHORIZED);
                                assertThat(refused.remedy())
                                        .contains("Microsoft.ContainerService/managedClusters/write");
                            }));
            assertThat(backend.calls(CLUSTER_PUT)).hasSize(1);
        }
    }

    /** AKS takes reserved machines by the cluster's identity, which needs a role where the reservations are. */
    @Test
    void a_capacity_reservation_is_used_with_a_role_of_its_own_that_goes_with_the_backend() {
        try (AksBackend backend = new AksBackend()) {
            String theirs = "/subscriptions/" + backend.azure().subscription() + "/resourceGroups/reserved";
            String reservation = theirs + "/providers/Microsoft.Compute/capacityReservationGroups/h100";
            backend.rest().put(theirs, "{`location`:`eastus2`}");
            backend.rest().put(reservation + "?api-version=2024-07-01", "{`location`:`eastus2`}");
            BackendSpec spec = spec(s -> s.gpuPool(
                            "own",
                            p -> p.instanceType(GPU).scale(0, 2).zones("1").reservation(reservation))
                    .gpuPool("settings", p -> p.instanceType(GPU).scale(0, 2).zones("1"))
                    .gpuPool("spot", p -> p.instanceType(GPU).scale(0, 2).spot(true))
                    .settings(AksSettings.builder()
                            .capacityReservationGroup(reservation)
                            .build()));
            // AKS would make the pools without it, with no more than a warning.
            assertThatThrownBy(() -> backend.osmo.plan(spec))
                    .isInstanceOfSatisfying(
                            InvalidSpecException.class,
                            e -> assertThat(e.violations())
                                    .extracting(Violation::path)
                                    .containsExactlyInAnyOrder(
                                            "computePools[1].reservation", "settings.capacityReservationGroup"));
            backend.rest()
                    .put(
                            reservation + "/capacityReservations/a100?api-version=2024-07-01",
                            "{`location`:`eastus2`,`sku`:{`name`:`" + GPU + "`,`capacity`:4},`zones`:[`1`]}");
            var before = backend.azure().inventory();

            backend.applied(spec);

            assertThat(backend.requests(POOL_PUT))
                    .filteredOn(call -> call.body().contains("\"capacityReservationGroupID\":\"" + reservation + "\""))
                    .extracting(call -> call.path().substring(call.path().lastIndexOf('/') + 1))
                    .contains("own", "settings")
                    .doesNotContain("spot", "cpu");
            assertThat(backend.azure().inventory())
                    .anyMatch(line -> line.equals("roleAssignment Contributor on reserved"));

            backend.osmo.apply(backend.osmo.planDestroy(spec.ref()));

            assertThat(backend.azure().inventory())
                    .filteredOn(line -> !line.startsWith("deletedVault"))
                    .isEqualTo(before);
        }
    }

    /** What was encrypted with the former key can be read with that key only, so its roles stay as long as the cluster. */
    @Test
    void a_backend_moves_to_another_key_and_back_and_leaves_no_role() {
        try (AksBackend backend = new AksBackend()) {
            Rest arm = backend.rest();
            String group = "/subscriptions/" + backend.azure().subscription() + "/resourceGroups/theirs";
            String vault = group + "/providers/Microsoft.KeyVault/vaults/theirs-keys-1";
            arm.put(group, "{`location`:`" + REGION + "`}");
            arm.put(
                    vault,
                    "{`location`:`" + REGION + "`,`properties`:{`tenantId`:`99999999-8888-4777-a666-555555555555`,"
                            + "`sku`:{`family`:`A`,`name`:`standard`},`enableRbacAuthorization`:true,"
                            + "`enablePurgeProtection`:true,`accessPolicies`:[]}}");
            backend.time().advance(Duration.ofMinutes(2));
            arm.put(vault + "/keys/k", "{`properties`:{`kty`:`RSA`}}");
            List<String> before = backend.azure().inventory();
            BackendSpec theirs = spec(s -> s.encryption(e -> e.existingKey(vault + "/keys/k")));

            backend.applied(spec());
            backend.applied(theirs);
            assertThat(keyRoles(backend)).hasSize(4);
            backend.applied(spec());
            assertThat(keyRoles(backend)).hasSize(4);
            backend.osmo.apply(backend.osmo.planDestroy(theirs));

            assertThat(backend.azure().inventory())
                    .filteredOn(line -> !line.startsWith("deletedVault"))
                    .isEqualTo(before);
        }
    }

    private static List<String> keyRoles(AksBackend backend) {
        return backend.azure().inventory().stream()
                .filter(line -> line.startsWith("roleAssignment Key Vault Crypto"))
                .toList();
    }
}
