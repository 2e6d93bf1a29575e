// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.osmo.backend.kubernetes.KubernetesClients;
import io.osmo.backend.spi.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmulatedWorkloadTest {
    private final VirtualTime time = VirtualTime.create();
    private final EmulatedClusters clusters = new EmulatedClusters(time, () -> {});
    private EmulatedCluster cluster;
    private KubernetesClient client;

    @BeforeEach
    void open() {
        cluster = clusters.create("c", Distribution.EKS, "1.35.3");
        client = KubernetesClients.open(cluster.access());
        addNode("a", 110);
        addNode("b", 110);
    }

    @AfterEach
    void close() {
        client.close();
        clusters.close();
    }

    private EmulatedNode addNode(String name, int maxPods) {
        EmulatedNode node = new EmulatedNode(
                name,
                "aws:///us-west-2a/" + name,
                new EmulatedNode.Place("us-west-2", "us-west-2a", "10.0.0.1"),
                new EmulatedNode.Machine("m7i.large", "amd64", 2, 8, 100, 0),
                new NodeImage("Amazon Linux 2023", "6.12.0", "containerd://2.2.4"),
                new EmulatedNode.Kubelet("v1.35.3", maxPods),
                Map.of("pool", name),
                List.of(),
                false);
        cluster.addNode(node);
        return node;
    }

    private void pass(long seconds) {
        time.advance(Duration.ofSeconds(seconds));
    }

    private void cordon(String node) {
        client.nodes()
                .withName(node)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"unschedulable\":true}}");
    }

    private void evict(String pod, UnaryOperator<DeleteOptionsBuilder> options) {
        client.adapt(NamespacedKubernetesClient.class)
                .withRequestConfig(
                        new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                                .withRequestRetryBackoffLimit(0)
                                .build())
                .call(c -> c.raw(
                        "/api/v1/namespaces/default/pods/" + pod + "/eviction",
                        "POST",
                        new EvictionBuilder()
                                .withNewMetadata()
                                .withName(pod)
                                .withNamespace("default")
                                .endMetadata()
                                .withDeleteOptions(options.apply(new DeleteOptionsBuilder())
                                        .build())
                                .build()));
    }

    private void evict(String pod) {
        evict(pod, o -> o);
    }

    private Pod pod(String name) {
        return client.pods().inNamespace("default").withName(name).get();
    }

    private PodDisruptionBudgetStatus budget(String name) {
        return client.policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace("default")
                .withName(name)
                .get()
                .getStatus();
    }

    private static String first(EmulatedWorkload workload) {
        return workload.nodes().firstKey();
    }

    @Test
    void pods_spread_over_nodes_and_are_ready_a_while_later() {
        EmulatedWorkload web = cluster.workload("web").replicas(4).start();

        assertThat(web.nodes().values()).containsExactlyInAnyOrder("a", "a", "b", "b");
        assertThat(web.ready()).isZero();
        pass(10);
        assertThat(web.ready()).isEqualTo(4);
        assertThat(client.apps()
                        .deployments()
                        .inNamespace("default")
                        .withName("web")
                        .get()
                        .getStatus()
                        .getReadyReplicas())
                .isEqualTo(4);
    }

    @Test
    void an_evicted_pod_ends_and_is_replaced_on_a_node_that_takes_pods() {
        EmulatedWorkload web = cluster.workload("web").replicas(2).start();
        pass(10);
        cordon("a");
        String evicted = web.nodes().entrySet().stream()
                .filter(e -> e.getValue().equals("a"))
                .findFirst()
                .orElseThrow()
                .getKey();

        evict(evicted);

        assertThat(pod(evicted).getMetadata().getDeletionTimestamp()).isEqualTo("2026-01-01T00:00:40Z");
        assertThat(web.nodes()).hasSize(3);
        assertThat(web.ready()).isEqualTo(1);
        pass(5);
        assertThat(web.nodes().values()).containsExactly("b", "b");
        pass(5);
        assertThat(web.ready()).isEqualTo(2);
        assertThat(web.lowestReady()).isEqualTo(1);
    }

    @Test
    void a_pod_without_room_waits_for_a_node() {
        cluster.removeNode("b");
        EmulatedWorkload web =
                cluster.workload("web").replicas(3).requests(0.9, 0).start();

        assertThat(web.nodes().values()).containsExactly("a", "a", "");
        addNode("c", 110);
        assertThat(web.nodes().values()).containsExactly("a", "a", "c");
    }

    @Test
    void a_pod_of_a_stateful_set_comes_back_under_its_name_once_it_is_gone() {
        EmulatedWorkload store = cluster.workload("store").statefulSet().start();
        pass(10);
        String before = pod("store-0").getMetadata().getUid();

        evict("store-0");
        pass(4);
        assertThat(pod("store-0").getMetadata().getUid()).isEqualTo(before);
        pass(2);
        assertThat(pod("store-0").getMetadata().getUid()).isNotEqualTo(before);
        assertThatThrownBy(() -> evict(
                        "store-0", o -> o.withNewPreconditions().withUid(before).endPreconditions()))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(409));
        pass(10);
        assertThat(store.ready()).isEqualTo(1);
    }

    @Test
    void pods_without_a_controller_do_not_come_back_and_succeed_in_their_time() {
        EmulatedWorkload wf = cluster.workload("wf")
                .bare()
                .replicas(2)
                .runsFor(Duration.ofMinutes(5))
                .start();
        pass(10);

        evict("wf-1");
        pass(60);
        assertThat(wf.nodes()).containsOnlyKeys("wf-2");
        pass(300);
        assertThat(wf.nodes()).isEmpty();
        assertThat(pod("wf-2").getStatus().getPhase()).isEqualTo("Succeeded");
    }

    @Test
    void pods_go_with_their_node_and_a_daemon_set_follows_the_nodes() {
        EmulatedWorkload agent = cluster.workload("agent").daemonSet().start();
        EmulatedWorkload wf = cluster.workload("wf").bare().on("pool", "a").start();
        cordon("b");
        addNode("c", 110);
        pass(10);
        assertThat(agent.nodes().values()).containsExactly("a", "b", "c");

        client.nodes().withName("a").delete();

        assertThat(agent.nodes().values()).containsExactly("b", "c");
        assertThat(wf.nodes()).isEmpty();
    }

    @Test
    void a_node_keeps_its_cordon_until_its_machine_is_installed_anew() {
        EmulatedNode a = cluster.nodes().get(0);
        cordon("a");
        client.nodes()
                .withName("a")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"labels\":{\"mine\":\"true\"}}}");
        cluster.addNode(a);
        cluster.installDevicePlugin();
        assertThat(client.nodes().withName("a").get().getSpec().getUnschedulable())
                .isTrue();
        assertThat(client.nodes().withName("a").get().getMetadata().getLabels()).containsEntry("mine", "true");

        cluster.addNode(new EmulatedNode(
                a.name(),
                a.providerId(),
                a.place(),
                a.machine(),
                a.image(),
                new EmulatedNode.Kubelet("v1.36.0", 110),
                a.labels(),
                a.taints(),
                false));
        assertThat(client.nodes().withName("a").get().getSpec().getUnschedulable())
                .isNull();
    }

    @Test
    void pods_on_a_lost_node_never_end() {
        EmulatedWorkload web = cluster.workload("web").on("pool", "a").start();
        pass(10);
        String pod = first(web);
        cluster.loseNode("a");

        evict(pod);
        pass(600);

        assertThat(web.nodes()).containsEntry(pod, "a").containsValue("");
        addNode("a", 110);
        assertThat(web.nodes()).doesNotContainKey(pod).containsValue("a");
    }

    @ParameterizedTest
    @CsvSource({
        // field, value, replicas, ready, desired, allowed
        "minAvailable, 5, 6, 6, 5, 1",
        "minAvailable, 5, 6, 4, 5, 0",
        "minAvailable, 50%, 5, 5, 3, 2",
        "minAvailable, 100%, 3, 3, 3, 0",
        "maxUnavailable, 1, 3, 3, 2, 1",
        "maxUnavailable, 1, 3, 2, 2, 0",
        "maxUnavailable, 30%, 5, 5, 3, 2",
        "maxUnavailable, 0, 3, 3, 3, 0",
    })
    void a_budget_allows_what_is_healthy_beyond_what_must_be(
            String field, String value, int replicas, int ready, int desired, int allowed) {
        cluster.removeNode("b");
        cluster.removeNode("a");
        addNode("small", ready);
        EmulatedWorkload web = cluster.workload("web").replicas(replicas);
        (field.equals("minAvailable") ? web.minAvailable(value) : web.maxUnavailable(value)).start();
        pass(10);

        PodDisruptionBudgetStatus status = budget("web");
        assertThat(status.getExpectedPods()).isEqualTo(replicas);
        assertThat(status.getCurrentHealthy()).isEqualTo(ready);
        assertThat(status.getDesiredHealthy()).isEqualTo(desired);
        assertThat(status.getDisruptionsAllowed()).isEqualTo(allowed);
    }

    @Test
    void a_budget_that_is_used_up_refuses_with_its_cause() {
        EmulatedWorkload web =
                cluster.workload("web").replicas(2).minAvailable("1").start();
        pass(10);
        List<String> pods = List.copyOf(web.nodes().keySet());
        evict(pods.get(0));

        assertThat(budget("web").getDisruptionsAllowed()).isZero();
        assertThatThrownBy(() -> evict(pods.get(1))).isInstanceOfSatisfying(KubernetesClientException.class, e -> {
            assertThat(e.getCode()).isEqualTo(429);
            assertThat(e.getStatus().getReason()).isEqualTo("TooManyRequests");
            assertThat(e.getStatus().getDetails().getCauses()).singleElement().satisfies(cause -> {
                assertThat(cause.getReason()).isEqualTo("DisruptionBudget");
                assertThat(cause.getMessage())
                        .isEqualTo("The disruption budget web needs 1 healthy pods and has 1 currently");
            });
        });
        pass(15);
        evict(pods.get(1));
    }

    @Test
    void a_dry_run_evicts_nothing() {
        EmulatedWorkload web = cluster.workload("web").minAvailable("0").start();
        pass(10);

        evict(first(web), o -> o.withDryRun("All"));

        assertThat(web.ready()).isEqualTo(1);
    }

    @Test
    void a_pod_of_two_budgets_is_refused_and_one_that_has_not_started_is_not() {
        EmulatedWorkload web =
                cluster.workload("web").replicas(2).maxUnavailable("1").start();
        cluster.put(Map.of(
                "apiVersion",
                "policy/v1",
                "kind",
                "PodDisruptionBudget",
                "metadata",
                Map.of("name", "all", "namespace", "default"),
                "spec",
                Map.of("maxUnavailable", 1, "selector", Map.of())));
        evict(first(web));
        pass(30);

        assertThatThrownBy(() -> evict(first(web)))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(500))
                .hasMessageContaining("more than one PodDisruptionBudget");
    }

    @Test
    void the_right_to_evict_is_a_right_of_its_own() {
        EmulatedWorkload web = cluster.workload("web").start();
        pass(10);
        cluster.deny("create", "pods/eviction");

        assertThatThrownBy(() -> evict(first(web)))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(403))
                .hasMessageContaining("pods/eviction");
        assertThat(client.authorization()
                        .v1()
                        .selfSubjectAccessReview()
                        .create(new SelfSubjectAccessReviewBuilder()
                                .withNewSpec()
                                .withNewResourceAttributes()
                                .withVerb("create")
                                .withResource("pods")
                                .withSubresource("eviction")
                                .endResourceAttributes()
                                .endSpec()
                                .build())
                        .getStatus()
                        .getAllowed())
                .isFalse();
    }

    @Test
    void a_workload_can_be_changed_and_goes_with_what_owns_it() {
        EmulatedWorkload web = cluster.workload("web").replicas(3).start();
        pass(10);
        web.replicas(1).start();
        pass(10);
        assertThat(web.nodes()).hasSize(1);

        client.apps().deployments().inNamespace("default").withName("web").delete();

        assertThat(web.nodes()).isEmpty();
        assertThat(cluster.list("ReplicaSet")).isEmpty();
        pass(60);
        assertThat(cluster.list("Pod")).isEmpty();
    }

    @Test
    void pods_of_clients_that_run_stay_on_a_node_that_is_cordoned() {
        cluster.runPods(request -> new PodEnd.Running());
        pass(10);
        client.pods()
                .inNamespace("default")
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("probe")
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("main")
                        .withImage("busybox")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
        String node = pod("probe").getSpec().getNodeName();
        cordon(node);
        pass(10);

        assertThat(pod("probe").getSpec().getNodeName()).isEqualTo(node);
        assertThat(pod("probe").getStatus().getPhase()).isEqualTo("Running");
        evict("probe");
        pass(10);
        assertThat(pod("probe")).isNull();
    }
}
