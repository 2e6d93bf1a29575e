// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.aws.AwsClients;
import io.osmo.backend.permission.Permissions;
import io.osmo.backend.permission.Use;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.aws.EmulatedAws;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.backup.model.CreateBackupSelectionRequest;
import software.amazon.awssdk.services.backup.model.CreateBackupVaultRequest;
import software.amazon.awssdk.services.eks.model.CreateClusterRequest;
import software.amazon.awssdk.services.eks.model.CreateNodegroupRequest;
import software.amazon.awssdk.services.eks.model.CreatePodIdentityAssociationRequest;
import software.amazon.awssdk.services.kms.model.CreateAliasRequest;

/** The policies of IAM that an EKS backend needs. */
class EksPermissionsTest {
    private static final int LIMIT = 6_144;

    private final BackendSpec spec = BackendSpec.builder("train-west")
            .on("aws", "us-west-2")
            .computePool("cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 2))
            .build();

    private static List<JsonNode> statements(Permissions permissions) throws Exception {
        List<JsonNode> all = new ArrayList<>();
        for (var document : permissions.documents()) {
            new ObjectMapper().readTree(document.text()).path("Statement").forEach(all::add);
        }
        return all;
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> all = new TreeSet<>();
        list.forEach(each -> all.add(each.asText()));
        return all;
    }

    @ParameterizedTest
    @EnumSource(Use.class)
    void policies_grant_the_actions_and_fit_into_the_limit(Use use) throws Exception {
        try (OsmoBackends osmo = OsmoBackends.open()) {
            Permissions permissions = osmo.permissions(spec, use);

            Set<String> granted = new TreeSet<>();
            statements(permissions).forEach(statement -> granted.addAll(texts(statement.path("Action"))));
            assertThat(granted).isEqualTo(permissions.actions());
            assertThat(permissions.documents())
                    .isNotEmpty()
                    .allMatch(document -> document.text().replaceAll("\\s", "").length() <= LIMIT);
        }
    }

    @Test
    void roles_are_passed_by_path_and_to_named_services_only() throws Exception {
        try (OsmoBackends osmo = OsmoBackends.open()) {
            JsonNode pass = statements(osmo.permissions(spec, Use.APPLY)).stream()
                    .filter(statement -> texts(statement.path("Action")).contains("iam:PassRole"))
                    .findFirst()
                    .orElseThrow();

            assertThat(texts(pass.path("Resource")))
                    .containsExactly("arn:aws:iam::*:role/osmo-backend/us-west-2/train-west/*");
            assertThat(texts(pass.at("/Condition/StringEquals/iam:PassedToService")))
                    .contains("eks.amazonaws.com", "pods.eks.amazonaws.com");
        }
    }

    @Test
    void changes_are_limited_to_what_the_backend_owns() throws Exception {
        try (OsmoBackends osmo = OsmoBackends.open()) {
            List<JsonNode> statements = statements(osmo.permissions(spec, Use.DESTROY));

            assertThat(statements)
                    .filteredOn(statement -> texts(statement.path("Action")).contains("ec2:DeleteVpc"))
                    .singleElement()
                    .satisfies(statement -> assertThat(
                                    statement.at("/Condition/StringEquals").toString())
                            .isEqualTo("{\"aws:ResourceTag/osmo-backend\":\"train-west\"}"));
        }
    }

    /** A plan needs no more than its changes do, and names the account; the ARNs in policies are those of the calls. */
    @Test
    void a_plan_asks_for_its_own_changes_only() {
        try (VirtualTime time = VirtualTime.seeded(1);
                EmulatedAws aws = EmulatedAws.on(time);
                OsmoBackends osmo = OsmoBackends.builder()
                        .provider(aws.provider())
                        .scheduler(time)
                        .build()) {
            Plan creation = osmo.plan(spec);
            aws.allowOnly(osmo.permissions(creation));
            osmo.apply(creation);
            Plan scaled = osmo.plan(
                    spec.toBuilder().changePool("cpu", p -> p.scale(2, 4)).build());

            Permissions needed = osmo.permissions(scaled);

            assertThat(osmo.permissions(creation).actions()).contains("eks:CreateCluster", "iam:PassRole");
            assertThat(needed.actions())
                    .contains("eks:UpdateNodegroupConfig", "eks:DescribeCluster")
                    .noneMatch(action -> action.contains(":Create")
                            && !action.startsWith("ec2:CreateTags")
                            && !action.equals("autoscaling:CreateOrUpdateTags"));
            assertThat(needed.toString()).contains("arn:aws:eks:us-west-2:123456789012:cluster/train-west");
            aws.allowOnly(needed);
            osmo.apply(scaled);

            assertThat(passedRoles(aws))
                    .hasSizeGreaterThan(3)
                    .allMatch(role -> resources(osmo, "iam:PassRole").stream().anyMatch(role::matches));
            assertThat(requests(aws, CreateBackupVaultRequest.class))
                    .allMatch(vault -> resources(osmo, "backup:CreateBackupVault").stream()
                            .anyMatch(("arn:aws:backup:us-west-2:1:backup-vault:" + vault.backupVaultName())::matches));
            assertThat(requests(aws, CreateAliasRequest.class))
                    .allMatch(alias -> resources(osmo, "kms:CreateAlias").stream()
                            .anyMatch(("arn:aws:kms:us-west-2:1:" + alias.aliasName())::matches));
        }
    }

    /** The same actions, on the cluster and the roles of another backend. */
    @Test
    void policies_of_one_backend_do_not_let_another_be_made() {
        BackendSpec other = BackendSpec.builder("train-east")
                .on("aws", "us-west-2")
                .computePool("cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 2))
                .build();
        try (VirtualTime time = VirtualTime.seeded(1);
                EmulatedAws aws = EmulatedAws.on(time);
                OsmoBackends osmo = OsmoBackends.builder()
                        .provider(aws.provider())
                        .scheduler(time)
                        .build()) {
            Plan plan = osmo.plan(other);
            aws.allowOnly(osmo.permissions(osmo.plan(spec)));

            assertThatThrownBy(() -> osmo.apply(plan)).hasMessageContaining("is not authorized to perform");
        }
    }

    /** What the destruction of one backend may delete, tried on all that another one has in the same region. */
    @Test
    void what_has_not_the_tag_of_the_backend_cannot_be_deleted() {
        BackendSpec other = BackendSpec.builder("train-east")
                .on("aws", EksBackend.REGION)
                .computePool("cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 2))
                .build();
        try (EksBackend backend = new EksBackend(account -> account.quota("L-0263D0A3", 6))) {
            backend.osmo.apply(backend.osmo.plan(EksBackend.spec()));
            backend.osmo.apply(backend.osmo.plan(other));
            backend.aws().plantVolume(EksBackend.REGION, "train-east", "data");
            backend.aws().plantLoadBalancer(EksBackend.REGION, "train-east", "web");
            Map<String, ThrowingCallable> deletions = deletions(backend.clients(), "train-east");
            Plan destruction = backend.osmo.planDestroy(EksBackend.spec().ref());
            Permissions needed = backend.osmo.permissions(destruction);
            backend.aws().allowOnly(needed);

            assertThat(needed.actions()).containsAll(deletions.keySet());
            deletions.forEach((action, deletion) -> assertThatThrownBy(deletion)
                    .as(action)
                    .hasMessageContaining("is not authorized to perform: " + action));

            backend.osmo.apply(destruction);
            assertThat(backend.remains()).noneMatch(line -> line.contains("train-west"));
        }
    }

    /** By action, each on something of a backend. */
    private static Map<String, ThrowingCallable> deletions(AwsClients by, String name) {
        Map<String, String> ids = new TreeMap<>();
        by.ec2()
                .describeTagsPaginator(r -> r.filters(
                        f -> f.name("key").values("osmo-backend"),
                        f -> f.name("value").values(name)))
                .tags()
                .forEach(tag -> ids.putIfAbsent(tag.resourceTypeAsString(), tag.resourceId()));
        String volume = by.ec2()
                .describeVolumes(
                        r -> r.filters(f -> f.name("tag:KubernetesCluster").values(name)))
                .volumes()
                .get(0)
                .volumeId();
        String group = by.ec2()
                .describeSecurityGroups(
                        r -> r.filters(f -> f.name("tag:aws:eks:cluster-name").values(name)))
                .securityGroups()
                .get(0)
                .groupId();
        String balancer =
                by.elbV2().describeLoadBalancers(r -> {}).loadBalancers().get(0).loadBalancerArn();
        String pool =
                by.eks().listNodegroups(r -> r.clusterName(name)).nodegroups().get(0);
        String role =
                by.eks().describeCluster(r -> r.name(name)).cluster().roleArn().replaceFirst(".*/", "");
        String key = by.kms()
                .describeKey(r -> r.keyId("alias/osmo-backend/" + name))
                .keyMetadata()
                .keyId();
        String plan = by.backup().listBackupPlans(r -> {}).backupPlansList().stream()
                .filter(each -> each.backupPlanName().contains(name))
                .findFirst()
                .orElseThrow()
                .backupPlanId();
        return Map.ofEntries(
                Map.entry("ec2:DeleteVpc", () -> by.ec2().deleteVpc(r -> r.vpcId(ids.get("vpc")))),
                Map.entry("ec2:DeleteSubnet", () -> by.ec2().deleteSubnet(r -> r.subnetId(ids.get("subnet")))),
                Map.entry(
                        "ec2:DeleteRouteTable",
                        () -> by.ec2().deleteRouteTable(r -> r.routeTableId(ids.get("route-table")))),
                Map.entry(
                        "ec2:DeleteNatGateway",
                        () -> by.ec2().deleteNatGateway(r -> r.natGatewayId(ids.get("natgateway")))),
                Map.entry(
                        "ec2:ReleaseAddress",
                        () -> by.ec2().releaseAddress(r -> r.allocationId(ids.get("elastic-ip")))),
                Map.entry(
                        "ec2:DeleteVpcEndpoints",
                        () -> by.ec2().deleteVpcEndpoints(r -> r.vpcEndpointIds(ids.get("vpc-endpoint")))),
                Map.entry(
                        "ec2:DeleteLaunchTemplate",
                        () -> by.ec2().deleteLaunchTemplate(r -> r.launchTemplateId(ids.get("launch-template")))),
                Map.entry("ec2:DeleteVolume", () -> by.ec2().deleteVolume(r -> r.volumeId(volume))),
                Map.entry("ec2:DeleteSecurityGroup", () -> by.ec2().deleteSecurityGroup(r -> r.groupId(group))),
                Map.entry(
                        "elasticloadbalancing:DeleteLoadBalancer",
                        () -> by.elbV2().deleteLoadBalancer(r -> r.loadBalancerArn(balancer))),
                Map.entry("eks:DeleteCluster", () -> by.eks().deleteCluster(r -> r.name(name))),
                Map.entry(
                        "eks:DeleteNodegroup",
                        () -> by.eks().deleteNodegroup(r -> r.clusterName(name).nodegroupName(pool))),
                Map.entry("iam:DeleteRole", () -> by.iam().deleteRole(r -> r.roleName(role))),
                Map.entry("kms:ScheduleKeyDeletion", () -> by.kms().scheduleKeyDeletion(r -> r.keyId(key))),
                Map.entry(
                        "backup:DeleteBackupVault",
                        () -> by.backup().deleteBackupVault(r -> r.backupVaultName("osmo-" + name))),
                Map.entry("backup:DeleteBackupPlan", () -> by.backup().deleteBackupPlan(r -> r.backupPlanId(plan))));
    }

    @Test
    void what_has_lost_its_tag_cannot_be_deleted() {
        try (EksBackend backend = new EksBackend()) {
            backend.osmo.apply(backend.osmo.plan(EksBackend.spec()));
            Permissions needed = backend.osmo.permissions(
                    backend.osmo.planDestroy(EksBackend.spec().ref()));
            String subnet = backend.id("subnet/private-us-west-2a");
            backend.untag("subnet/private-us-west-2a");
            backend.aws().allowOnly(needed);

            assertThatThrownBy(() -> backend.clients().ec2().deleteSubnet(r -> r.subnetId(subnet)))
                    .hasMessageContaining("is not authorized to perform: ec2:DeleteSubnet");
        }
    }

    @Test
    void nothing_is_created_without_the_tag_of_the_backend() {
        try (EksBackend backend = new EksBackend()) {
            backend.aws().allowOnly(backend.osmo.permissions(backend.osmo.plan(EksBackend.spec())));
            AwsClients clients = backend.clients();

            assertThatThrownBy(() -> clients.ec2().createVpc(r -> r.cidrBlock("10.9.0.0/16")))
                    .hasMessageContaining("is not authorized to perform: ec2:CreateVpc");
            assertThatThrownBy(() -> clients.kms().createKey(r -> {}))
                    .hasMessageContaining("is not authorized to perform: kms:CreateKey");
            assertThatThrownBy(() -> clients.iam()
                            .createRole(r -> r.path("/osmo-backend/us-west-2/train-west/")
                                    .roleName("osmo-x")
                                    .assumeRolePolicyDocument("{}")))
                    .hasMessageContaining("is not authorized to perform: iam:CreateRole");
        }
    }

    /** ARNs in the policies, as regular expressions. */
    private List<String> resources(OsmoBackends osmo, String action) {
        try {
            return statements(osmo.permissions(spec, Use.APPLY)).stream()
                    .filter(statement -> texts(statement.path("Action")).contains(action))
                    .flatMap(statement -> texts(statement.path("Resource")).stream())
                    .map(arn -> Pattern.quote(arn).replace("*", "\\E.*\\Q"))
                    .toList();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static <R> List<R> requests(EmulatedAws aws, Class<R> type) {
        return aws.calls().stream()
                .map(call -> call.request(Object.class))
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static Set<String> passedRoles(EmulatedAws aws) {
        Set<String> roles = new TreeSet<>();
        requests(aws, CreateClusterRequest.class).forEach(r -> roles.add(r.roleArn()));
        requests(aws, CreateNodegroupRequest.class).forEach(r -> roles.add(r.nodeRole()));
        requests(aws, CreatePodIdentityAssociationRequest.class).forEach(r -> roles.add(r.roleArn()));
        requests(aws, CreateBackupSelectionRequest.class)
                .forEach(r -> roles.add(r.backupSelection().iamRoleArn()));
        return roles;
    }
}
