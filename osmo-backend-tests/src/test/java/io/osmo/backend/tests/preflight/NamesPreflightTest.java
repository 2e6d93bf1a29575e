// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.PreflightReport;
import io.osmo.backend.aws.AwsClients;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.OwnershipConflictException;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.testkit.EmulatedClouds;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names that somebody else has, and what is deleted but keeps its name. */
class NamesPreflightTest {
    private static final String ROLE = "osmo-node-us-west-2-train";

    private static BackendSpecBuilder spec(String provider, String region, String type) {
        return BackendSpec.builder("train")
                .on(provider, region)
                .deletionProtection(false)
                .computePool("cpu", p -> p.instanceType(type).scale(0, 1));
    }

    private static List<String> failures(PreflightReport report) {
        return report.findings().stream()
                .filter(finding -> finding.status() == Status.FAIL)
                .map(finding -> finding.check() + ": " + finding.message())
                .toList();
    }

    private static void plantRole(EmulatedClouds clouds, String path) {
        try (AwsClients clients =
                clouds.aws().open("us-west-2", EksSettings.builder().build())) {
            clients.iam()
                    .createRole(r -> r.roleName(ROLE)
                            .path(path)
                            .assumeRolePolicyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[]}"));
        }
    }

    /** Names of roles are unique in an account, whatever their path; a role under our path may be somebody else's too. */
    @Test
    void eks_takes_no_role_that_somebody_else_has_made() {
        BackendSpec spec = spec("aws", "us-west-2", "m7i.xlarge").build();
        for (String path : List.of("/", "/osmo-backend/us-west-2/train/")) {
            try (EmulatedClouds clouds = EmulatedClouds.create();
                    OsmoBackends osmo = clouds.open()) {
                plantRole(clouds, path);

                assertThat(failures(osmo.preflight(spec)))
                        .containsExactly("preflight.name: objects with the names that this backend would give exist and"
                                + " are not its own: iam-role/node");
                assertThatThrownBy(() -> osmo.plan(spec))
                        .isInstanceOf(OwnershipConflictException.class)
                        .hasMessageContaining("role arn:aws:iam::123456789012:role" + path + ROLE
                                + " has this name but not the tags of this backend; delete it if nothing uses it, or"
                                + " give the backend another name");
                assertThat(osmo.planDestroy(spec.ref()).isEmpty()).isTrue();
            }
        }
    }

    /** EC2 allows each name once: without this, the apply would fail once the cluster has been made. */
    @Test
    void eks_takes_no_template_or_placement_group_that_somebody_else_has_made() {
        BackendSpec spec = spec("aws", "us-west-2", "m7i.xlarge")
                .changePool("cpu", p -> p.zones("us-west-2a"))
                .settings(EksSettings.builder()
                        .pool("cpu", pool -> pool.withPlacementGroup(true))
                        .build())
                .build();
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            try (AwsClients clients =
                    clouds.aws().open("us-west-2", EksSettings.builder().build())) {
                clients.ec2()
                        .createLaunchTemplate(
                                r -> r.launchTemplateName("osmo-train-cpu").launchTemplateData(d -> d.userData("")));
                clients.ec2()
                        .createPlacementGroup(r -> r.groupName("osmo-train-cpu").strategy("cluster"));
            }

            assertThat(failures(osmo.preflight(spec)))
                    .containsExactly("preflight.name: objects with the names that this backend would give exist and"
                            + " are not its own: launch-template/cpu, placement-group/cpu");
            assertThatThrownBy(() -> osmo.plan(spec)).isInstanceOf(OwnershipConflictException.class);
            assertThat(osmo.planDestroy(spec.ref()).isEmpty()).isTrue();
        }
    }

    /** AKS makes the group of the nodes by itself and takes no existing one. */
    @Test
    void aks_takes_no_group_of_nodes_that_exists() {
        BackendSpec spec = spec("azure", "eastus2", "Standard_D8s_v5")
                .settings(AksSettings.builder().nodeResourceGroup("shared").build())
                .build();
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            clouds.azure().plantResourceGroup("shared", "eastus2");

            assertThat(failures(osmo.preflight(spec)))
                    .singleElement()
                    .asString()
                    .startsWith("preflight.existing: settings.nodeResourceGroup: given shared, which exists");
            assertThatThrownBy(() -> osmo.plan(spec)).isInstanceOf(InvalidSpecException.class);
        }
    }

    /** A service account has no labels: its description tells whose it is. */
    @Test
    void gke_takes_no_service_account_that_somebody_else_has_made() {
        BackendSpec spec = spec("gcp", "us-central1", "n2-standard-8").build();
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            clouds.gcp().plantServiceAccount("osmo-train-us-central1");

            assertThat(failures(osmo.preflight(spec)))
                    .containsExactly("preflight.name: objects with the names that this backend would give exist and"
                            + " are not its own: service-account/nodes");
            assertThatThrownBy(() -> osmo.plan(spec)).isInstanceOf(OwnershipConflictException.class);
        }
    }

    @Test
    void aks_says_which_global_names_are_taken() {
        BackendSpec spec = spec("azure", "eastus2", "Standard_D8s_v5").build();
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            List<String> free = osmo.preflight(spec).findings().stream()
                    .filter(finding -> finding.check().equals("preflight.names"))
                    .map(finding -> finding.status() + " " + finding.message())
                    .toList();
            assertThat(free)
                    .hasSize(2)
                    .allMatch(text -> text.matches("PASS the name of (key vault|storage account) osmo\\S+ is free"));
            String vault = free.get(0).split(" ")[6];
            String account = free.get(1).split(" ")[6];
            clouds.azure().takeVaultName(vault);
            clouds.azure().takeStorageAccountName(account);

            PreflightReport report = osmo.preflight(spec);

            assertThat(failures(report))
                    .containsExactly(
                            "preflight.names: the name of key vault " + vault + " is not free: The vault name '" + vault
                                    + "' is already in use.",
                            "preflight.names: the name of storage account " + account
                                    + " is not free: The storage account named " + account + " is already taken.");
            assertThat(report.toString()).contains("Give the backend another name.");
        }
    }

    /** Azure recovers a vault only in the group that it was in. */
    @Test
    void aks_refuses_another_group_while_a_deleted_vault_keeps_its_name() {
        BackendSpec first = spec("azure", "eastus2", "Standard_D8s_v5").build();
        BackendSpec moved = spec("azure", "eastus2", "Standard_D8s_v5")
                .settings(AksSettings.builder().resourceGroup("shared").build())
                .build();
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            osmo.apply(osmo.plan(first));
            osmo.apply(osmo.planDestroy(first.ref()));

            assertThat(osmo.preflight(first).findings())
                    .anyMatch(finding -> finding.message().endsWith("is recovered with its key"));
            assertThat(failures(osmo.preflight(moved)))
                    .anyMatch(text -> text.contains("preflight.existing: settings.resourceGroup: given shared; allowed:"
                            + " osmo-train-eastus2, the resource group of the backend's deleted key vault"))
                    .noneMatch(text -> text.contains("preflight.names"));
            assertThatThrownBy(() -> osmo.plan(moved))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining(
                            "Set settings.resourceGroup to osmo-train-eastus2, and create that group if it"
                                    + " does not exist; or give the backend another name.");

            osmo.apply(osmo.plan(first));
            assertThat(osmo.plan(first).isEmpty()).isTrue();
        }
    }
}
