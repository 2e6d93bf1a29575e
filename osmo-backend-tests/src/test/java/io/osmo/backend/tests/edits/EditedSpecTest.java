// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.edits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.osmo.backend.ApplyOptions;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.error.DisruptionNotAllowedException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.plan.Action;
import io.osmo.backend.plan.Change;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.spec.Network;
import io.osmo.backend.spec.Profile;
import io.osmo.backend.spec.Replacement;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.cluster.EmulatedWorkload;
import io.osmo.backend.testkit.fault.Call;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Edits of the spec of a backend that runs: the plan says what they do, and one apply is enough. */
class EditedSpecTest {
    private final EmulatedClouds clouds = EmulatedClouds.create();
    private final OsmoBackends osmo = clouds.open();

    private enum Cloud {
        AWS("us-west-2", "m7i.2xlarge", "g6.xlarge", "node-group"),
        GCP("us-central1", "n2-standard-8", "g2-standard-4", "node-pool"),
        AZURE("westeurope", "Standard_D8s_v5", "Standard_NC24ads_A100_v4", "agent-pool");

        private final String region;
        private final String machine;
        private final String gpuMachine;
        private final String poolKind;

        Cloud(String region, String machine, String gpuMachine, String poolKind) {
            this.region = region;
            this.machine = machine;
            this.gpuMachine = gpuMachine;
            this.poolKind = poolKind;
        }

        private BackendSpec spec(UnaryOperator<BackendSpecBuilder> change) {
            return change.apply(BackendSpec.builder("train-west")
                            .on(name().toLowerCase(Locale.ROOT), region)
                            .deletionProtection(false)
                            .computePool(
                                    "cpu",
                                    p -> p.instanceType(machine).scale(2, 4).drainMinutes(5)))
                    .build();
        }
    }

    @AfterEach
    void close() {
        osmo.close();
        clouds.close();
    }

    private void applied(BackendSpec spec, Disruption most) {
        osmo.apply(osmo.plan(spec), ApplyOptions.defaults().allow(most));
        assertThat(osmo.plan(spec).changes()).as("second plan").isEmpty();
    }

    private static List<String> ids(Plan plan) {
        return plan.changes().stream()
                .map(change -> change.action() + " " + change.resource())
                .toList();
    }

    private static List<String> fields(Plan plan, String id) {
        return plan.changes().stream()
                .filter(change -> change.resource().toString().equals(id))
                .flatMap(change -> change.fields().stream())
                .map(FieldChange::field)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void a_taint_that_ends_running_pods_is_an_outage(Cloud cloud) {
        BackendSpec before = cloud.spec(
                s -> s.computePool("other", p -> p.instanceType(cloud.machine).scale(1, 2)));
        applied(before, Disruption.NONE);
        BackendSpec after = before.toBuilder()
                .changePool("cpu", p -> p.taint("maintenance", "now", Taint.Effect.NO_EXECUTE))
                .build();

        Plan plan = osmo.plan(after);

        assertThat(plan.disruption()).isEqualTo(Disruption.OUTAGE);
        assertThatExceptionOfType(DisruptionNotAllowedException.class).isThrownBy(() -> osmo.apply(plan));
        applied(after, Disruption.OUTAGE);
        assertThat(osmo.plan(before).disruption()).as("taken back").isEqualTo(Disruption.NONE);
    }

    /** The work of a pool cannot move where a taint keeps it out, so the plan names the taint. */
    @ParameterizedTest
    @EnumSource
    void a_successor_that_keeps_pods_out_is_told(Cloud cloud) {
        applied(cloud.spec(s -> s), Disruption.NONE);
        BackendSpec gpus = cloud.spec(s -> s.removePool("cpu")
                .gpuPool("cpu", p -> p.instanceType(cloud.gpuMachine).scale(0, 2))
                .computePool("other", p -> p.instanceType(cloud.machine).scale(1, 2)));

        assertThat(osmo.plan(gpus).changes())
                .extracting(Change::reason)
                .anyMatch(reason -> reason.startsWith("is replaced by ")
                        && reason.endsWith(
                                "pods that do not tolerate nvidia.com/gpu=present:NoSchedule cannot move there"));
        assertThat(osmo.plan(cloud.spec(s -> s.changePool("cpu", p -> p.spot(true))))
                        .changes())
                .extracting(Change::reason)
                .as("only AKS taints spot nodes")
                .filteredOn(reason -> reason.contains("kubernetes.azure.com/scalesetpriority=spot:NoSchedule"))
                .hasSize(cloud == Cloud.AZURE ? 1 : 0);
    }

    /** The name of a removed pool's successor is free for another pool, which takes the nodes that fit it, and replaces others. */
    @ParameterizedTest
    @EnumSource
    void a_new_pool_may_have_the_name_of_a_removed_pools_successor(Cloud cloud) {
        UnaryOperator<BackendSpecBuilder> base =
                s -> s.computePool("base", p -> p.instanceType(cloud.machine).scale(1, 2));
        applied(cloud.spec(base), Disruption.NONE);
        BackendSpec spot = cloud.spec(s -> base.apply(s).changePool("cpu", p -> p.spot(true)));
        String successor = pools(osmo.plan(spot), cloud, Action.CREATE).get(0);
        applied(spot, Disruption.ROLLING);

        for (boolean fits : new boolean[] {true, false}) {
            applied(
                    cloud.spec(s -> base.apply(s)
                            .removePool("cpu")
                            .computePool(
                                    successor,
                                    p -> p.instanceType(cloud.machine)
                                            .scale(2, 4)
                                            .spot(fits)
                                            .drainMinutes(5))),
                    Disruption.OUTAGE);
        }
    }

    private static List<String> pools(Plan plan, Cloud cloud, Action action) {
        return plan.changes().stream()
                .filter(change ->
                        change.action() == action && change.resource().kind().equals(cloud.poolKind))
                .map(change -> change.resource().name())
                .toList();
    }

    /** GKE and AKS allow shorter names than a spec: they are cut, and still differ, as do those of successors. */
    @ParameterizedTest
    @EnumSource
    void pools_of_which_the_names_differ_only_at_their_end_are_told_apart(Cloud cloud) {
        String start = "x".repeat(37);
        UnaryOperator<BackendSpecBuilder> two = s -> s.computePool(
                        start + "1", p -> p.instanceType(cloud.machine).scale(1, 2))
                .computePool(
                        start + "2",
                        p -> p.instanceType(cloud.machine).scale(1, 2).label("pool", "two"));
        applied(cloud.spec(two), Disruption.NONE);
        BackendSpec spot = cloud.spec(s ->
                two.apply(s).changePool(start + "1", p -> p.spot(true)).changePool(start + "2", p -> p.spot(true)));

        assertThat(pools(osmo.plan(spot), cloud, Action.CREATE)).hasSize(2).doesNotHaveDuplicates();
        applied(spot, Disruption.ROLLING);
    }

    /** A plan that went on with the drain let the same nodes take work again. */
    @ParameterizedTest
    @EnumSource
    void a_drain_that_is_resumed_keeps_its_nodes_cordoned(Cloud cloud) {
        UnaryOperator<BackendSpecBuilder> recreated =
                s -> s.changePool("cpu", p -> p.replacement(Replacement.RECREATE));
        applied(cloud.spec(recreated), Disruption.NONE);
        EmulatedWorkload workflow = clouds.cloud(cloud.spec(s -> s).provider())
                .cluster(cloud.spec(s -> s).ref())
                .workload("train")
                .on("node-type", "compute")
                .replicas(2)
                .minAvailable("2")
                .start();
        clouds.time().advance(Duration.ofMinutes(1));
        BackendSpec spot = cloud.spec(s -> recreated.apply(s).changePool("cpu", p -> p.spot(true)));
        ApplyOptions outage = ApplyOptions.defaults().allow(Disruption.OUTAGE);
        assertThatExceptionOfType(PartialApplyException.class)
                .isThrownBy(() -> osmo.apply(osmo.plan(spot), outage))
                .withMessageContaining("drain/cpu");

        assertThat(ids(osmo.plan(spot))).contains("DELETE drain/cpu").doesNotContain("UPDATE nodes/kept-pools");
        assertThat(ids(osmo.plan(cloud.spec(recreated)))).contains("UPDATE nodes/kept-pools");

        workflow.finish();
        applied(spot, Disruption.OUTAGE);
    }

    /** The selector of an autoscaler whose pool is gone would keep it pending for good. */
    @Test
    void an_operator_pool_that_is_removed_takes_its_node_selector_along() {
        UnaryOperator<BackendSpecBuilder> development = s -> s.profile(Profile.DEVELOPMENT);
        applied(
                Cloud.AWS.spec(s ->
                        development.apply(s).operatorPool(p -> p.scale(1, 2).tainted(true))),
                Disruption.NONE);
        BackendSpec without = Cloud.AWS.spec(development);

        assertThat(fields(osmo.plan(without), "manifest/deployment/kube-system/cluster-autoscaler"))
                .containsExactly("spec.template.spec.nodeSelector", "spec.template.spec.tolerations");
        applied(without, Disruption.OUTAGE);
    }

    /** A zone whose route still leads to a gateway that is gone has no way out. */
    @Test
    void a_gateway_goes_after_no_route_leads_to_it_any_more() {
        applied(Cloud.AWS.spec(s -> s), Disruption.NONE);
        BackendSpec single = Cloud.AWS.spec(s -> s.network(n -> n.egress(Network.Egress.SINGLE_NAT)));
        clouds.aws().faults().onCall("ec2:ReplaceRoute").deny();
        clouds.aws().forgetCalls();

        assertThatExceptionOfType(PartialApplyException.class)
                .isThrownBy(() ->
                        osmo.apply(osmo.plan(single), ApplyOptions.defaults().allow(Disruption.OUTAGE)));
        assertThat(clouds.aws().calls())
                .extracting(Call::operation)
                .doesNotContain("ec2:DeleteNatGateway", "ec2:ReleaseAddress");

        clouds.aws().faults().clear();
        clouds.aws().forgetCalls();
        applied(single, Disruption.OUTAGE);
        assertThat(clouds.aws().calls())
                .extracting(Call::operation)
                .containsSubsequence("ec2:ReplaceRoute", "ec2:ReplaceRoute", "ec2:DeleteNatGateway");
    }

    /** The same for a pool that the cluster's autoscaler must not ask for any more before it is drained. */
    @Test
    void a_pool_goes_after_what_selects_its_nodes_has_changed() {
        applied(
                Cloud.AWS.spec(s -> s.profile(Profile.DEVELOPMENT)
                        .operatorPool(p -> p.scale(1, 2).tainted(true))),
                Disruption.NONE);

        Plan plan = osmo.plan(Cloud.AWS.spec(s -> s.profile(Profile.DEVELOPMENT)));

        assertThat(plan.changes())
                .filteredOn(change -> change.resource().toString().equals("drain/operator"))
                .singleElement()
                .extracting(change -> change.after().toString())
                .asString()
                .contains("manifest/deployment/kube-system/cluster-autoscaler");
    }

    /** Nothing else of an update is to hide behind what the same plan creates. */
    @Test
    void a_change_beside_what_is_created_first_is_listed() {
        UnaryOperator<BackendSpecBuilder> h100 = s ->
                s.gpuPool("h100", p -> p.instanceType("p5.48xlarge").scale(1, 2).zones("us-west-2a"));
        BackendSpec two = Cloud.AWS.spec(s -> h100.apply(s).network(n -> n.zoneCount(2)));
        applied(two, Disruption.NONE);
        BackendSpec three = Cloud.AWS.spec(s -> s.network(n -> n.zoneCount(3))
                .deletionProtection(true)
                .gpuPool(
                        "h100",
                        p -> p.instanceType("p5.48xlarge")
                                .scale(1, 2)
                                .zones("us-west-2a")
                                .taint("maintenance", "now", Taint.Effect.NO_EXECUTE))
                .settings(EksSettings.builder()
                        .pool("h100", pool -> pool.withEfa(true))
                        .build()));

        Plan plan = osmo.plan(three);

        assertThat(fields(plan, "eks-cluster/main")).contains("resourcesVpcConfig.subnetIds", "deletionProtection");
        assertThat(fields(plan, "node-group/h100-us-west-2a")).contains("launchTemplate.version", "taints");
        assertThat(plan.disruption()).isEqualTo(Disruption.OUTAGE);
        applied(three, Disruption.OUTAGE);
    }

    /** A claim names its class for good, and one without a volume waits for it. */
    @ParameterizedTest
    @EnumSource
    void a_storage_class_that_is_renamed_is_told(Cloud cloud) {
        BackendSpec before = cloud.spec(s -> s);
        applied(before, Disruption.NONE);
        BackendSpec renamed = cloud.spec(s -> s.storage(c -> c.className("fast")));

        Plan plan = osmo.plan(renamed);

        String old = plan.changes().stream()
                .filter(change -> change.action() == Action.DELETE)
                .map(change -> change.resource().name())
                .findFirst()
                .orElseThrow();
        assertThat(plan.warnings())
                .anySatisfy(text -> assertThat(text)
                        .startsWith("StorageClass " + old + " is deleted.")
                        .endsWith("let it name fast, or set storage.className to " + old + " to keep the class."));
        assertThat(osmo.plan(before).warnings()).noneMatch(text -> text.startsWith("StorageClass"));
        assertThat(osmo.planDestroy(before.ref()).warnings()).noneMatch(text -> text.startsWith("StorageClass"));
        applied(renamed, Disruption.NONE);
    }

    @Test
    void flow_logs_are_switched_on_and_off() {
        BackendSpec plain = Cloud.GCP.spec(s -> s);
        applied(plain, Disruption.NONE);

        applied(
                Cloud.GCP.spec(
                        s -> s.settings(GkeSettings.builder().flowLogs(true).build())),
                Disruption.NONE);
        applied(plain, Disruption.NONE);
    }

    /** The autoscaler has nothing to drain where no more nodes run than the new maximum. */
    @Test
    void a_lower_maximum_with_room_for_all_nodes_disturbs_nothing() {
        applied(Cloud.GCP.spec(s -> s.changePool("cpu", p -> p.scale(3, 6))), Disruption.NONE);

        assertThat(osmo.plan(Cloud.GCP.spec(s -> s.changePool("cpu", p -> p.scale(1, 4))))
                        .disruption())
                .isEqualTo(Disruption.NONE);
        assertThat(osmo.plan(Cloud.GCP.spec(s -> s.changePool("cpu", p -> p.scale(1, 2))))
                        .disruption())
                .isEqualTo(Disruption.ROLLING);
    }
}
