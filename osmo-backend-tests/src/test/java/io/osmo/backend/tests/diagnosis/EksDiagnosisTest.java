// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.aws.AwsClients;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.diagnosis.PoolDiagnosis;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RuleAction;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/** Why nodes of EKS node groups do not join. */
class EksDiagnosisTest extends PlantedCauses {
    private static final String REGION = "us-west-2";
    private static final String ANYWHERE = "0.0.0.0/0";
    private static final List<String> ZONES = List.of("a", "b", "c", "d");
    private static final String TYPE = "m7i.2xlarge";
    private static final String WORKER_POLICY = "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy";

    @Override
    EmulatedClouds clouds() {
        return EmulatedClouds.create(account -> account.quota("L-1216C47A", 20));
    }

    @Override
    EmulatedCloud cloud() {
        return clouds.aws();
    }

    @Override
    String anotherType() {
        return "m7i.4xlarge";
    }

    @Override
    BackendSpec spec() {
        return BackendSpec.builder(NAME)
                .on("aws", REGION)
                .deletionProtection(false)
                .computePool(POOL, p -> p.instanceType(TYPE).scale(0, 4))
                .build();
    }

    private AwsClients clients() {
        return clouds.aws().open(REGION, EksSettings.builder().build());
    }

    @Override
    void grow(int nodes) {
        clients()
                .eks()
                .updateNodegroupConfig(r -> r.clusterName(NAME)
                        .nodegroupName(group().nodegroupName())
                        .scalingConfig(s -> s.minSize(0).maxSize(4).desiredSize(nodes)));
    }

    /** The node group of the pool, in its latest generation. */
    private Nodegroup group() {
        String name = clients().eks().listNodegroups(r -> r.clusterName(NAME)).nodegroups().stream()
                .filter(each -> each.startsWith(POOL))
                .max(String::compareTo)
                .orElseThrow();
        return clients()
                .eks()
                .describeNodegroup(r -> r.clusterName(NAME).nodegroupName(name))
                .nodegroup();
    }

    @Override
    List<Planted> planted() {
        return List.of(
                new Planted(
                        Cause.NO_CAPACITY,
                        () -> stockOut(TYPE),
                        () -> clouds.aws().faults().clear()),
                new Planted(Cause.QUOTA, 4, () -> {}, () -> grow(1)),
                refused(
                        "organization-forbids",
                        "UnauthorizedOperation",
                        "You are not authorized to perform this operation. User: arn:aws:sts::123456789012:"
                                + "assumed-role/AWSServiceRoleForAutoScaling/AutoScaling is not authorized to"
                                + " perform: ec2:RunInstances with an explicit deny in a service control policy."),
                refused(
                        "spot-role-missing",
                        "AuthFailure.ServiceLinkedRoleCreationNotPermitted",
                        "The provided credentials do not have permission to create the service-linked role for EC2 Spot Instances."),
                refused(
                        Cause.RESERVATION_USED_UP,
                        "ReservationCapacityExceeded",
                        "The requested reservation does not have sufficient compatible and available capacity for this request."),
                refused(
                        "reservation-does-not-fit",
                        "InvalidCapacityReservationId.NotFound",
                        "The capacity reservation cr-0123456789abcdef0 does not exist."),
                refused(
                        "image-does-not-fit",
                        "InvalidParameterValue",
                        "The architecture 'arm64' of the specified instance type does not match the architecture 'x86_64' of"
                                + " the specified AMI."),
                refused(
                        "type-without-interfaces",
                        "InvalidParameterCombination",
                        "Elastic Fabric Adapter interfaces are not supported by m7i.2xlarge."),
                new Planted("node-role-deleted", this::deleteRole, this::apply),
                new Planted("no-free-addresses", () -> fillSubnets(true), () -> fillSubnets(false)),
                new Planted(
                        "key-unusable",
                        () -> clients().kms().disableKey(r -> r.keyId(key())),
                        () -> clients().kms().enableKey(r -> r.keyId(key()))),
                new Planted("key-not-granted", this::takeKeyAway, this::apply),
                new Planted("dns-off", () -> dns(false), () -> dns(true)),
                new Planted("no-route", this::deleteRoutes, this::apply),
                new Planted("route-to-deleted-gateway", this::deleteGateways, this::apply),
                new Planted("network-acl-blocks", this::denyByAcl, this::allowByAcl),
                new Planted("security-group-blocks", this::closeGroup, this::openGroup),
                new Planted("endpoint-closed-to-nodes", this::closeEndpoint, this::apply),
                new Planted(
                        "node-role-without-policy",
                        () -> clients()
                                .iam()
                                .detachRolePolicy(r -> r.roleName(role()).policyArn(WORKER_POLICY)),
                        this::apply),
                new Planted("access-entry-missing", this::deleteEntry, this::createEntry),
                new Planted(
                        "network-plugin-missing",
                        () -> clouds.aws().cluster(REGION, NAME).remove("DaemonSet", "kube-system", "aws-node"),
                        this::reinstallPlugin),
                new Planted(
                        "certificate-not-approved",
                        () -> clouds.aws().cluster(REGION, NAME).holdCertificates(true),
                        () -> clouds.aws().cluster(REGION, NAME).holdCertificates(false)),
                new Planted("launch-template-deleted", this::deleteTemplate, this::apply));
    }

    private Planted refused(String cause, String code, String text) {
        return new Planted(
                cause,
                () -> clouds.aws().faults().refuseMachines(code, text),
                () -> clouds.aws().faults().allowMachines());
    }

    private void deleteRole() {
        String role = role();
        clients()
                .iam()
                .listAttachedRolePolicies(r -> r.roleName(role))
                .attachedPolicies()
                .forEach(policy ->
                        clients().iam().detachRolePolicy(r -> r.roleName(role).policyArn(policy.policyArn())));
        clients().iam().deleteRole(r -> r.roleName(role));
    }

    @Override
    void stockOut(String type) {
        ZONES.forEach(zone -> clouds.aws().faults().stockOut(type, REGION + zone));
    }

    private void fillSubnets(boolean taken) {
        group().subnets().forEach(subnet -> clouds.aws().fillSubnet(REGION, subnet, taken));
    }

    private String key() {
        return clients().kms().listAliases(r -> {}).aliases().stream()
                .filter(alias -> alias.aliasName().contains(NAME))
                .findFirst()
                .orElseThrow()
                .targetKeyId();
    }

    private void takeKeyAway() {
        String policy = clients().kms().getKeyPolicy(r -> r.keyId(key())).policy();
        clients().kms().putKeyPolicy(r -> r.keyId(key()).policy(policy.replace("autoscaling", "spot")));
    }

    private String vpc() {
        return clients()
                .eks()
                .describeCluster(r -> r.name(NAME))
                .cluster()
                .resourcesVpcConfig()
                .vpcId();
    }

    private void dns(boolean on) {
        if (on) {
            clients().ec2().modifyVpcAttribute(r -> r.vpcId(vpc()).enableDnsSupport(a -> a.value(true)));
            clients().ec2().modifyVpcAttribute(r -> r.vpcId(vpc()).enableDnsHostnames(a -> a.value(true)));
        } else {
            clients().ec2().modifyVpcAttribute(r -> r.vpcId(vpc()).enableDnsHostnames(a -> a.value(false)));
            clients().ec2().modifyVpcAttribute(r -> r.vpcId(vpc()).enableDnsSupport(a -> a.value(false)));
        }
    }

    private void deleteRoutes() {
        for (RouteTable table : clients().ec2().describeRouteTables().routeTables()) {
            for (Route route : table.routes()) {
                if (ANYWHERE.equals(route.destinationCidrBlock()) && route.natGatewayId() != null) {
                    clients()
                            .ec2()
                            .deleteRoute(
                                    r -> r.routeTableId(table.routeTableId()).destinationCidrBlock(ANYWHERE));
                }
            }
        }
    }

    private void deleteGateways() {
        clients()
                .ec2()
                .describeNatGateways()
                .natGateways()
                .forEach(nat -> clients().ec2().deleteNatGateway(r -> r.natGatewayId(nat.natGatewayId())));
    }

    private NetworkAcl acl() {
        return clients()
                .ec2()
                .describeNetworkAcls(r -> r.filters(f -> f.name("vpc-id").values(vpc())))
                .networkAcls()
                .get(0);
    }

    private void denyByAcl() {
        clients()
                .ec2()
                .createNetworkAclEntry(r -> r.networkAclId(acl().networkAclId())
                        .ruleNumber(50)
                        .egress(true)
                        .protocol("-1")
                        .cidrBlock(ANYWHERE)
                        .ruleAction(RuleAction.DENY));
    }

    private void allowByAcl() {
        clients()
                .ec2()
                .deleteNetworkAclEntry(
                        r -> r.networkAclId(acl().networkAclId()).ruleNumber(50).egress(true));
    }

    private static List<IpPermission> everything() {
        return List.of(IpPermission.builder()
                .ipProtocol("-1")
                .ipRanges(range -> range.cidrIp(ANYWHERE))
                .build());
    }

    private String clusterGroup() {
        return clients()
                .eks()
                .describeCluster(r -> r.name(NAME))
                .cluster()
                .resourcesVpcConfig()
                .clusterSecurityGroupId();
    }

    private void closeGroup() {
        SecurityGroup group = clients()
                .ec2()
                .describeSecurityGroups(r -> r.groupIds(clusterGroup()))
                .securityGroups()
                .get(0);
        clients()
                .ec2()
                .revokeSecurityGroupEgress(r -> r.groupId(group.groupId()).ipPermissions(group.ipPermissionsEgress()));
    }

    private void openGroup() {
        clients()
                .ec2()
                .authorizeSecurityGroupEgress(r -> r.groupId(clusterGroup()).ipPermissions(everything()));
    }

    private void closeEndpoint() {
        clients()
                .eks()
                .updateClusterConfig(r -> r.name(NAME)
                        .resourcesVpcConfig(v -> v.endpointPrivateAccess(false)
                                .endpointPublicAccess(true)
                                .publicAccessCidrs("203.0.113.0/24")));
        waitFor(Duration.ofMinutes(15));
    }

    private String role() {
        String arn = group().nodeRole();
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    private void deleteEntry() {
        clients().eks().deleteAccessEntry(r -> r.clusterName(NAME).principalArn(group().nodeRole()));
    }

    private void createEntry() {
        clients()
                .eks()
                .createAccessEntry(r ->
                        r.clusterName(NAME).principalArn(group().nodeRole()).type("EC2_LINUX"));
    }

    private void reinstallPlugin() {
        clients().eks().deleteAddon(r -> r.clusterName(NAME).addonName("vpc-cni"));
        waitFor(Duration.ofMinutes(5));
        apply();
    }

    private void deleteTemplate() {
        clients()
                .ec2()
                .deleteLaunchTemplate(
                        r -> r.launchTemplateId(group().launchTemplate().id()));
    }

    @Test
    void what_may_not_be_read_hides_no_other_cause() {
        clouds.aws().faults().onCall("ec2:DescribeNetworkAcls").deny();
        stockOut(TYPE);
        grow(1);
        waitFor(A_WHILE);

        PoolDiagnosis found = burst(osmo.diagnose(spec().ref()));

        assertThat(found.causedBy(Cause.NO_CAPACITY)).isTrue();
        assertThat(found.unread()).singleElement().asString().startsWith("network: ");
        clouds.aws().faults().clear();
        heal();
    }

    @Test
    void a_cause_that_may_not_be_read_is_not_guessed() {
        denyByAcl();
        grow(1);
        waitFor(A_WHILE);
        clouds.aws().faults().onCall("ec2:DescribeNetworkAcls").deny();

        PoolDiagnosis found = burst(osmo.diagnose(spec().ref()));

        assertThat(found.status()).isEqualTo(PoolDiagnosis.Status.UNKNOWN);
        assertThat(found.cause()).isEmpty();
        assertThat(found.unread()).singleElement().asString().startsWith("network: ");
        assertThat(found.evidence()).anyMatch(line -> line.contains("NodeCreationFailure"));
        clouds.aws().faults().clear();
        allowByAcl();
        heal();
    }

    private void heal() {
        waitFor(A_WHILE);
        grow(0);
        waitFor(A_WHILE);
    }
}
