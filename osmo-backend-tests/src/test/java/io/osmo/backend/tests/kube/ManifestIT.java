// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.kubernetes.ClusterSide;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.tests.services.KubeApiServer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ManifestIT {
    @RegisterExtension
    static final KubeApiServer SERVER = KubeApiServer.shared();

    private static final AtomicInteger TESTS = new AtomicInteger();

    /** Names the protocol of each port: v1.20 knows no default for this part of the key of a list. */
    private static final String MANIFEST = """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: NAME, namespace: default}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: NAME}
            rules:
            - apiGroups: [""]
              resources: [pods, nodes]
              verbs: [get, list, watch]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: NAME}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: NAME}
            subjects:
            - {kind: ServiceAccount, name: NAME, namespace: default}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: NAME, namespace: default}
            data: {a.b: "1"}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: NAME, namespace: default}
            spec:
              selector: {app: NAME}
              ports: [{port: 80, protocol: TCP}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: NAME, namespace: default}
            spec:
              replicas: 1
              selector: {matchLabels: {app: NAME}}
              template:
                metadata: {labels: {app: NAME}}
                spec:
                  tolerations: [{key: osmo, operator: Exists}]
                  volumes: [{name: scratch, emptyDir: {}}]
                  containers:
                  - name: main
                    image: registry.example.com/autoscaler:1
                    env: [{name: A, value: "1"}]
                    ports: [{containerPort: 8085, protocol: TCP}]
                    volumeMounts: [{name: scratch, mountPath: /scratch}]
                    resources:
                      requests: {cpu: "0.1", memory: 1024Mi}
                      limits: {cpu: 1000m, memory: 1Gi}
            """;

    private final String name = "manifest-" + TESTS.incrementAndGet();
    private final BackendRef ref = new BackendRef("aws", "us-west-2", name);
    private final VirtualTime time = VirtualTime.create();
    private KubernetesClient admin;
    private ClusterSide side;

    @BeforeEach
    void connect() {
        admin = SERVER.admin();
        side = ClusterSide.open(time, state -> Optional.of(SERVER.access()));
    }

    @AfterEach
    void disconnect() {
        side.close();
        admin.close();
    }

    private List<Resource<?>> manifests(String yaml) {
        List<HasMetadata> objects = admin.load(
                        new ByteArrayInputStream(yaml.replace("NAME", name).getBytes(StandardCharsets.UTF_8)))
                .items();
        return side.manifests(ref, objects, Set.of());
    }

    private Map<ResourceId, Observed<?>> observe() throws Exception {
        return time.await(side.observe(SERVER.access(), ref, Optional.empty()), Duration.ofMinutes(1));
    }

    private Deployment deployment() {
        return admin.apps().deployments().inNamespace("default").withName(name).get();
    }

    @Test
    void a_second_apply_changes_nothing_although_the_server_fills_in_defaults() throws Exception {
        assertThat(Convergence.of(manifests(MANIFEST))).hasSize(6).allMatch(effect -> effect.startsWith("create"));
        String version = deployment().getMetadata().getResourceVersion();

        assertThat(Convergence.diff(manifests(MANIFEST), observe())).isEmpty();
        assertThat(Convergence.of(manifests(MANIFEST))).isEmpty();
        assertThat(deployment().getMetadata().getResourceVersion()).isEqualTo(version);
    }

    @Test
    void a_changed_image_is_one_update_of_that_field() throws Exception {
        Convergence.of(manifests(MANIFEST));
        List<Resource<?>> newer = manifests(MANIFEST.replace("autoscaler:1", "autoscaler:2"));

        assertThat(Convergence.diff(newer, observe()))
                .containsExactly("IN_PLACE manifest/deployment/default/" + name
                        + " spec.template.spec.containers[name=main].image: registry.example.com/autoscaler:1"
                        + " -> registry.example.com/autoscaler:2");
        assertThat(Convergence.of(newer)).containsExactly("update manifest/deployment/default/" + name);
    }

    @Test
    void a_deployment_is_pending_until_it_is_rolled_out() {
        Convergence.of(manifests(MANIFEST));

        Readiness readiness = readiness(manifests(MANIFEST).get(5));

        assertThat(readiness).isEqualTo(Readiness.pending("0 of 1 replicas available, 0 updated"));
        admin.resource(new DeploymentBuilder(deployment())
                        .withNewStatus()
                        .withObservedGeneration(deployment().getMetadata().getGeneration())
                        .withReplicas(1)
                        .withUpdatedReplicas(1)
                        .withReadyReplicas(1)
                        .withAvailableReplicas(1)
                        .endStatus()
                        .build())
                .updateStatus();
        assertThat(readiness(manifests(MANIFEST).get(5)).status()).isEqualTo(Readiness.Status.READY);
    }

    private static <O> Readiness readiness(Resource<O> resource) {
        return resource.readiness(resource.read(Convergence.NOTHING_KNOWN).orElseThrow());
    }

    @Test
    void another_manager_keeps_what_it_added_and_is_named_where_it_took_over() {
        Convergence.of(manifests(MANIFEST));
        admin.resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName(name)
                        .addToAnnotations("team", "robots")
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(3)
                        .endSpec()
                        .build())
                .fieldManager("somebody-else")
                .forceConflicts()
                .serverSideApply();

        assertThatThrownBy(() -> update(manifests(MANIFEST).get(5))).isInstanceOfSatisfying(CloudException.class, e -> {
            assertThat(e.error()).isEqualTo(CloudError.CONFLICT);
            assertThat(e).hasMessageContaining("somebody-else").hasMessageContaining("spec.replicas");
        });
        assertThat(deployment().getSpec().getReplicas()).isEqualTo(3);

        List<Resource<?>> agreed =
                manifests(MANIFEST.replace("replicas: 1", "replicas: 3").replace("autoscaler:1", "autoscaler:2"));
        assertThat(Convergence.of(agreed)).containsExactly("update manifest/deployment/default/" + name);
        assertThat(deployment().getMetadata().getAnnotations()).containsEntry("team", "robots");
    }

    private static <O> void update(Resource<O> resource) {
        O found = resource.read(Convergence.NOTHING_KNOWN).orElseThrow();
        List<FieldChange> changes = resource.compare(found, Convergence.NOTHING_KNOWN);
        assertThat(changes).extracting(FieldChange::field).containsExactly("spec.replicas");
        resource.update(found, changes, Convergence.NOTHING_KNOWN);
    }

    @Test
    void a_changed_role_reference_replaces_the_binding() throws Exception {
        Convergence.of(manifests(MANIFEST));
        List<Resource<?>> other =
                manifests(MANIFEST.replace("kind: ClusterRole, name: NAME", "kind: ClusterRole, name: view"));

        assertThat(Convergence.diff(other, observe()))
                .containsExactly("REPLACE manifest/clusterrolebinding/" + name + " roleRef.name: " + name + " -> view");
        assertThat(Convergence.of(other)).hasSize(2);
    }
}
