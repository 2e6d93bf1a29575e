// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.aws;

import static io.osmo.backend.tests.aws.EksBackend.REGION;
import static io.osmo.backend.tests.aws.EksBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.ApplyOptions;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.aws.SupportType;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodeImages;
import io.osmo.backend.testkit.fault.Call;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** EKS upgrades one minor version at a time, the control plane before the nodes. */
class EksUpgradeTest {
    private static BackendSpec at(String version) {
        return spec(s -> s.kubernetesVersion(version)
                .settings(
                        EksSettings.builder().supportType(SupportType.EXTENDED).build()));
    }

    private static List<String> upgrades(EksBackend backend) {
        return backend.aws().calls().stream()
                .map(Call::operation)
                .filter(o -> o.equals("eks:UpdateClusterVersion") || o.equals("eks:UpdateNodegroupVersion"))
                .toList();
    }

    private static List<String> versions(EksBackend backend) {
        return backend.aws().inventory().stream()
                .filter(line -> line.startsWith("cluster ") || line.startsWith("node-group "))
                .map(line -> line.split(" ")[1] + " " + line.split(" ")[2])
                .toList();
    }

    private static String image(EksBackend backend) {
        return backend.aws().cluster(REGION, EksBackend.NAME).json("Deployment", "kube-system", "cluster-autoscaler");
    }

    @Test
    void one_minor_version_with_the_nodes_following() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(at("1.34"));
            assertThat(image(backend)).contains("registry.k8s.io/autoscaling/cluster-autoscaler:v1.34.");

            backend.applied(at("1.35"));

            assertThat(versions(backend)).containsExactly("train-west 1.35", "cpu 1.35", "operator 1.35");
            assertThat(upgrades(backend).get(0)).isEqualTo("eks:UpdateClusterVersion");
            assertThat(upgrades(backend)).hasSize(3);
            assertThat(image(backend)).contains("registry.k8s.io/autoscaling/cluster-autoscaler:v1.35.");
        }
    }

    @Test
    void two_minor_versions_in_one_plan_step_by_step() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(at("1.33"));

            backend.applied(at("1.35"));

            assertThat(versions(backend)).containsExactly("train-west 1.35", "cpu 1.35", "operator 1.35");
            assertThat(upgrades(backend))
                    .containsExactly(
                            "eks:UpdateClusterVersion",
                            "eks:UpdateNodegroupVersion",
                            "eks:UpdateNodegroupVersion",
                            "eks:UpdateClusterVersion",
                            "eks:UpdateNodegroupVersion",
                            "eks:UpdateNodegroupVersion");
        }
    }

    @Test
    void an_upgrade_that_was_cut_off_goes_on() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(at("1.33"));
            backend.aws().faults().onCall("eks:UpdateNodegroupVersion").nth(2).crashBefore();
            assertThatThrownBy(() -> backend.osmo.apply(backend.osmo.plan(at("1.35"))))
                    .isInstanceOf(io.osmo.backend.spi.VirtualTime.SimulatedCrash.class);
            backend.aws().faults().clear();

            try (var next = backend.clouds.open()) {
                next.apply(next.plan(at("1.35")));
                assertThat(next.plan(at("1.35")).changes()).isEmpty();
            }

            assertThat(versions(backend)).containsExactly("train-west 1.35", "cpu 1.35", "operator 1.35");
        }
    }

    @Test
    void a_cluster_that_is_ahead_of_the_spec_is_a_warning_and_the_rest_goes_on() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(at("1.34"));
            backend.clients()
                    .eks()
                    .updateClusterVersion(r -> r.name(EksBackend.NAME).version("1.35"));
            backend.clouds.time().advance(Duration.ofMinutes(20));
            BackendSpec scaled =
                    at("1.34").toBuilder().changePool("cpu", p -> p.scale(1, 5)).build();

            Plan plan = backend.osmo.plan(scaled);

            assertThat(plan.warnings())
                    .anyMatch(text -> text.contains("1.35") && text.contains("newer than 1.34 of the spec"));
            assertThat(EksBackend.ids(plan)).contains("UPDATE node-group/cpu").noneMatch(id -> id.contains("eks-"));
            backend.applied(scaled);
            assertThat(versions(backend)).containsExactly("train-west 1.35", "cpu 1.34", "operator 1.34");
        }
    }

    @Test
    void an_upgrade_and_another_machine_type_in_one_apply() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(at("1.33"));
            BackendSpec both = at("1.35").toBuilder()
                    .changePool("cpu", p -> p.instanceTypes("m7i.4xlarge"))
                    .build();

            backend.applied(both);

            assertThat(versions(backend)).containsExactly("train-west 1.35", "cpu-g2 1.35", "operator 1.35");
        }
    }

    @Test
    void newer_images_are_told_and_rolled_on_request() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(at("1.35"));
            backend.aws().publishNodeImages("20261201");
            backend.clouds.time().advance(Duration.ofHours(2));

            Plan kept = backend.osmo.plan(at("1.35"));
            assertThat(kept.changes()).isEmpty();
            assertThat(kept.warnings()).anyMatch(text -> text.contains("cpu") && text.contains("20261201"));

            BackendSpec latest =
                    at("1.35").toBuilder().nodeImages(NodeImages.LATEST).build();
            Plan rolled = backend.osmo.plan(latest);
            assertThat(EksBackend.ids(rolled))
                    .containsExactlyInAnyOrder("UPDATE node-group/cpu", "UPDATE node-group/operator");
            assertThat(rolled.changes()).allMatch(change -> change.disruption() == Disruption.ROLLING);
            backend.applied(latest);
            assertThat(backend.osmo.plan(at("1.35")).warnings()).noneMatch(text -> text.contains("image"));
        }
    }

    @Test
    void a_tag_costs_no_node_and_a_disk_rolls_them() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(at("1.35"));
            List<String> nodes = nodes(backend);
            BackendSpec tagged = at("1.35").toBuilder().tag("team", "robots").build();
            assertThat(backend.osmo.plan(tagged).changes())
                    .isNotEmpty()
                    .allMatch(change -> change.disruption() == Disruption.NONE);
            backend.applied(tagged);
            assertThat(nodes(backend)).isEqualTo(nodes);

            BackendSpec larger = tagged.toBuilder()
                    .changePool("cpu", p -> p.diskGib(300).scale(3, 6))
                    .build();
            backend.applied(
                    tagged.toBuilder().changePool("cpu", p -> p.scale(3, 6)).build());
            Plan plan = backend.osmo.plan(larger);
            assertThat(plan.changes())
                    .filteredOn(change -> change.resource().toString().equals("node-group/cpu"))
                    .singleElement()
                    .satisfies(change -> {
                        assertThat(change.disruption()).isEqualTo(Disruption.ROLLING);
                        assertThat(change.estimate()).isGreaterThanOrEqualTo(Duration.ofMinutes(12));
                    });
            backend.applied(larger);
            assertThat(nodes(backend)).doesNotContainAnyElementsOf(nodes.subList(0, 1));
        }
    }

    private static List<String> nodes(EksBackend backend) {
        return backend
                .clients()
                .ec2()
                .describeInstances(r -> r.filters(f -> f.name("instance-type").values("m7i.2xlarge")))
                .reservations()
                .stream()
                .flatMap(reservation -> reservation.instances().stream())
                .map(instance -> instance.instanceId())
                .toList();
    }

    @Test
    void an_upgrade_together_with_a_removed_pool_converges_in_one_apply() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(at("1.34").toBuilder()
                    .computePool("old", p -> p.instanceType("m7i.2xlarge").scale(1, 2))
                    .build());
            BackendSpec after = at("1.35").toBuilder()
                    .tag("team", "robots")
                    .computePool("new", p -> p.instanceType("m7i.2xlarge").scale(1, 2))
                    .build();

            Plan plan = backend.osmo.plan(after);
            assertThat(plan.changes())
                    .filteredOn(change -> change.resource().toString().equals("node-group/cpu"))
                    .singleElement()
                    .satisfies(change -> assertThat(change.disruption()).isEqualTo(Disruption.ROLLING));
            backend.osmo.apply(plan, ApplyOptions.defaults().allow(Disruption.OUTAGE));

            assertThat(backend.osmo.plan(after).changes()).isEmpty();
            assertThat(versions(backend)).containsExactly("train-west 1.35", "cpu 1.35", "new 1.35", "operator 1.35");
        }
    }
}
