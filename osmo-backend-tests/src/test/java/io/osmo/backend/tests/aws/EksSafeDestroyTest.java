// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.aws;

import static io.osmo.backend.tests.aws.EksBackend.NAME;
import static io.osmo.backend.tests.aws.EksBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.osmo.backend.error.GuardedException;
import io.osmo.backend.error.StalePlanException;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.testkit.fault.Call;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eks.model.CapabilityType;
import software.amazon.awssdk.services.eks.model.InvalidRequestException;

/** What EKS or EC2 would refuse, or what is not ours, is told before a destruction changes anything. */
class EksSafeDestroyTest {
    /** Sees that an apply is refused and that nothing was changed by it. */
    private static List<String> refused(EksBackend backend) {
        Plan plan = backend.osmo.planDestroy(spec().ref());
        List<String> before = backend.aws().inventory();
        backend.aws().forgetCalls();

        GuardedException refusal = catchThrowableOfType(GuardedException.class, () -> backend.osmo.apply(plan));

        assertThat(refusal).isNotNull();
        assertThat(changes(backend)).isEmpty();
        assertThat(backend.aws().inventory()).isEqualTo(before);
        assertThat(plan.guards()).isNotEmpty();
        plan.guards().forEach(guard -> assertThat(refusal).hasMessageContaining(guard.subject()));
        return plan.guards().stream().map(Guard::toString).toList();
    }

    private static List<String> changes(EksBackend backend) {
        return backend.aws().calls().stream()
                .map(Call::operation)
                .filter(o -> !o.matches("[a-z0-9]+:(Describe|List|Get).*"))
                .toList();
    }

    @Test
    void a_protected_backend_is_refused_before_anything_is_deleted() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec(s -> s.deletionProtection(true)));
            var eks = backend.clients().eks();
            assertThatThrownBy(() -> eks.deleteCluster(r -> r.name(NAME)))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("deletion protection enabled");

            assertThat(refused(backend))
                    .containsExactly("cluster/" + NAME + ": is protected against deletion."
                            + " Set deletionProtection to false in the spec and apply it first.");

            backend.applied(spec());
            backend.destroyed();
            assertThat(backend.remains()).isEmpty();
        }
    }

    @Test
    void what_others_have_put_into_the_cluster_is_told_together() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec());
            var clients = backend.clients();
            var ours = clients.eks()
                    .describeNodegroup(r -> r.clusterName(NAME).nodegroupName("cpu"))
                    .nodegroup();
            clients.eks()
                    .createNodegroup(r -> r.clusterName(NAME)
                            .nodegroupName("theirs")
                            .nodeRole(ours.nodeRole())
                            .subnets(ours.subnets()));
            clients.eks()
                    .createFargateProfile(r -> r.clusterName(NAME)
                            .fargateProfileName("batch")
                            .podExecutionRoleArn(ours.nodeRole())
                            .subnets(ours.subnets()));
            clients.eks()
                    .createCapability(r -> r.clusterName(NAME)
                            .capabilityName("argo")
                            .type(CapabilityType.ARGOCD)
                            .roleArn(ours.nodeRole())
                            .deletePropagationPolicy("RETAIN"));

            assertThat(refused(backend))
                    .hasSize(3)
                    .anyMatch(text -> text.contains("nodegroup/" + NAME + "/theirs"))
                    .anyMatch(text -> text.contains("Fargate profile batch"))
                    .anyMatch(text -> text.contains("capability/" + NAME + "/argo"));
        }
    }

    @Test
    void what_others_have_put_into_the_network_is_told_together() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec());
            backend.aws().plantLoadBalancer(EksBackend.REGION, NAME, "web");
            var ec2 = backend.clients().ec2();
            String vpc = backend.id("vpc/main");
            String subnet = ec2.createSubnet(
                            r -> r.vpcId(vpc).cidrBlock("10.0.30.0/24").availabilityZone("us-west-2a"))
                    .subnet()
                    .subnetId();
            String eni = ec2.createNetworkInterface(r ->
                            r.subnetId(backend.id("subnet/private-us-west-2a")).description("database"))
                    .networkInterface()
                    .networkInterfaceId();
            String group = ec2.createSecurityGroup(
                            r -> r.vpcId(vpc).groupName("theirs").description("of others"))
                    .groupId();
            String table = ec2.createRouteTable(r -> r.vpcId(vpc)).routeTable().routeTableId();
            String acl = ec2.createNetworkAcl(r -> r.vpcId(vpc)).networkAcl().networkAclId();

            assertThat(refused(backend))
                    .hasSize(5)
                    .anyMatch(text -> text.startsWith(table + ": is a route table"))
                    .anyMatch(text -> text.startsWith(acl + ": is a network ACL"))
                    .anyMatch(text -> text.startsWith(subnet + ": is a subnet"))
                    .anyMatch(text -> text.startsWith(eni + ": is a network interface (database)"))
                    .anyMatch(text -> text.startsWith(group + ": is a security group"));

            ec2.deleteNetworkInterface(r -> r.networkInterfaceId(eni));
            ec2.deleteSubnet(r -> r.subnetId(subnet));
            ec2.deleteSecurityGroup(r -> r.groupId(group));
            ec2.deleteRouteTable(r -> r.routeTableId(table));
            ec2.deleteNetworkAcl(r -> r.networkAclId(acl));
            backend.destroyed();
            assertThat(backend.remains()).isEmpty();
        }
    }

    @Test
    void a_pool_that_was_added_since_the_plan_makes_it_stale() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec());
            Plan plan = backend.osmo.planDestroy(spec().ref());
            backend.applied(spec(s ->
                    s.computePool("late", p -> p.instanceType("m7i.2xlarge").scale(1, 2))));
            backend.aws().forgetCalls();

            assertThat(catchThrowableOfType(StalePlanException.class, () -> backend.osmo.apply(plan)))
                    .hasMessageContaining("node-group/late");
            assertThat(changes(backend)).isEmpty();
        }
    }
}
