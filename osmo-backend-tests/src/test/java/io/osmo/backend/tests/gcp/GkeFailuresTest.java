// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.gcp;

import static io.osmo.backend.tests.gcp.GkeBackend.NAME;
import static io.osmo.backend.tests.gcp.GkeBackend.REGION;
import static io.osmo.backend.tests.gcp.GkeBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.google.container.v1.CreateNodePoolRequest;
import com.google.container.v1.NodePool;
import io.osmo.backend.ApplyOptions;
import io.osmo.backend.Backend;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.error.ResourceOutcome;
import io.osmo.backend.error.UnsupportedChangeException;
import io.osmo.backend.event.Event;
import io.osmo.backend.event.ProgressListener;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.permission.Use;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.FailurePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a GKE pool without machines or quota, and of a project that may not use a service. */
class GkeFailuresTest {
    private static final String H100 = "a3-highgpu-8g";
    private static final String ZONE = "us-central1-a";

    private static BackendSpec withGpus(FailurePolicy policy) {
        return spec(s -> s.gpuPool(
                "h100", p -> p.instanceType(H100).scale(1, 4).zones(ZONE).onFailure(policy)));
    }

    @Test
    void a_pool_without_machines_is_kept_reported_and_adopted() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.gcp().faults().stockOut(H100, ZONE);

            PartialApplyException partial = catchThrowableOfType(
                    PartialApplyException.class, () -> gke.osmo.apply(gke.osmo.plan(withGpus(FailurePolicy.KEEP))));

            assertThat(partial).hasMessageContaining("node-pool/h100").hasMessageContaining("GCE_STOCKOUT");
            assertThat(partial.outcomes())
                    .filteredOn(o -> o.status() == ResourceOutcome.Status.FAILED)
                    .extracting(outcome -> outcome.resource().toString())
                    .containsExactly("node-pool/h100");
            assertThat(gke.pool("h100").getStatus()).isEqualTo(NodePool.Status.RUNNING_WITH_ERROR);
            assertThat(gke.pool("cpu").getStatus()).isEqualTo(NodePool.Status.RUNNING);

            Plan again = gke.osmo.plan(withGpus(FailurePolicy.KEEP));
            assertThat(again.warnings())
                    .anySatisfy(w -> assertThat(w).contains("node-pool/h100 exists without all of its nodes"));
            assertThat(again.changes())
                    .singleElement()
                    .satisfies(c -> assertThat(c.resource()).hasToString("node-pool/h100"));

            gke.gcp().faults().restock(H100, ZONE);
            gke.clouds.time().advance(Duration.ofMinutes(10));
            gke.applied(withGpus(FailurePolicy.KEEP));
            assertThat(gke.requests("container.CreateNodePool", CreateNodePoolRequest.class))
                    .as("the pool is adopted, not made again")
                    .filteredOn(r -> r.getNodePool().getName().equals("h100"))
                    .hasSize(1);
        }
    }

    @Test
    void a_pool_without_machines_may_degrade() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.gcp().faults().stockOut(H100, ZONE);

            Backend backend = gke.osmo.apply(gke.osmo.plan(withGpus(FailurePolicy.DEGRADE)));

            assertThat(backend.missing())
                    .extracting(outcome -> outcome.resource().toString())
                    .containsExactly("node-pool/h100");
        }
    }

    @Test
    void a_pool_without_machines_is_deleted_if_the_spec_says_so() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.gcp().faults().stockOut(H100, ZONE);

            assertThatThrownBy(() -> gke.osmo.apply(gke.osmo.plan(withGpus(FailurePolicy.DELETE))))
                    .isInstanceOf(PartialApplyException.class);

            assertThat(gke.gcp().inventory()).noneMatch(line -> line.contains("h100"));
        }
    }

    @Test
    void a_pool_beyond_the_quota_says_which() {
        try (GkeBackend gke = new GkeBackend(p -> p.quota("NVIDIA_H100_GPUS", 0))) {
            assertThatThrownBy(() -> gke.osmo.apply(gke.osmo.plan(withGpus(FailurePolicy.KEEP))))
                    .isInstanceOf(PartialApplyException.class)
                    .hasMessageContaining("node-pool/h100")
                    .hasMessageContaining("NVIDIA_H100_GPUS");

            assertThat(gke.pool("cpu").getStatus()).isEqualTo(NodePool.Status.RUNNING);
        }
    }

    /** The call is accepted, and only its operation tells. The texts are those that Google gives. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | AUTH_PERMISSION_DENIED | Permission denied to enable service [cloudkms.googleapis.com] | "
                        + "Grant serviceusage.services.enable to the credentials in use",
                "400 | UREQ_PROJECT_BILLING_NOT_FOUND | Billing account for project '123456789012' is not found. Billing"
                        + " must be enabled for activation of service(s) 'gkebackup.googleapis.com' to proceed. | "
                        + "Link an active billing account to the project",
                "403 | RESOURCE_USAGE_RESTRICTION_VIOLATED | Request is disallowed by organization's"
                        + " constraints/gcp.restrictServiceUsage constraint for 'projects/123456789012' attempting to use"
                        + " service 'gkebackup.googleapis.com'. | A policy of the organization forbids it"
            })
    void a_service_that_the_project_may_not_enable_is_told_from_its_operation(
            int status, String reason, String message, String remedy) {
        try (GkeBackend gke = new GkeBackend(p -> p.disabledService("gkebackup.googleapis.com"))) {
            gke.gcp().failNext("serviceusage.BatchEnableServices", status, reason, message);
            Plan plan = gke.osmo.plan(enabling());
            Instant begun = gke.clouds.time().now();

            PartialApplyException partial =
                    catchThrowableOfType(PartialApplyException.class, () -> gke.osmo.apply(plan));

            assertThat(partial.getSuppressed()).singleElement().isInstanceOfSatisfying(CloudException.class, told -> {
                assertThat(told.error()).isEqualTo(CloudError.NOT_AUTHORIZED);
                assertThat(told.code()).isEqualTo(reason);
                assertThat(told).hasMessageContaining(message);
                assertThat(told.remedy()).startsWith(remedy);
            });
            assertThat(Duration.between(begun, gke.clouds.time().now())).isLessThan(Duration.ofMinutes(1));
        }
    }

    @Test
    void a_service_that_google_fails_to_enable_is_enabled_once_more() {
        try (GkeBackend gke = new GkeBackend(p -> p.disabledService("gkebackup.googleapis.com"))) {
            gke.gcp().failNext("serviceusage.BatchEnableServices", 500, "INTERNAL", "Internal error encountered.");
            gke.gcp().allowOnly(gke.osmo.permissions(enabling(), Use.APPLY));

            gke.applied(enabling());

            assertThat(gke.count("serviceusage.BatchEnableServices")).isEqualTo(2);
        }
    }

    private static BackendSpec enabling() {
        return spec(s -> s.settings(GkeSettings.builder().enableServices(true).build()));
    }

    /** Fails something as soon as an apply waits for it, and returns what the apply says. */
    private static CloudException failing(GkeBackend gke, String id, BackendSpec spec, Runnable failure) {
        AtomicBoolean failed = new AtomicBoolean();
        ProgressListener listener = event -> {
            if (event instanceof Event.ResourceWaiting waiting
                    && waiting.resource().toString().equals(id)
                    && !failed.getAndSet(true)) {
                failure.run();
            }
        };
        PartialApplyException partial = catchThrowableOfType(
                PartialApplyException.class,
                () -> gke.osmo.apply(
                        gke.osmo.plan(spec), ApplyOptions.defaults().listener(listener)));
        assertThat(failed).isTrue();
        assertThat(partial.getSuppressed()).hasSize(1);
        return (CloudException) partial.getSuppressed()[0];
    }

    /** The conditions of a pool are looked up in the table of errors as refusals are. */
    @Test
    void a_pool_that_fails_while_it_is_waited_for_has_the_remedy_of_its_cause() {
        try (GkeBackend gke = new GkeBackend()) {
            CloudException failure = failing(
                    gke,
                    "node-pool/h100",
                    withGpus(FailurePolicy.KEEP),
                    () -> gke.gcp()
                            .failNodePool(REGION, NAME, "h100", "Quota 'NVIDIA_H100_GPUS' exceeded. Limit: 8.0"));

            assertThat(failure.error()).isEqualTo(CloudError.QUOTA_EXCEEDED);
            assertThat(failure.remedy()).startsWith("Request more on the Quotas page of the console");
        }
    }

    /** Backup for GKE gives a reason and no code. */
    @Test
    void a_backup_plan_that_fails_has_the_remedy_of_its_cause_and_is_created_anew() {
        try (GkeBackend gke = new GkeBackend()) {
            CloudException failure = failing(
                    gke,
                    "backup-plan/main",
                    spec(),
                    () -> gke.gcp()
                            .failBackupPlan(
                                    "projects/" + gke.clients.project() + "/locations/" + REGION
                                            + "/backupPlans/osmo-train-west-us-central1",
                                    "missing IAM binding for the service agent"));

            assertThat(failure.error()).isEqualTo(CloudError.INVALID_REQUEST);
            assertThat(failure.code()).isEqualTo("BACKUP_PLAN_FAILED");
            assertThat(failure.remedy()).startsWith("Grant roles/gkebackup.serviceAgent on the project");

            gke.applied(spec());
            assertThat(gke.gcp().inventory())
                    .filteredOn(line -> line.startsWith("backup-plan "))
                    .singleElement(STRING)
                    .contains(" READY ");
        }
    }

    @Test
    void a_failed_backup_plan_that_holds_backups_is_never_replaced() {
        try (GkeBackend gke = new GkeBackend()) {
            gke.applied(spec());
            String plan = "projects/" + gke.clients.project() + "/locations/" + REGION
                    + "/backupPlans/osmo-train-west-us-central1";
            gke.gcp().plantBackup(plan, "daily");
            gke.gcp().failBackupPlan(plan, "missing IAM binding for the service agent");

            assertThatThrownBy(() -> gke.osmo.plan(spec()))
                    .isInstanceOf(UnsupportedChangeException.class)
                    .hasMessageContaining("backup-plan/main")
                    .hasMessageContaining("It holds backups");

            BackendSpec without = spec(s -> s.backup(b -> b.enabled(false)));
            gke.osmo.apply(gke.osmo.plan(without));
            assertThat(gke.gcp().inventory()).anyMatch(line -> line.startsWith("backup ") && line.endsWith("daily"));
        }
    }
}
