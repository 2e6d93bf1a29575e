// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.PreflightReport;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.kubernetes.existing.ExistingProvider;
import io.osmo.backend.kubernetes.existing.ExistingSettings;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.azure.EmulatedAzure;
import io.osmo.backend.testkit.existing.EmulatedExisting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a preflight refuses, each with the account in the state in which the cloud would refuse it later. Nothing is changed. */
class PreflightRefusalsTest {
    private static final String THEIRS =
            "/subscriptions/" + EmulatedAzure.SUBSCRIPTION + "/resourceGroups/theirs/providers/Microsoft.";

    private static BackendSpecBuilder spec(String provider) {
        return switch (provider) {
            case "aws" -> spec(provider, "us-west-2", "m7i.2xlarge");
            case "gcp" -> spec(provider, "us-central1", "n2-standard-8");
            case "azure" -> spec(provider, "eastus2", "Standard_D8s_v5");
            default ->
                spec(provider, "lab", "lab-8")
                        .settings(ExistingSettings.defaults().withStorage("driver.longhorn.io", Map.of()));
        };
    }

    private static BackendSpecBuilder spec(String provider, String region, String machine) {
        return BackendSpec.builder("train")
                .on(provider, region)
                .computePool("cpu", p -> p.instanceType(machine).scale(0, 1));
    }

    private static BackendSpecBuilder reserved(
            BackendSpecBuilder spec, String machine, String zone, String reservation) {
        return spec.gpuPool(
                "gpu", p -> p.instanceType(machine).zones(zone).scale(1, 2).reservation(reservation));
    }

    private static PreflightReport preflight(BackendSpec spec, Consumer<EmulatedClouds> before) {
        return preflight(spec, clouds -> clouds, before);
    }

    private static PreflightReport preflight(
            BackendSpec spec, UnaryOperator<EmulatedClouds.Builder> how, Consumer<EmulatedClouds> before) {
        EmulatedClouds.Builder builder = EmulatedClouds.builder()
                .cloud(
                        "existing",
                        time -> EmulatedExisting.on(time)
                                .nodes(1, "lab-4", Map.of("node-type", "operator"))
                                .nodes(1, "lab-8", Map.of("node-type", "compute")));
        try (EmulatedClouds clouds = how.apply(builder).build();
                OsmoBackends osmo = clouds.open()) {
            before.accept(clouds);
            List<String> inventory = clouds.cloud(spec.provider()).inventory();

            PreflightReport report = osmo.preflight(spec);

            assertThat(clouds.cloud(spec.provider()).inventory()).isEqualTo(inventory);
            assertThat(report.findings())
                    .filteredOn(finding -> finding.status() == Status.FAIL)
                    .noneMatch(finding -> finding.remedy().isEmpty());
            return report;
        }
    }

    /** It fails this check and no other, with a message that begins so. */
    private static void assertRefused(PreflightReport report, String check, String message) {
        assertThat(report.findings())
                .filteredOn(finding -> finding.status() == Status.FAIL)
                .as(report.toString())
                .isNotEmpty()
                .allSatisfy(finding -> {
                    assertThat(finding.check()).isEqualTo("preflight." + check);
                    assertThat(finding.message()).startsWith(message);
                });
    }

    private static void assertRefused(BackendSpecBuilder spec, String check, String message) {
        assertRefused(preflight(spec.build(), clouds -> {}), check, message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws", "gcp", "azure", "existing"})
    void credentials_that_are_refused(String provider) {
        PreflightReport report = preflight(
                spec(provider).build(),
                clouds -> clouds.cloud(provider).faults().onCalls(call -> true).deny());
        assertThat(report.findings())
                .extracting(PreflightFinding::check, PreflightFinding::status)
                .containsExactly(tuple("preflight.identity", Status.FAIL), tuple("preflight.cloud", Status.UNKNOWN));
    }

    /** A cloud that does not answer has refused nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"aws", "gcp", "azure", "existing"})
    void a_cloud_that_does_not_answer_is_unknown(String provider) {
        PreflightReport report = preflight(
                spec(provider).build(),
                clouds -> clouds.cloud(provider).faults().onCalls(call -> true).failWith5xx());
        assertThat(report.findings())
                .extracting(PreflightFinding::check, PreflightFinding::status)
                .containsExactly(tuple("preflight.identity", Status.UNKNOWN), tuple("preflight.cloud", Status.UNKNOWN));
    }

    @Test
    void a_kubeconfig_that_cannot_be_read(@TempDir Path directory) {
        BackendSpec spec = spec("existing")
                .settings(ExistingSettings.defaults()
                        .withKubeconfig(directory.resolve("none").toString()))
                .build();
        try (OsmoBackends osmo =
                OsmoBackends.builder().provider(new ExistingProvider()).build()) {
            assertRefused(osmo.preflight(spec), "identity", "");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws", "gcp", "azure"})
    void a_name_that_an_object_of_somebody_else_has(String provider) {
        BackendSpec spec = spec(provider).build();
        assertRefused(
                preflight(spec, clouds -> clouds.cloud(provider).plantForeignObject(spec.ref())),
                "name",
                "objects with the names that this backend would give exist and are not its own: ");
    }

    @ParameterizedTest
    @CsvSource({"aws, 1.99", "gcp, 1.30", "azure, 1.30"})
    void a_version_that_is_not_offered(String provider, String version) {
        assertRefused(spec(provider).kubernetesVersion(version), "version", "kubernetesVersion: given " + version);
    }

    @ParameterizedTest
    @CsvSource({"aws, m99.2xlarge", "gcp, n9-standard-8", "azure, Standard_D7s_v5"})
    void an_instance_type_that_is_not_sold(String provider, String machine) {
        assertRefused(
                spec(provider).computePool("odd", p -> p.instanceType(machine).scale(0, 1)),
                "instance-types",
                "computePools[1].instanceTypes");
    }

    @ParameterizedTest
    @CsvSource({
        "aws, p5.48xlarge, us-west-2c",
        "gcp, g2-standard-4, us-central1-z",
        "azure, Standard_NC24ads_A100_v4, 9"
    })
    void a_zone_that_does_not_sell_the_type(String provider, String machine, String zone) {
        assertRefused(
                spec(provider)
                        .gpuPool("gpu", p -> p.instanceType(machine).zones(zone).scale(0, 1)),
                "instance-types",
                "computePools[1].");
    }

    @Test
    void a_network_that_does_not_exist() {
        String ghost = THEIRS + "Network/virtualNetworks/ghost";
        assertRefused(
                spec("aws")
                        .network(n -> n.existing(
                                "vpc-0123456789abcdef0", "subnet-0123456789abcdef0", "subnet-0123456789abcdef1")),
                "network",
                "network.existing");
        assertRefused(spec("gcp").network(n -> n.existing("ghost", "nodes")), "network", "network.existing");
        assertRefused(
                spec("azure").network(n -> n.existing(ghost, ghost + "/subnets/nodes")),
                "existing",
                "network.existing");
    }

    @ParameterizedTest
    @CsvSource({
        "aws, arn:aws:kms:us-west-2:123456789012:key/11111111-2222-3333-4444-555555555555, key",
        "gcp, projects/osmo-emulated/locations/us-central1/keyRings/r/cryptoKeys/k, key",
        "azure, KeyVault/vaults/theirs-keys-1/keys/k, existing"
    })
    void a_key_that_does_not_exist(String provider, String key, String check) {
        String id = provider.equals("azure") ? THEIRS + key : key;
        assertRefused(spec(provider).encryption(e -> e.existingKey(id)), check, "encryption.existingKey: given ");
    }

    @ParameterizedTest
    @CsvSource({
        "aws, arn:aws:iam::123456789012:role/Nobody",
        "gcp, serviceAccount:ghost@osmo-emulated.iam.gserviceaccount.com"
    })
    void an_administrator_who_does_not_exist(String provider, String admin) {
        assertRefused(spec(provider).admin(admin), "admins", "admins[0]: given ");
    }

    @Test
    void a_reservation_that_does_not_exist() {
        assertRefused(
                reserved(spec("aws"), "p5.48xlarge", "us-west-2b", "cr-0123456789abcdef0"),
                "reservations",
                "computePools[1].reservation: given cr-0123456789abcdef0");
        assertRefused(
                reserved(spec("gcp"), "g2-standard-4", "us-central1-a", "ghost"),
                "reservations",
                "computePools[1].reservation: given ghost");
        assertRefused(
                reserved(
                        spec("azure"),
                        "Standard_NC24ads_A100_v4",
                        "1",
                        THEIRS + "Compute/capacityReservationGroups/ghost"),
                "instance-types",
                "computePools[1].reservation: given ");
    }

    @Test
    void a_version_of_an_add_on_that_eks_does_not_offer() {
        assertRefused(
                spec("aws")
                        .settings(EksSettings.builder()
                                .addonVersion("coredns", "v1.99.0-eksbuild.1")
                                .build()),
                "addons",
                "settings.addonVersions.coredns: given v1.99.0-eksbuild.1");
    }

    @Test
    void a_resource_group_or_a_private_zone_that_azure_does_not_have() {
        assertRefused(
                spec("azure")
                        .settings(AksSettings.builder().resourceGroup("ghost").build()),
                "existing",
                "settings.resourceGroup: given ghost");
        assertRefused(
                spec("azure")
                        .apiEndpoint(api -> api.privateOnly())
                        .settings(AksSettings.builder()
                                .privateDnsZone(THEIRS + "Network/privateDnsZones/privatelink.eastus2.azmk8s.io")
                                .build()),
                "existing",
                "settings.privateDnsZone: given ");
    }

    /** The rule is about the region, which no check of its own judges. */
    @Test
    void whatever_else_the_plan_refuses() {
        PreflightReport report = preflight(
                spec("azure").build(),
                clouds -> clouds.azure(azure -> azure.unregistered("Microsoft.Compute")),
                clouds -> {});
        assertRefused(report, "spec", "region: given eastus2");
    }

    /** The last one leaves standard support in March 2027; without a version in the spec none is chosen. */
    @Test
    void no_version_that_eks_has_in_standard_support() {
        assertRefused(
                preflight(spec("aws").build(), clouds -> clouds.time().advance(Duration.ofDays(150))),
                "version",
                "kubernetesVersion: given none; allowed: a version that EKS offers; without one the newest in standard support");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Disabled", "Warned", "Deleted"})
    void a_subscription_that_is_not_enabled(String state) {
        PreflightReport report =
                preflight(spec("azure").build(), clouds -> clouds.azure().subscriptionState(state));

        assertThat(report.findings())
                .extracting(PreflightFinding::check, PreflightFinding::status)
                .containsExactly(tuple("preflight.identity", Status.FAIL), tuple("preflight.cloud", Status.UNKNOWN));
        assertThat(report.findings().get(0).message()).endsWith(" is " + state + ": nothing can be created in it");
    }

    /** Azure goes on for a while with a subscription that has not been paid for. */
    @Test
    void a_subscription_that_is_past_due_is_a_warning() {
        PreflightReport report =
                preflight(spec("azure").build(), clouds -> clouds.azure().subscriptionState("PastDue"));

        assertThat(report.findings().get(0).status()).isEqualTo(Status.WARN);
        assertThat(report.findings()).noneMatch(finding -> finding.status() == Status.FAIL);
    }

    /** Java's client takes no name whose last part begins with a digit; it is asked over the real way, where it ends at once. */
    @ParameterizedTest
    @ValueSource(strings = {"aws", "gcp", "azure", "existing"})
    void a_registry_that_is_not_the_name_of_a_host(String provider) {
        BackendSpec spec = spec(provider)
                .pullSecret("registry.1", "$oauthtoken", () -> "nvapi-key")
                .build();
        try (EmulatedClouds clouds = EmulatedClouds.builder()
                        .cloud("existing", EmulatedExisting::on)
                        .build();
                OsmoBackends osmo = OsmoBackends.builder()
                        .provider(clouds.cloud(provider).provider())
                        .scheduler(clouds.time())
                        .build()) {
            assertThat(osmo.preflight(spec).findings())
                    .filteredOn(finding -> finding.check().equals("preflight.registry"))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.status()).isEqualTo(Status.FAIL);
                        assertThat(finding.message()).isEqualTo("registry.1 is not the name of a host");
                    });
        }
    }

    @Test
    void credentials_of_a_registry_on_an_existing_cluster() {
        BackendSpec spec = spec("existing")
                .pullSecret("nvcr.io", "$oauthtoken", () -> "nvapi-key")
                .build();
        assertRefused(
                preflight(spec, clouds -> clouds.registries().user("nvcr.io", "$oauthtoken", "another key")),
                "registry",
                "nvcr.io refuses the credentials of $oauthtoken");
    }
}
