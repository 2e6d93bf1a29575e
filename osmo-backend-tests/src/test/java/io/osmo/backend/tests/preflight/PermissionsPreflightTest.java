// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.permission.Use;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.aws.EmulatedAws;
import io.osmo.backend.testkit.azure.EmulatedAzure;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import io.osmo.backend.testkit.gcp.EmulatedGcp;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What a preflight says of the permissions of its caller. Nothing is created. */
class PermissionsPreflightTest {
    private static final BackendSpec AWS = spec("aws", "us-west-2", "m7i.2xlarge");
    private static final BackendSpec GCP = spec("gcp", "us-central1", "n2-standard-8");
    private static final BackendSpec AZURE = spec("azure", "eastus2", "Standard_D8s_v5");

    private static BackendSpec spec(String provider, String region, String machine) {
        return BackendSpec.builder("train")
                .on(provider, region)
                .computePool("cpu", p -> p.instanceType(machine).scale(1, 2))
                .build();
    }

    private static EmulatedAws aws(VirtualTime time) {
        return EmulatedAws.builder(time).principal("role/team/osmo-backend").build();
    }

    private static <C extends EmulatedCloud> void on(Function<VirtualTime, C> cloud, BiConsumer<C, OsmoBackends> test) {
        try (VirtualTime time = VirtualTime.seeded(1);
                C emulated = cloud.apply(time);
                OsmoBackends osmo = OsmoBackends.builder()
                        .provider(emulated.provider())
                        .scheduler(time)
                        .build()) {
            test.accept(emulated, osmo);
        }
    }

    private static PreflightFinding finding(OsmoBackends osmo, BackendSpec spec) {
        return osmo.preflight(spec).findings().stream()
                .filter(each -> each.check().equals("preflight.permissions"))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> actions(OsmoBackends osmo, BackendSpec spec) {
        return new TreeSet<>(osmo.permissions(spec, Use.APPLY).actions());
    }

    /** Exactly what is printed passes; without one action it is named, with what to do. */
    private static void assertJudged(EmulatedCloud cloud, OsmoBackends osmo, BackendSpec spec, String action) {
        Set<String> actions = actions(osmo, spec);
        cloud.allowOnly(actions);
        assertThat(finding(osmo, spec).status())
                .as(finding(osmo, spec).toString())
                .isEqualTo(Status.PASS);

        actions.remove(action);
        cloud.allowOnly(actions);
        PreflightFinding missing = finding(osmo, spec);
        assertThat(missing.status()).isEqualTo(Status.FAIL);
        assertThat(missing.message()).startsWith("1 of ").endsWith(": " + action);
        assertThat(missing.remedy())
                .startsWith("Ask an administrator to create ")
                .contains("osmo.permissions(plan)");
    }

    @Test
    void eks_simulates_the_policies_of_the_callers_role_with_its_path() {
        on(PermissionsPreflightTest::aws, (aws, osmo) -> {
            assertJudged(aws, osmo, AWS, "iam:PassRole");
            assertThat(finding(osmo, AWS).message()).contains("arn:aws:iam::123456789012:role/team/osmo-backend");
        });
    }

    @Test
    void eks_tells_what_the_organization_denies_apart_from_what_no_policy_allows() {
        on(PermissionsPreflightTest::aws, (aws, osmo) -> {
            aws.denyAction("eks:CreateCluster");

            PreflightFinding denied = finding(osmo, AWS);

            assertThat(denied.status()).isEqualTo(Status.FAIL);
            assertThat(denied.message()).endsWith("by a service control policy of the organization: eks:CreateCluster");
            assertThat(denied.remedy()).contains("a policy of this identity cannot");
        });
    }

    @Test
    void eks_tells_what_a_boundary_or_a_statement_denies() {
        on(PermissionsPreflightTest::aws, (aws, osmo) -> {
            aws.denyByBoundary("eks:CreateCluster");
            assertThat(finding(osmo, AWS).message())
                    .endsWith("by the permissions boundary of this identity: eks:CreateCluster");
        });
        on(PermissionsPreflightTest::aws, (aws, osmo) -> {
            aws.denyByStatement("ec2:CreateVpc");
            assertThat(finding(osmo, AWS).status()).isEqualTo(Status.FAIL);
            assertThat(finding(osmo, AWS).message()).endsWith("by a statement that denies them: ec2:CreateVpc");
        });
    }

    @Test
    void eks_that_may_not_simulate_is_unknown_and_never_passed() {
        on(PermissionsPreflightTest::aws, (aws, osmo) -> {
            Set<String> actions = actions(osmo, AWS);
            actions.remove("iam:SimulatePrincipalPolicy");
            aws.allowOnly(actions);

            assertThat(finding(osmo, AWS).status()).isEqualTo(Status.UNKNOWN);
            assertThat(finding(osmo, AWS).message()).contains("iam:SimulatePrincipalPolicy");
        });
    }

    @Test
    void gke_tests_permissions_on_the_project() {
        on(EmulatedGcp::on, (gcp, osmo) -> assertJudged(gcp, osmo, GCP, "iam.serviceAccounts.actAs"));
    }

    @Test
    void gke_that_cannot_ask_is_unknown() {
        on(EmulatedGcp::on, (gcp, osmo) -> {
            gcp.faults().onCall("cloudresourcemanager.TestIamPermissions").failWith5xx();

            assertThat(finding(osmo, GCP).status()).isEqualTo(Status.UNKNOWN);
        });
    }

    @Test
    void aks_lists_what_its_roles_allow() {
        on(
                EmulatedAzure::on,
                (azure, osmo) ->
                        assertJudged(azure, osmo, AZURE, "Microsoft.Network/virtualNetworks/subnets/join/action"));
    }

    @Test
    void aks_respects_deny_assignments() {
        on(EmulatedAzure::on, (azure, osmo) -> {
            azure.denyAction("Microsoft.KeyVault/vaults/write");

            PreflightFinding denied = finding(osmo, AZURE);

            assertThat(denied.status()).isEqualTo(Status.FAIL);
            assertThat(denied.message())
                    .endsWith(
                            "by the deny assignment 'no Microsoft.KeyVault/vaults/write': Microsoft.KeyVault/vaults/write");
        });
    }

    @Test
    void aks_that_may_not_read_deny_assignments_is_unknown() {
        on(EmulatedAzure::on, (azure, osmo) -> {
            Set<String> actions = actions(osmo, AZURE);
            actions.remove("Microsoft.Authorization/denyAssignments/read");
            azure.allowOnly(actions);

            assertThat(finding(osmo, AZURE).status()).isEqualTo(Status.UNKNOWN);
        });
    }
}
