// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.errors;

import static io.osmo.backend.tests.errors.Refused.AWS;
import static io.osmo.backend.tests.errors.Refused.AZURE;
import static io.osmo.backend.tests.errors.Refused.GCP;
import static io.osmo.backend.tests.errors.Refused.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What never changes by waiting fails at once; what passes is waited for; what may pass is waited for as long as it takes to pass. */
class PatienceTest {
    private static final String DENIED = "Permission 'cloudkms.cryptoKeyVersions.useToEncrypt' denied on resource 'k'";
    private static final Duration CLUSTER = Duration.ofMinutes(2);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "azure | PUT Microsoft.Network/virtualNetworks | 409 | ReadOnlyDisabledSubscription | The subscription "
                        + "'s' is disabled and therefore marked as read only. You cannot perform any write actions "
                        + "on this subscription until it is re-enabled. | NOT_AUTHORIZED",
                "azure | PUT Microsoft.Storage/storageAccounts | 409 | StorageAccountAlreadyTaken | The storage "
                        + "account named osmo is already taken. | ALREADY_EXISTS",
                "azure | PUT Microsoft.ContainerService/managedClusters/agentPools | 409 | OperationNotAllowed | The "
                        + "operation is not allowed: the managed cluster is stopped. | INVALID_REQUEST",
                "azure | PUT Microsoft.ContainerService/managedClusters/agentPools | 409 | OperationNotAllowed | "
                        + "managed cluster is in Provisioning State(Succeeded) and Power State(Stopped), starting "
                        + "cannot be performed | INVALID_REQUEST",
                "aws | eks:CreateCluster | 400 | InvalidRequestException | KMS key arn:aws:kms:us-west-2:1:key/k is "
                        + "disabled | INVALID_REQUEST",
                "aws | kms:CreateAlias | 400 | KMSInvalidStateException | arn:aws:kms:us-west-2:1:key/k is pending "
                        + "deletion. | INVALID_REQUEST",
                "gcp | compute.networks.insert | 403 | BILLING_DISABLED | This API method requires billing to be enabled. | NOT_AUTHORIZED"
            })
    void what_waiting_does_not_change_fails_at_once(
            String provider, String operation, int status, String code, String message, CloudError error) {
        Refused refused =
                Refused.when(provider, faults -> faults.onCall(operation).refuse(status, code, message));

        assertThat(refused.failure().error()).isEqualTo(error);
        assertThat(refused.failure().code()).isEqualTo(code);
        assertThat(refused.failure().operation()).isNotEmpty();
        assertThat(refused.failure().worthRetrying()).isFalse();
    }

    /** The name of a storage account is looked at once more: it may be ours, made by a call whose answer was lost. */
    @Test
    void a_name_that_others_have_taken_costs_seconds() {
        Refused refused = Refused.when(
                AZURE,
                faults -> faults.onCall("PUT Microsoft.Storage/storageAccounts")
                        .refuse(409, "StorageAccountAlreadyTaken", "The storage account named osmo is already taken."));

        assertThat(refused.outcome().remedy()).contains("unique in all of Azure", "another name");
        assertThat(refused.failure().error()).isEqualTo(CloudError.ALREADY_EXISTS);
    }

    @Test
    void a_subscription_that_is_read_only_is_told_as_such() {
        Refused refused = Refused.when(
                AZURE,
                faults -> faults.onCall("PUT *")
                        .refuse(
                                409,
                                "ReadOnlyDisabledSubscription",
                                "The subscription is disabled and marked as read only."));

        assertThat(refused.after())
                .as("registering providers takes one of them")
                .isLessThan(Duration.ofMinutes(2));
        assertThat(refused.outcome().remedy()).contains("disabled", "enabled").doesNotContain("role");
    }

    /** The grant on a key that the spec names is not ours to make, so there is nothing to wait for. */
    @Test
    void a_grant_that_an_existing_key_lacks_fails_at_once_on_gke() {
        Refused refused = Refused.whenGkeMayNotUseAnExistingKey(DENIED);

        assertThat(refused.failure().error()).isEqualTo(CloudError.NOT_AUTHORIZED);
        assertThat(refused.failure().remedy()).contains("cryptoKeyEncrypterDecrypter", "container-engine-robot");
        assertThat(refused.after()).isLessThan(Duration.ofMinutes(5));
    }

    @Test
    void a_grant_of_ours_that_does_not_hold_is_given_up_after_ten_minutes_on_gke() {
        Duration own = Refused.when(
                        GCP, faults -> faults.onCall("container.CreateCluster").refuse(403, "forbidden", DENIED))
                .after();

        assertThat(own).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(20));
    }

    /** GKE says so while it deletes a pool, and takes the next change afterward. */
    @Test
    void gke_that_is_deleting_a_pool_is_waited_for() {
        String busy =
                "Operation operation-1525805696523-5007b8e4 is currently deleting a node pool for cluster train-west."
                        + " Please wait and try again once it is done.";
        try (EmulatedClouds clouds = Refused.clouds();
                OsmoBackends osmo = clouds.open()) {
            clouds.gcp().faults().onCall("container.CreateCluster").times(5).refuse(400, "failedPrecondition", busy);
            BackendSpec spec = spec(GCP);

            osmo.apply(osmo.plan(spec));

            assertThat(osmo.plan(spec).changes()).isEmpty();
        }
    }

    @Test
    void aks_that_is_updating_is_waited_for() {
        try (EmulatedClouds clouds = Refused.clouds();
                OsmoBackends osmo = clouds.open()) {
            clouds.azure()
                    .faults()
                    .onCall("PUT Microsoft.ContainerService/managedClusters/agentPools")
                    .times(5)
                    .refuse(
                            409,
                            "OperationNotAllowed",
                            "managed cluster is in Provisioning State(Updating) and Power State(Running), it cannot be changed");
            BackendSpec spec = spec(AZURE);

            osmo.apply(osmo.plan(spec));

            assertThat(osmo.plan(spec).changes()).isEmpty();
        }
    }

    /** IAM needs a minute or two, not the forty-five minutes that a cluster may take. */
    @Test
    void a_role_that_can_never_be_assumed_is_told_after_ten_minutes_on_eks() {
        Refused refused = Refused.when(
                AWS,
                faults -> faults.onCall("eks:CreateCluster")
                        .refuse(
                                400,
                                "InvalidParameterException",
                                "Role with arn: arn:aws:iam::1:role/x, could not be assumed because it does not exist"));

        assertThat(refused.failure().error()).isEqualTo(CloudError.NOT_YET_CONSISTENT);
        assertThat(refused.after())
                .isBetween(
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(10).plus(CLUSTER).plus(CLUSTER));
        assertThat(refused.outcome().remedy()).contains("trusts the service");
    }

    /** Codes that say no more than that something is in conflict are not waited for until the deadline. */
    @Test
    void a_conflict_of_unknown_kind_is_given_up_after_some_minutes_on_aks() {
        Refused refused = Refused.when(
                AZURE,
                faults -> faults.onCall("PUT Microsoft.ContainerService/managedClusters")
                        .refuse(409, "SomethingNobodyKnows", "no"));

        assertThat(refused.failure().error()).isEqualTo(CloudError.CONFLICT);
        assertThat(refused.after()).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(20));
    }
}
