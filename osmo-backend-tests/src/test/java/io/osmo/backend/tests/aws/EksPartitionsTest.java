// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.aws.AwsClients;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;
import software.amazon.awssdk.services.iam.model.Role;

/** Backends in each partition, and on machines whose network cards differ; emulated accounts refuse what the partition refuses. */
class EksPartitionsTest {
    @ParameterizedTest
    @CsvSource({
        "aws,        eu-central-1,   ec2.amazonaws.com,    com.amazonaws.eu-central-1.sts",
        "aws-cn,     cn-northwest-1, ec2.amazonaws.com.cn, cn.com.amazonaws.cn-northwest-1.sts",
        "aws-us-gov, us-gov-west-1,  ec2.amazonaws.com,    com.amazonaws.us-gov-west-1.sts"
    })
    void a_backend_is_applied_in_one_go_and_destroyed(String partition, String region, String principal, String sts) {
        BackendSpec spec = BackendSpec.builder("train")
                .on("aws", region)
                .deletionProtection(false)
                .network(n -> n.privateServiceEndpoints(true))
                .admin("arn:" + partition + ":iam::123456789012:role/Admin")
                .computePool("cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 2))
                .build();
        try (EmulatedClouds clouds =
                        EmulatedClouds.create(aws -> aws.partition(partition).principal("role/Admin"));
                OsmoBackends osmo = clouds.open()) {
            Plan plan = osmo.plan(spec);
            osmo.apply(plan);

            assertThat(osmo.plan(spec).changes()).as("second plan").isEmpty();
            AwsClients clients = clouds.aws().open(region, EksSettings.defaults());
            assertThat(clients.ec2().describeVpcEndpointsPaginator(r -> {}).vpcEndpoints())
                    .extracting(VpcEndpoint::serviceName)
                    .contains(sts, "com.amazonaws." + region + ".s3", "com.amazonaws." + region + ".logs");
            Role node = clients.iam().listRoles(r -> r.pathPrefix("/osmo-backend/")).roles().stream()
                    .filter(role -> role.roleName().startsWith("osmo-node"))
                    .findFirst()
                    .orElseThrow();
            assertThat(node.arn()).startsWith("arn:" + partition + ":iam::");
            assertThat(URLDecoder.decode(node.assumeRolePolicyDocument(), StandardCharsets.UTF_8))
                    .contains("\"" + principal + "\"");
            assertThat(plan.warnings().stream()
                            .filter(text -> text.contains("offers no private endpoint of"))
                            .toList())
                    .isEqualTo(
                            partition.equals("aws-cn")
                                    ? List.of("cn-northwest-1 offers no private endpoint of eks-auth, so nodes reach it"
                                            + " through the NAT gateways.")
                                    : List.of());

            osmo.apply(osmo.planDestroy(spec.ref()));
            assertThat(clouds.aws().inventory()).allMatch(line -> line.startsWith("key PendingDeletion"));
        }
    }

    @ParameterizedTest
    @CsvSource({"p5.48xlarge, us-west-2b, 32", "p6-b200.48xlarge, us-west-2c, 8", "p6-b300.48xlarge, us-west-2c, 17"})
    void nodes_get_the_interfaces_that_their_cards_take(String type, String zone, int interfaces) {
        BackendSpec spec = EksBackend.spec(s -> s.gpuPool(
                        "gpu", p -> p.instanceType(type).zones(zone).scale(1, 1))
                .settings(
                        EksSettings.builder().pool("gpu", p -> p.withEfa(true)).build()));
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec);

            assertThat(backend.clients()
                            .ec2()
                            .describeLaunchTemplateVersions(r -> r.launchTemplateName("osmo-train-west-gpu"))
                            .launchTemplateVersions()
                            .get(0)
                            .launchTemplateData()
                            .networkInterfaces())
                    .hasSize(interfaces);
        }
    }
}
