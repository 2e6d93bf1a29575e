// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.aws;

import static io.osmo.backend.tests.aws.EksBackend.NAME;
import static io.osmo.backend.tests.aws.EksBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.aws.AwsClients;
import io.osmo.backend.error.OsmoBackendException;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.fault.Call;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A backend comes back under its name from every state, in one apply: nothing that AWS remembers of it is in the way. */
class EksRebuildTest {
    private static final BackendSpec PRIVATE = spec(s -> s.network(n -> n.privateServiceEndpoints(true)));

    @Test
    void a_backend_is_destroyed_and_made_again_twice() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec());
            List<String> first = backend.remains();
            for (int i = 0; i < 2; i++) {
                backend.destroyed();
                assertThat(backend.remains()).isEmpty();

                backend.applied(spec());
                assertThat(backend.remains()).isEqualTo(first);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65})
    void a_destruction_that_was_cut_off_is_taken_back(int call) {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec());
            List<String> whole = backend.remains();
            backend.aws().faults().onCalls(each -> !each.reads()).nth(call).crashAfter();
            try {
                backend.destroyed();
            } catch (VirtualTime.SimulatedCrash | OsmoBackendException cut) {
                backend.aws().faults().clear();
            }
            backend.aws().faults().clear();

            try (var next = backend.clouds.open()) {
                next.apply(next.plan(spec()));
                assertThat(next.plan(spec()).changes()).isEmpty();
            }

            assertThat(backend.remains())
                    .as("what the cluster before has left is swept at the next destruction")
                    .containsAll(whole);
            backend.destroyed();
            assertThat(backend.remains()).isEmpty();
        }
    }

    private static Map<String, BiConsumer<EksBackend, AwsClients>> hands() {
        Map<String, BiConsumer<EksBackend, AwsClients>> hands = new LinkedHashMap<>();
        hands.put("the cluster", (backend, clients) -> {
            for (String group : List.of("cpu", "operator")) {
                clients.eks().deleteNodegroup(r -> r.clusterName(NAME).nodegroupName(group));
            }
            backend.clouds.time().advance(Duration.ofMinutes(10));
            clients.eks().deleteCluster(r -> r.name(NAME));
        });
        hands.put("the cluster, with node groups that are still being deleted", (backend, clients) -> {
            for (String group : List.of("cpu", "operator")) {
                clients.eks().deleteNodegroup(r -> r.clusterName(NAME).nodegroupName(group));
            }
        });
        hands.put(
                "a node group",
                (backend, clients) ->
                        clients.eks().deleteNodegroup(r -> r.clusterName(NAME).nodegroupName("cpu")));
        hands.put(
                "a NAT gateway",
                (backend, clients) ->
                        clients.ec2().deleteNatGateway(r -> r.natGatewayId(backend.id("nat-gateway/us-west-2a"))));
        hands.put(
                "the endpoint of S3",
                (backend, clients) ->
                        clients.ec2().deleteVpcEndpoints(r -> r.vpcEndpointIds(backend.id("vpc-endpoint/s3"))));
        hands.put(
                "an interface endpoint",
                (backend, clients) ->
                        clients.ec2().deleteVpcEndpoints(r -> r.vpcEndpointIds(backend.id("vpc-endpoint/ec2"))));
        hands.put(
                "an add-on",
                (backend, clients) ->
                        clients.eks().deleteAddon(r -> r.clusterName(NAME).addonName("coredns")));
        hands.put(
                "a launch template",
                (backend, clients) ->
                        clients.ec2().deleteLaunchTemplate(r -> r.launchTemplateId(backend.id("launch-template/cpu"))));
        hands.put("the backup plan", (backend, clients) -> {
            String plan = clients.backup()
                    .listBackupPlans(r -> {})
                    .backupPlansList()
                    .get(0)
                    .backupPlanId();
            clients.backup()
                    .listBackupSelections(r -> r.backupPlanId(plan))
                    .backupSelectionsList()
                    .forEach(selection -> clients.backup()
                            .deleteBackupSelection(r -> r.backupPlanId(plan).selectionId(selection.selectionId())));
            clients.backup().deleteBackupPlan(r -> r.backupPlanId(plan));
            clients.backup().deleteBackupVault(r -> r.backupVaultName("osmo-" + NAME));
        });
        for (String role : List.of("ebs-csi", "node", "cluster", "backup", "cluster-autoscaler")) {
            hands.put("role " + role, (backend, clients) -> deleteRole(clients, "osmo-" + role + "-us-west-2-" + NAME));
        }
        hands.put(
                "the alias of the key",
                (backend, clients) -> clients.kms().deleteAlias(r -> r.aliasName("alias/osmo-backend/" + NAME)));
        return hands;
    }

    private static void deleteRole(AwsClients clients, String role) {
        clients.iam()
                .listAttachedRolePolicies(r -> r.roleName(role))
                .attachedPolicies()
                .forEach(policy ->
                        clients.iam().detachRolePolicy(r -> r.roleName(role).policyArn(policy.policyArn())));
        clients.iam()
                .listRolePolicies(r -> r.roleName(role))
                .policyNames()
                .forEach(policy ->
                        clients.iam().deleteRolePolicy(r -> r.roleName(role).policyName(policy)));
        clients.iam().deleteRole(r -> r.roleName(role));
    }

    /** The role comes back with its ARN, so no node group differs; that its nodes cannot use it is said. */
    @Test
    void a_deleted_role_of_the_nodes_replaces_no_node() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(EksBackend.spec());
            deleteRole(backend.clients(), "osmo-node-us-west-2-" + NAME);

            Plan plan = backend.osmo.plan(EksBackend.spec());

            assertThat(plan.changes())
                    .extracting(change -> change.resource().toString())
                    .containsExactly("iam-role/node");
            assertThat(plan.disruption()).isEqualTo(Disruption.NONE);
            assertThat(plan.warnings())
                    .anyMatch(text ->
                            text.startsWith("The role of the nodes, arn:aws:iam::123456789012:role/osmo-backend/")
                                    && text.contains("nodes that run have lost its credentials")
                                    && text.contains("delete-access-entry"));
            backend.osmo.apply(plan);
            assertThat(backend.osmo.plan(EksBackend.spec()).warnings())
                    .noneMatch(text -> text.contains("role of the nodes"));
        }
    }

    @TestFactory
    Stream<DynamicTest> what_was_deleted_by_hand_comes_back_in_one_apply() {
        return hands().entrySet().stream()
                .map(hand -> DynamicTest.dynamicTest(hand.getKey(), () -> {
                    try (EksBackend backend = new EksBackend()) {
                        backend.applied(PRIVATE);
                        hand.getValue().accept(backend, backend.clients());
                        backend.clouds.time().advance(Duration.ofMinutes(15));
                        backend.aws().forgetCalls();

                        assertThat(backend.osmo.plan(PRIVATE).changes()).isNotEmpty();
                        backend.applied(PRIVATE);

                        assertThat(backend.aws().calls())
                                .extracting(Call::operation)
                                .doesNotContain("kms:ScheduleKeyDeletion", "kms:CreateKey", "ec2:DeleteVpc");
                        backend.destroyed();
                        assertThat(backend.remains()).isEmpty();
                    }
                }));
    }
}
