// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.gcp;

import static io.osmo.backend.tests.gcp.GkeBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.permission.Use;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Issue 14: Google accepts a call, and the operation that it starts fails. Only the operation tells why. */
class GkeOperationEndsTest {
    private static final String DENIED = "Permission denied on resource project osmo-emulated.";
    private static final String INTERNAL = "Internal error encountered.";

    /** What is made again and again without it being there afterward took minutes, and nothing said why. */
    @ParameterizedTest
    @CsvSource({
        "gkebackup.CreateBackupPlan, backup-plan/main",
        "compute.networks.insert, network/main",
        "compute.subnetworks.insert, subnetwork/main",
        "compute.routers.insert, router/main"
    })
    void a_creation_that_no_retry_helps_fails_at_once_with_googles_reason(String call, String id) {
        try (GkeBackend gke = new GkeBackend()) {
            gke.gcp().failNext(call, 403, "IAM_PERMISSION_DENIED", DENIED);

            CloudException told = refused(gke, gke.osmo.plan(spec()), id);

            assertThat(told.error()).isEqualTo(CloudError.NOT_AUTHORIZED);
            assertThat(told).hasMessageContaining(DENIED);
            assertThat(gke.count(call)).isEqualTo(1);
            gke.applied(spec());
        }
    }

    /** Under the exact permissions, which include those on operations. */
    @ParameterizedTest
    @CsvSource({
        "gkebackup.CreateBackupPlan",
        "compute.networks.insert",
        "compute.subnetworks.insert",
        "compute.routers.insert"
    })
    void a_creation_that_google_has_failed_is_made_once_more(String call) {
        try (GkeBackend gke = new GkeBackend()) {
            gke.gcp().allowOnly(gke.osmo.permissions(spec(), Use.APPLY));
            gke.gcp().failNext(call, 500, "INTERNAL_ERROR", INTERNAL);

            gke.applied(spec());

            assertThat(gke.count(call)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "gkebackup.UpdateBackupPlan, backup-plan/main",
        "container.UpdateCluster, cluster/main",
        "container.SetNodePoolAutoscaling, node-pool/cpu",
        "compute.subnetworks.patch, subnetwork/main"
    })
    void a_change_that_no_retry_helps_fails_at_once_with_googles_reason(String call, String id) {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            BackendSpec other = changed();
            gke.gcp().failNext(call, 403, "IAM_PERMISSION_DENIED", DENIED);

            CloudException told = refused(gke, gke.osmo.plan(other), id);

            assertThat(told.error()).isEqualTo(CloudError.NOT_AUTHORIZED);
            assertThat(told).hasMessageContaining(DENIED);
            assertThat(gke.count(call)).isEqualTo(1);
            gke.applied(other);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "gkebackup.UpdateBackupPlan, backup-plan/main",
        "container.UpdateCluster, cluster/main",
        "container.SetNodePoolAutoscaling, node-pool/cpu",
        "compute.subnetworks.patch, subnetwork/main"
    })
    void a_change_that_google_has_failed_is_made_once_more(String call) {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            BackendSpec other = changed();
            long before = gke.count(call);
            gke.applied(other);
            long needed = gke.count(call) - before;
            gke.applied(spec());
            gke.gcp().failNext(call, 500, "INTERNAL_ERROR", INTERNAL);
            before = gke.count(call);

            gke.applied(other);

            assertThat(gke.count(call) - before).isEqualTo(needed + 1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "gkebackup.DeleteBackupPlan, backup-plan/main",
        "container.DeleteCluster, cluster/main",
        "compute.networks.delete, network/main",
        "compute.subnetworks.delete, subnetwork/main",
        "compute.routers.delete, router/main"
    })
    void a_deletion_that_no_retry_helps_fails_at_once_with_googles_reason(String call, String id) {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            gke.gcp().failNext(call, 403, "IAM_PERMISSION_DENIED", DENIED);

            CloudException told = refused(gke, gke.osmo.planDestroy(spec().ref()), id);

            assertThat(told.error()).isEqualTo(CloudError.NOT_AUTHORIZED);
            assertThat(told).hasMessageContaining(DENIED);
            assertThat(gke.count(call)).isEqualTo(1);
            gke.destroyed();
            assertThat(gke.remains()).isEmpty();
        }
    }

    /** A resource that is in use is a matter of time: others are being deleted. */
    @ParameterizedTest
    @CsvSource({
        "gkebackup.DeleteBackupPlan",
        "container.DeleteCluster",
        "compute.networks.delete",
        "compute.subnetworks.delete",
        "compute.routers.delete"
    })
    void a_deletion_that_fails_for_a_while_is_made_once_more(String call) {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            gke.gcp().allowOnly(gke.osmo.permissions(spec(), Use.DESTROY));
            gke.gcp().failNext(call, 400, "RESOURCE_IN_USE_BY_ANOTHER_RESOURCE", "The resource is still being used.");

            gke.destroyed();

            assertThat(gke.count(call)).isEqualTo(2);
            assertThat(gke.remains()).isEmpty();
        }
    }

    /** Nothing is wrong with the call, and yet nothing comes of it. */
    @Test
    void what_is_never_there_says_what_google_has_said_last() {
        try (GkeBackend gke = new GkeBackend()) {
            for (int i = 0; i < 5; i++) {
                gke.gcp().failNext("gkebackup.CreateBackupPlan", 500, "INTERNAL_ERROR", INTERNAL);
            }

            PartialApplyException partial =
                    catchThrowableOfType(PartialApplyException.class, () -> gke.osmo.apply(gke.osmo.plan(spec())));

            assertThat(partial.getSuppressed()).singleElement().isInstanceOfSatisfying(CloudException.class, told -> {
                assertThat(told).hasMessageContaining("was created 5 times but does not exist");
                assertThat(told).hasMessageContaining(INTERNAL);
            });
            assertThatCode(() -> gke.applied(spec())).doesNotThrowAnyException();
        }
    }

    private static BackendSpec changed() {
        return spec(s -> s.backup(b -> b.retentionDays(20))
                .changePool("cpu", p -> p.scale(1, 5))
                .apiEndpoint(e -> e.publicAccess("203.0.113.0/24"))
                .settings(GkeSettings.builder().flowLogs(true).build()));
    }

    /** What an apply says of the one resource that fails. */
    private static CloudException refused(GkeBackend gke, Plan plan, String id) {
        PartialApplyException partial = catchThrowableOfType(PartialApplyException.class, () -> gke.osmo.apply(plan));

        assertThat(partial).hasMessageContaining(id);
        assertThat(partial.getSuppressed()).hasSize(1);
        return (CloudException) List.of(partial.getSuppressed()).get(0);
    }
}
