// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.testkit.EmulatedClouds;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each mistake in a spec is told once, at the field that somebody wrote, with a remedy that fits it, and nothing is created. */
class RefusedSpecsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            aws   | network: {serviceCidr: 100.64.0.0/16}                | network.serviceCidr        | 172.20.0.0/16
            azure | network: {serviceCidr: 172.30.0.0/16}                | network.serviceCidr        | 172.20.0.0/16
            azure | network: {serviceCidr: 172.16.0.0/12}                | network.serviceCidr        | 172.20.0.0/16
            azure | network: {cidr: 172.31.0.0/16}                       | network.cidr               | 10.0.0.0/16
            azure | network: {zoneCount: 4}                              | network.zoneCount          | Lower the number
            gcp   | network: {zoneCount: 6}                              | network.zoneCount          | Lower the number
            aws   | settings: {roleArn: osmo-backend}                    | settings.roleArn           | arn:aws:iam::
            azure | settings: {subscription: Research}                   | settings.subscription      | az account list
            gcp   | settings: {project: My Project}                      | settings.project           | gcloud projects list
            gcp   | settings: {quotaProject: "123456789012"}             | settings.quotaProject      | gcloud projects list
            azure | admins: [bob]                                        | admins[0]                  | az ad group show
            aws   | encryption: {existingKey: 'arn:aws:kms:us-east-1:123456789012:key/1'} | encryption.existingKey | own region
            azure | 'kubernetesVersion: "1.31"'                          | kubernetesVersion          | Choose one of these
            aws   | 'charts: [{name: A_, location: ./chart}]'            | charts[0].name             | Helm release
            aws   | 'charts: [{name: a, location: "ftp://x/y", version: 1.0.0}]' | charts[0].location | https:// or oci:// only
            """)
    void a_mistake_is_told_once_at_its_field(String cloud, String line, String path, String remedy) {
        assertThat(refused(cloud, line).violations()).singleElement().satisfies(violation -> {
            assertThat(violation.path()).isEqualTo(path);
            assertThat(violation.remedy()).contains(remedy);
            assertThat(violation.given() + violation.allowed()).doesNotContain("[");
        });
    }

    @Test
    void a_zone_of_another_region_is_told_where_it_is_written() {
        String zones = ", zones: [us-west-2a, us-east-1a]";

        assertThat(refused("aws", "operatorPool: {scale: {min: 1, max: 3}" + zones + "}")
                        .violations())
                .extracting(Violation::path)
                .containsExactly("operatorPool.zones[1]");
        assertThat(catchThrowableOfType(
                                InvalidSpecException.class,
                                () -> plan(BackendSpec.fromYaml(
                                        yaml("aws", "").replace("[m7i.2xlarge]", "[m7i.2xlarge]" + zones))))
                        .violations())
                .extracting(Violation::path)
                .containsExactly("computePools[0].zones[1]");
    }

    @Test
    void builders_are_told_the_same_as_files() {
        same(
                "aws",
                "settings: {roleArn: x}",
                s -> s.settings(EksSettings.builder().roleArn("x").build()));
        same(
                "azure",
                "settings: {subscription: x}",
                s -> s.settings(AksSettings.builder().subscription("x").build()));
        same(
                "gcp",
                "settings: {project: X}",
                s -> s.settings(GkeSettings.builder().project("X").build()));
        same("aws", "network: {serviceCidr: 100.64.0.0/16}", s -> s.network(n -> n.serviceCidr("100.64.0.0/16")));
    }

    private static void same(String cloud, String line, UnaryOperator<BackendSpecBuilder> change) {
        InvalidSpecException built = catchThrowableOfType(
                InvalidSpecException.class,
                () -> plan(change.apply(BackendSpec.fromYaml(yaml(cloud, "")).toBuilder())
                        .build()));

        assertThat(built.violations()).isEqualTo(refused(cloud, line).violations());
    }

    private static InvalidSpecException refused(String cloud, String line) {
        InvalidSpecException refused =
                catchThrowableOfType(InvalidSpecException.class, () -> plan(BackendSpec.fromYaml(yaml(cloud, line))));
        assertThat(refused).as("refusal of %s", line).isNotNull();
        return refused;
    }

    private static void plan(BackendSpec spec) {
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            osmo.plan(spec);
        }
    }

    private static String yaml(String cloud, String line) {
        String[] regionAndType = switch (cloud) {
            case "aws" -> new String[] {"us-west-2", "m7i.2xlarge"};
            case "azure" -> new String[] {"eastus2", "Standard_D8s_v5"};
            default -> new String[] {"us-central1", "n2-standard-8"};
        };
        return """
                name: train-west
                provider: %s
                region: %s
                computePools: [{name: cpu, instanceTypes: [%s], scale: {min: 1, max: 2}}]
                %s
                """.formatted(cloud, regionAndType[0], regionAndType[1], line);
    }
}
