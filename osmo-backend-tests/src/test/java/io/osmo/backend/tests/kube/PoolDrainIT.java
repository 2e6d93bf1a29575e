// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.policy.v1beta1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.kubernetes.ClusterSide;
import io.osmo.backend.kubernetes.PoolDrain;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.tests.services.KubeApiServer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A drain by a user who has no rights but those that {@link PoolDrain} names. The test is scheduler, kubelet and the controller of
 * budgets.
 */
class PoolDrainIT {
    @RegisterExtension
    static final KubeApiServer SERVER = KubeApiServer.shared();

    private static final String RIGHTS = """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: drains}
            rules:
            - {apiGroups: [''], resources: [nodes], verbs: [list, patch]}
            - {apiGroups: [''], resources: [pods], verbs: [list]}
            - {apiGroups: [''], resources: [pods/eviction], verbs: [create]}
            - {apiGroups: [policy], resources: [poddisruptionbudgets], verbs: [list]}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: drains}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: drains}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: stranger}]
            """;

    private KubernetesClient admin;
    private OldPolicyApi api;
    private ClusterSide side;

    @BeforeEach
    void prepare() {
        admin = SERVER.admin();
        api = new OldPolicyApi(SERVER.stranger());
        side = ClusterSide.open(VirtualTime.create(), state -> Optional.of(api.access()));
        create(node("drained-1"));
        create(node("drained-2"));
        create(RIGHTS);
    }

    @AfterEach
    void cleanUp() {
        side.close();
        api.close();
        admin.pods().inNamespace("default").withGracePeriod(0).delete();
        admin.policy().v1beta1().podDisruptionBudget().inNamespace("default").delete();
        admin.nodes().withLabel("pool", "drained").delete();
        admin.rbac().clusterRoleBindings().withName("drains").delete();
        admin.rbac().clusterRoles().withName("drains").delete();
        admin.close();
    }

    private void create(String yaml) {
        admin.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(item -> admin.resource(item).create());
    }

    private static String node(String name) {
        return """
                apiVersion: v1
                kind: Node
                metadata: {name: %s, labels: {pool: drained}}
                """.formatted(name);
    }

    /** A pod that runs and is ready. */
    private void run(String name, String node, String owner) {
        String owners = owner.isEmpty()
                ? ""
                : ", ownerReferences: [{apiVersion: apps/v1, kind: " + owner + ", name: o, uid: o, controller: true}]";
        create("""
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, namespace: default, labels: {app: web}%s}
                spec: {nodeName: %s, containers: [{name: main, image: registry.example.com/web}]}
                """.formatted(name, owners, node));
        status(name, "Running", "True");
    }

    private void status(String name, String phase, String ready) {
        admin.pods()
                .inNamespace("default")
                .withName(name)
                .editStatus(pod -> new PodBuilder(pod)
                        .withNewStatus()
                        .withPhase(phase)
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus(ready)
                        .endCondition()
                        .endStatus()
                        .build());
    }

    /** As the kubelet does when the containers of a pod have ended. */
    private void end(String name) {
        admin.pods().inNamespace("default").withName(name).withGracePeriod(0).delete();
    }

    private void budget() {
        create("""
                apiVersion: policy/v1beta1
                kind: PodDisruptionBudget
                metadata: {name: web, namespace: default}
                spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
                """);
    }

    private void allow(int disruptions) {
        admin.policy()
                .v1beta1()
                .podDisruptionBudget()
                .inNamespace("default")
                .withName("web")
                .editStatus(budget -> new PodDisruptionBudgetBuilder(budget)
                        .editOrNewStatus()
                        .withObservedGeneration(budget.getMetadata().getGeneration())
                        .withDisruptionsAllowed(disruptions)
                        .withCurrentHealthy(1 + disruptions)
                        .withDesiredHealthy(1)
                        .withExpectedPods(3)
                        .endStatus()
                        .build());
    }

    private Deletable<?> drain() {
        return side.drain(
                PoolDrain.of("drained", "pool=drained", Set.of(ResourceId.of("pool", "drained"))),
                ResourceId.of("cluster", "main"));
    }

    private Pod pod(String name) {
        return admin.pods().inNamespace("default").withName(name).get();
    }

    private static <O> Optional<Readiness> left(Deletable<O> drain) {
        return drain.read(Convergence.NOTHING_KNOWN).map(drain::readiness);
    }

    private static <O> void pass(Deletable<O> drain) {
        drain.delete(drain.read(Convergence.NOTHING_KNOWN).orElseThrow(), Convergence.NOTHING_KNOWN);
    }

    /** A pass on what was read before something has changed. */
    private static <O> void passAfter(Deletable<O> drain, Runnable change) {
        O seen = drain.read(Convergence.NOTHING_KNOWN).orElseThrow();
        change.run();
        drain.delete(seen, Convergence.NOTHING_KNOWN);
    }

    @Test
    void nodes_are_cordoned_and_pods_evicted_as_their_budget_allows() {
        run("web-1", "drained-1", "ReplicaSet");
        run("web-2", "drained-2", "ReplicaSet");
        run("agent", "drained-1", "DaemonSet");
        run("wf", "drained-2", "");
        budget();
        allow(0);
        Deletable<?> drain = drain();

        assertThat(left(drain))
                .contains(
                        Readiness.pending(
                                "3 of 3 pods left on 2 nodes; 2 of 2 nodes not cordoned yet; 2 wait for budget"
                                        + " default/web: default/web-1, default/web-2; 1 pod without controller runs on: default/wf"));
        pass(drain);
        assertThat(admin.nodes()
                        .withLabel("pool", "drained")
                        .withLabel(PoolDrain.CORDONED, "true")
                        .list()
                        .getItems())
                .hasSize(2)
                .extracting(Node::getSpec)
                .allMatch(spec -> Boolean.TRUE.equals(spec.getUnschedulable()));
        assertThat(api.evictions()).isEmpty();
        assertThat(left(drain))
                .contains(new Readiness(
                        Readiness.Status.DELETING,
                        "3 of 3 pods left on 2 nodes; 2 wait for budget default/web: default/web-1, default/web-2;"
                                + " 1 pod without controller runs on: default/wf"));

        allow(1);
        pass(drain);
        assertThat(api.evictions()).containsExactly("201");
        assertThat(pod("web-1").getMetadata().getDeletionTimestamp()).isNotNull();
        assertThat(left(drain).orElseThrow().reason())
                .isEqualTo("3 of 3 pods left on 2 nodes; 1 waits for budget default/web: default/web-2; 1 pod without"
                        + " controller runs on: default/wf; 1 is ending");

        end("web-1");
        allow(1);
        pass(drain);
        end("web-2");
        status("wf", "Succeeded", "False");
        assertThat(left(drain)).isEmpty();
        assertThat(pod("agent").getMetadata().getDeletionTimestamp()).isNull();
    }

    @Test
    void what_has_changed_since_it_was_read_is_no_failure() {
        run("web-1", "drained-1", "ReplicaSet");
        run("web-2", "drained-2", "ReplicaSet");
        budget();
        allow(2);
        Deletable<?> drain = drain();

        passAfter(drain, () -> allow(0));
        assertThat(api.evictions()).containsExactly("429", "429");
        assertThat(pod("web-1").getMetadata().getDeletionTimestamp()).isNull();

        allow(2);
        passAfter(drain, () -> {
            end("web-1");
            end("web-2");
            run("web-2", "drained-2", "ReplicaSet");
        });
        assertThat(api.evictions().subList(2, 4)).containsExactly("404", "409");
        assertThat(pod("web-2").getMetadata().getDeletionTimestamp())
                .as("the successor of the same name")
                .isNull();
    }

    @Test
    void a_missing_right_is_named() {
        admin.rbac().clusterRoles().withName("drains").edit(role -> {
            role.getRules().remove(2);
            return role;
        });
        run("web-1", "drained-1", "ReplicaSet");
        Deletable<?> drain = drain();

        assertThatThrownBy(() -> pass(drain))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.error()).isEqualTo(CloudError.NOT_AUTHORIZED))
                .hasMessageContaining("pods/eviction");
    }
}
