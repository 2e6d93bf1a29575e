// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.aws;

import static io.osmo.backend.tests.aws.EksBackend.NAME;
import static io.osmo.backend.tests.aws.EksBackend.REGION;
import static io.osmo.backend.tests.aws.EksBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.osmo.backend.ApplyOptions;
import io.osmo.backend.error.DisruptionNotAllowedException;
import io.osmo.backend.error.OwnershipConflictException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.plan.Change;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePoolBuilder;
import io.osmo.backend.spec.Replacement;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.cluster.EmulatedWorkload;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.CallInspector;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.DescribeInternetGatewaysRequest;
import software.amazon.awssdk.services.ec2.model.Tag;

/** A node group that EKS cannot change gets a successor beside it, and is drained and deleted only when that is ready. */
class EksReplacementTest {
    private static BackendSpec cpu(UnaryOperator<NodePoolBuilder> change) {
        return spec().toBuilder().changePool("cpu", p -> change.apply(p)).build();
    }

    private static List<String> groups(EksBackend backend) {
        return backend.aws().inventory().stream()
                .filter(line -> line.startsWith("node-group "))
                .map(line -> line.split(" ")[1])
                .toList();
    }

    private static List<String> operations(EksBackend backend) {
        return backend.aws().calls().stream()
                .map(Call::operation)
                .filter(List.of("eks:CreateNodegroup", "eks:DeleteNodegroup")::contains)
                .toList();
    }

    /** Why the node groups of a pool are created and deleted. */
    private static List<String> causes(Plan plan, String pool) {
        return plan.changes().stream()
                .filter(change -> change.resource().toString().matches("node-group/" + pool + "(-g[0-9])?"))
                .flatMap(change -> change.fields().stream().map(field -> change.resource() + " " + field))
                .toList();
    }

    private static Disruption disruption(Plan plan, String id) {
        return plan.changes().stream()
                .filter(change -> change.resource().toString().equals(id))
                .map(Change::disruption)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void spot_is_switched_on_by_a_second_group_and_off_by_a_third() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec());
            backend.aws().forgetCalls();

            Plan plan = backend.osmo.plan(cpu(p -> p.spot(true)));

            assertThat(EksBackend.ids(plan))
                    .contains("CREATE node-group/cpu-g2", "DELETE node-group/cpu", "DELETE drain/cpu")
                    .noneMatch(change -> change.startsWith("REPLACE"));
            assertThat(disruption(plan, "node-group/cpu")).isEqualTo(Disruption.ROLLING);
            backend.osmo.apply(plan);
            assertThat(operations(backend)).containsExactly("eks:CreateNodegroup", "eks:DeleteNodegroup");
            assertThat(backend.aws().calls())
                    .as("the old group stops growing before it is drained")
                    .extracting(Call::operation)
                    .containsSubsequence("eks:UpdateNodegroupConfig", "eks:DeleteNodegroup");
            assertThat(groups(backend)).containsExactlyInAnyOrder("cpu-g2", "operator");
            assertThat(backend.osmo.plan(cpu(p -> p.spot(true))).changes()).isEmpty();

            backend.applied(spec());
            assertThat(groups(backend)).containsExactlyInAnyOrder("cpu-g3", "operator");
            backend.destroyed();
            assertThat(backend.remains()).isEmpty();
        }
    }

    @Test
    void a_successor_that_cannot_be_had_costs_the_old_group_nothing() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec());
            BackendSpec larger = cpu(p -> p.instanceTypes("m7i.4xlarge"));
            for (String zone : List.of("a", "b", "c", "d")) {
                backend.aws().faults().stockOut("m7i.4xlarge", REGION + zone);
            }
            backend.aws().forgetCalls();

            PartialApplyException failure = catchThrowableOfType(
                    PartialApplyException.class, () -> backend.osmo.apply(backend.osmo.plan(larger)));

            assertThat(failure).hasMessageContaining("InsufficientInstanceCapacity");
            assertThat(operations(backend)).doesNotContain("eks:DeleteNodegroup");
            assertThat(backend.aws().inventory()).anyMatch(line -> line.startsWith("node-group cpu 1.35 ACTIVE"));

            assertThat(EksBackend.ids(backend.osmo.plan(spec())))
                    .as("the edit is taken back")
                    .contains("DELETE node-group/cpu-g2")
                    .noneMatch(change -> change.contains("drain/"));
            backend.aws().faults().clear();
            assertThat(EksBackend.ids(backend.osmo.plan(larger)))
                    .contains("REPLACE node-group/cpu-g2", "DELETE node-group/cpu");
            backend.applied(larger);
            assertThat(groups(backend)).containsExactlyInAnyOrder("cpu-g2", "operator");
        }
    }

    @Test
    void a_pool_keeps_types_and_zones_that_the_spec_still_lists() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec(s -> s.network(n -> n.zones("us-west-2a", "us-west-2b"))));

            assertThat(backend.osmo
                            .plan(spec(s -> s.network(n -> n.zones("us-west-2a", "us-west-2b"))).toBuilder()
                                    .changePool("cpu", p -> p.instanceTypes("m7i.4xlarge", "m7i.2xlarge"))
                                    .build())
                            .changes())
                    .as("a type is added, in front")
                    .isEmpty();
            BackendSpec three = spec(s -> s.network(n -> n.zones("us-west-2a", "us-west-2b", "us-west-2c")));
            Plan plan = backend.osmo.plan(three);
            assertThat(EksBackend.ids(plan))
                    .as("a zone is added")
                    .contains("CREATE subnet/private-us-west-2c")
                    .noneMatch(change -> change.contains("node-group/"));
            backend.applied(three);

            BackendSpec moved = spec(s -> s.network(n -> n.zones("us-west-2b", "us-west-2c")));
            Plan dropped = backend.osmo.plan(moved);
            assertThat(EksBackend.ids(dropped))
                    .as("a zone that nodes are in is dropped")
                    .contains("CREATE node-group/cpu-g2", "DELETE node-group/cpu", "DELETE subnet/private-us-west-2a");
            assertThat(causes(dropped, "cpu"))
                    .hasSize(2)
                    .allMatch(cause -> cause.matches(
                            "node-group/cpu(-g2)? subnets: .us-west-2a subnet-\\S+, us-west-2b subnet-\\S+"
                                    + " -> .us-west-2b subnet-\\S+, us-west-2c subnet-\\S+"));
            backend.osmo.apply(dropped, ApplyOptions.defaults().allow(Disruption.OUTAGE));
            assertThat(backend.osmo.plan(moved).changes()).isEmpty();
            assertThat(groups(backend)).containsExactlyInAnyOrder("cpu-g2", "operator-g2");
        }
    }

    @Test
    void types_are_replaced_only_when_one_is_dropped() {
        try (EksBackend backend = new EksBackend()) {
            BackendSpec two = cpu(p -> p.instanceTypes("m7i.2xlarge", "m7i.4xlarge"));
            backend.applied(two);

            assertThat(backend.osmo
                            .plan(cpu(p -> p.instanceTypes("m7i.4xlarge", "m7i.2xlarge")))
                            .changes())
                    .isEmpty();
            BackendSpec one = cpu(p -> p.instanceTypes("m7i.4xlarge"));
            Plan plan = backend.osmo.plan(one);
            assertThat(EksBackend.ids(plan)).contains("CREATE node-group/cpu-g2");
            assertThat(causes(plan, "cpu"))
                    .containsExactlyInAnyOrder(
                            "node-group/cpu instanceTypes: [m7i.2xlarge, m7i.4xlarge] -> [m7i.4xlarge]",
                            "node-group/cpu-g2 instanceTypes: [m7i.2xlarge, m7i.4xlarge] -> [m7i.4xlarge]");
            backend.applied(one);
        }
    }

    @Test
    void recreate_says_outage_and_needs_to_be_allowed() {
        try (EksBackend backend = new EksBackend()) {
            BackendSpec before = cpu(p -> p.replacement(Replacement.RECREATE));
            backend.applied(before);
            BackendSpec after = cpu(p -> p.replacement(Replacement.RECREATE).spot(true));
            backend.aws().forgetCalls();

            Plan plan = backend.osmo.plan(after);
            assertThat(EksBackend.ids(plan)).contains("REPLACE node-group/cpu");
            assertThat(disruption(plan, "node-group/cpu")).isEqualTo(Disruption.OUTAGE);
            assertThatThrownBy(() -> backend.osmo.apply(plan)).isInstanceOf(DisruptionNotAllowedException.class);
            assertThat(operations(backend)).isEmpty();

            backend.osmo.apply(plan, ApplyOptions.defaults().allow(Disruption.OUTAGE));
            assertThat(operations(backend)).containsExactly("eks:DeleteNodegroup", "eks:CreateNodegroup");
            assertThat(backend.osmo.plan(after).changes()).isEmpty();
        }
    }

    @Test
    void a_replacement_that_was_cut_off_goes_on() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec());
            BackendSpec spot = cpu(p -> p.spot(true));
            backend.aws().faults().onCall("eks:DeleteNodegroup").crashAfter();
            assertThatThrownBy(() -> backend.osmo.apply(backend.osmo.plan(spot)))
                    .isInstanceOf(VirtualTime.SimulatedCrash.class);
            backend.aws().faults().clear();

            try (var next = backend.clouds.open()) {
                next.apply(next.plan(spot));
                assertThat(next.plan(spot).changes()).isEmpty();
            }
            assertThat(groups(backend)).containsExactlyInAnyOrder("cpu-g2", "operator");
        }
    }

    @Test
    void a_gpu_pool_moves_zone_by_zone() {
        try (EksBackend backend = new EksBackend()) {
            UnaryOperator<NodePoolBuilder> h100 =
                    p -> p.instanceType("p5.48xlarge").scale(1, 2);
            backend.applied(spec(s -> s.gpuPool("h100", p -> h100.apply(p).zones("us-west-2a"))));
            BackendSpec moved = spec(s -> s.gpuPool("h100", p -> h100.apply(p).zones("us-west-2b")));

            Plan plan = backend.osmo.plan(moved);

            assertThat(EksBackend.ids(plan))
                    .contains("CREATE node-group/h100-us-west-2b", "DELETE node-group/h100-us-west-2a");
            assertThat(disruption(plan, "node-group/h100-us-west-2a")).isEqualTo(Disruption.ROLLING);
            backend.applied(moved);
            BackendSpec spot =
                    moved.toBuilder().changePool("h100", p -> p.spot(true)).build();
            backend.applied(spot);
            assertThat(groups(backend)).contains("h100-us-west-2b-g2").doesNotContain("h100-us-west-2b");
        }
    }

    @Test
    void a_removed_pool_and_a_maximum_below_the_running_nodes_end_work() {
        try (EksBackend backend = new EksBackend()) {
            BackendSpec two = cpu(p -> p.scale(2, 4));
            backend.applied(two);

            Plan fewer = backend.osmo.plan(cpu(p -> p.scale(1, 1)));
            assertThat(disruption(fewer, "node-group/cpu")).isEqualTo(Disruption.OUTAGE);
            assertThat(disruption(backend.osmo.plan(cpu(p -> p.scale(1, 2))), "node-group/cpu"))
                    .isEqualTo(Disruption.NONE);
            BackendSpec none = BackendSpec.builder(NAME)
                    .on("aws", REGION)
                    .deletionProtection(false)
                    .computePool("other", p -> p.instanceType("m7i.2xlarge").scale(1, 2))
                    .build();
            assertThat(disruption(backend.osmo.plan(none), "node-group/cpu")).isEqualTo(Disruption.OUTAGE);
            assertThatThrownBy(() -> backend.osmo.apply(fewer)).isInstanceOf(DisruptionNotAllowedException.class);
        }
    }

    @Test
    void a_roll_evicts_within_budgets_and_fails_where_one_blocks() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(cpu(p -> p.scale(2, 4).label("pool", "cpu")));
            EmulatedWorkload work = backend.aws()
                    .cluster(REGION, NAME)
                    .workload("train")
                    .replicas(2)
                    .on("pool", "cpu")
                    .minAvailable("2");
            work.start();
            backend.clouds.time().advance(Duration.ofMinutes(2));
            BackendSpec larger = cpu(p -> p.scale(2, 4).label("pool", "cpu").diskGib(300));

            assertThat(catchThrowableOfType(
                            PartialApplyException.class, () -> backend.osmo.apply(backend.osmo.plan(larger))))
                    .hasMessageContaining("PodEvictionFailure")
                    .hasMessageContaining("Remove the pods that a disruption budget or a finalizer keeps");
            assertThat(work.ready()).isEqualTo(2);

            work.minAvailable("1").start();
            backend.applied(larger);

            backend.clouds.time().advance(Duration.ofMinutes(2));
            assertThat(work.ready()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"subnet/private-us-west-2b", "subnet/public-us-west-2b"})
    void subnets_that_lost_their_tags_cost_no_node(String subnet) {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec());
            backend.untag(subnet);
            backend.aws().forgetCalls();

            assertThatThrownBy(() -> backend.osmo.plan(spec()))
                    .isInstanceOf(OwnershipConflictException.class)
                    .hasMessageContaining(subnet);

            assertThat(operations(backend)).isEmpty();
            assertThat(groups(backend)).containsExactlyInAnyOrder("cpu", "operator");
        }
    }

    /** EC2 would refuse a second one of each in the middle of an apply. */
    @Test
    void parts_of_the_network_that_lost_their_tags_are_refused_by_the_plan() {
        BackendSpec spec = EksBackend.spec(s -> s.network(n -> n.privateServiceEndpoints(true)));
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec);
            String[] parts = {
                "internet-gateway/main",
                "nat-gateway/us-west-2a",
                "vpc-endpoint/s3",
                "vpc-endpoint/sts",
                "security-group/endpoints"
            };
            for (String part : parts) {
                backend.untag(part);
            }

            assertThatThrownBy(() -> backend.osmo.plan(spec))
                    .isInstanceOf(OwnershipConflictException.class)
                    .hasMessageContainingAll(parts);
        }
    }

    /** Somebody puts the tags back while a plan reads: the object that is in the place of the missing one is ours after all. */
    @Test
    void a_part_that_gets_its_tags_back_while_a_plan_reads_is_ours() {
        AtomicReference<Runnable> putBack = new AtomicReference<>(() -> {});
        CallInspector before = call -> {
            if (call.request() instanceof DescribeInternetGatewaysRequest request
                    && request.filters().stream()
                            .anyMatch(filter -> filter.name().equals("attachment.vpc-id"))) {
                putBack.getAndSet(() -> {}).run();
            }
        };
        try (EksBackend backend = new EksBackend(account -> account.inspector(before))) {
            backend.applied(spec());
            String id = backend.id("internet-gateway/main");
            List<Tag> tags = tags(backend, id);
            backend.untag("internet-gateway/main");
            putBack.set(() ->
                    backend.clients().ec2().createTags(r -> r.resources(id).tags(tags)));

            assertThat(backend.osmo.plan(spec()).changes()).isEmpty();

            assertThat(tags(backend, id)).as("put back").isEqualTo(tags);
        }
    }

    private static List<Tag> tags(EksBackend backend, String id) {
        return backend
                .clients()
                .ec2()
                .describeTags(r -> r.filters(f -> f.name("resource-id").values(id)))
                .tags()
                .stream()
                .map(tag -> Tag.builder().key(tag.key()).value(tag.value()).build())
                .toList();
    }
}
