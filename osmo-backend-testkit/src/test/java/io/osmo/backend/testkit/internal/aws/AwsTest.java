// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.aws.AwsClients;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.aws.EmulatedAws;
import io.osmo.backend.testkit.aws.Models;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.AMITypes;

/** The emulated services, called directly. Every request and response is checked against the vendor's models. */
public abstract class AwsTest {
    protected static final String REGION = "us-west-2";

    protected VirtualTime time;
    protected EmulatedAws aws;
    protected AwsClients clients;
    protected Ec2Client ec2;
    protected EksClient eks;
    private AwsModels models;

    @BeforeEach
    void open() {
        time = VirtualTime.of(0, Duration.ofMillis(200), Instant.parse("2026-11-24T00:00:00Z"));
        models = Models.load();
        aws = EmulatedAws.builder(time).pageSize(2).inspector(models).build();
        clients = aws.open(REGION, EksSettings.defaults());
        ec2 = clients.ec2();
        eks = clients.eks();
    }

    @AfterEach
    void nothing_broke_the_models() {
        assertThat(models.violations()).isEmpty();
        aws.close();
    }

    protected static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code));
    }

    protected String vpc() {
        return ec2.createVpc(r -> r.cidrBlock("10.0.0.0/16")).vpc().vpcId();
    }

    /** Lets machines of a VPC reach the internet. */
    private void openToInternet(String vpc) {
        String gateway = ec2.createInternetGateway(r -> {}).internetGateway().internetGatewayId();
        ec2.attachInternetGateway(r -> r.internetGatewayId(gateway).vpcId(vpc));
        String main = ec2.describeRouteTables(
                        r -> r.filters(f -> f.name("vpc-id").values(vpc)))
                .routeTables()
                .get(0)
                .routeTableId();
        ec2.createRoute(
                r -> r.routeTableId(main).destinationCidrBlock("0.0.0.0/0").gatewayId(gateway));
    }

    protected String subnet(String vpc, String cidr, String zone) {
        return ec2.createSubnet(r -> r.vpcId(vpc).cidrBlock(cidr).availabilityZone(zone))
                .subnet()
                .subnetId();
    }

    protected String role(String name, String service, String... policies) {
        String arn = clients.iam()
                .createRole(r -> r.roleName(name)
                        .assumeRolePolicyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                                + "\"Principal\":{\"Service\":\"" + service + "\"},\"Action\":\"sts:AssumeRole\"}]}"))
                .role()
                .arn();
        for (String policy : policies) {
            clients.iam().attachRolePolicy(r -> r.roleName(name).policyArn("arn:aws:iam::aws:policy/" + policy));
        }
        return arn;
    }

    protected List<String> cluster(String name) {
        String vpc = vpc();
        openToInternet(vpc);
        List<String> subnets =
                List.of(subnet(vpc, "10.0.0.0/20", REGION + "a"), subnet(vpc, "10.0.16.0/20", REGION + "b"));
        String role = role("cluster", "eks.amazonaws.com", "AmazonEKSClusterPolicy");
        role("node", "ec2.amazonaws.com", "AmazonEKSWorkerNodePolicy");
        time.advance(Duration.ofSeconds(10));
        eks.createCluster(r -> r.name(name)
                .roleArn(role)
                .version("1.34")
                .accessConfig(a -> a.authenticationMode("API"))
                .bootstrapSelfManagedAddons(false)
                .resourcesVpcConfig(v -> v.subnetIds(subnets).endpointPrivateAccess(true)));
        time.advance(Duration.ofMinutes(10));
        eks.createAddon(r -> r.clusterName(name).addonName("vpc-cni"));
        time.advance(Duration.ofMinutes(1));
        return subnets;
    }

    protected void pool(String cluster, String name, String type, List<String> subnets) {
        eks.createNodegroup(r -> r.clusterName(cluster)
                .nodegroupName(name)
                .nodeRole("arn:aws:iam::123456789012:role/node")
                .subnets(subnets)
                .instanceTypes(type)
                .amiType(type.startsWith("p") ? AMITypes.AL2023_X86_64_NVIDIA : AMITypes.AL2023_X86_64_STANDARD)
                .labels(Map.of("node-type", name))
                .taints(t -> t.key("pool").value(name).effect("NO_SCHEDULE"))
                .scalingConfig(s -> s.minSize(1).maxSize(3).desiredSize(2)));
    }
}
