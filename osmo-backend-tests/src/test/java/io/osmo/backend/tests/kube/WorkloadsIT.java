// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.kubernetes.ClusterSide;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.tests.services.KubeApiServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WorkloadsIT {
    @RegisterExtension
    static final KubeApiServer SERVER = KubeApiServer.shared();

    private static final ResourceId CLUSTER = ResourceId.of("eks-cluster", "main");

    private KubernetesClient admin;
    private ClusterSide side;

    @BeforeEach
    void connect() {
        admin = SERVER.admin();
        side = ClusterSide.open(VirtualTime.create(), state -> Optional.of(SERVER.access()));
    }

    @AfterEach
    void disconnect() {
        side.close();
        admin.close();
    }

    private void create(String yaml) {
        admin.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(item -> admin.resource(item).create());
    }

    private Deletable<?> sweep(String id) {
        return side.workloads(Set.of(CLUSTER)).stream()
                .filter(s -> s.id().toString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static <O> Readiness.Status delete(Deletable<O> sweep) {
        sweep.delete(sweep.read(Convergence.NOTHING_KNOWN).orElseThrow(), Convergence.NOTHING_KNOWN);
        return sweep.read(Convergence.NOTHING_KNOWN)
                .map(left -> sweep.readiness(left).status())
                .orElse(Readiness.Status.READY);
    }

    @Test
    void load_balancers_are_gone_when_no_service_and_no_ingress_asks_for_one() {
        create("""
                apiVersion: v1
                kind: Service
                metadata: {name: lb, namespace: default}
                spec: {type: LoadBalancer, ports: [{port: 80}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: internal, namespace: kube-system}
                spec: {ports: [{port: 80}]}
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: web, namespace: kube-system}
                spec: {defaultBackend: {service: {name: internal, port: {number: 80}}}}
                """);
        Deletable<?> sweep = sweep("workload/load-balancers");

        assertThat(sweep.after()).containsExactly(CLUSTER);
        assertThat(sweep.read(Convergence.NOTHING_KNOWN).orElseThrow())
                .hasToString("Ingress kube-system/web, Service default/lb");
        delete(sweep);

        assertThat(sweep.read(Convergence.NOTHING_KNOWN)).isEmpty();
        assertThat(admin.services()
                        .inNamespace("kube-system")
                        .withName("internal")
                        .get())
                .isNotNull();
    }

    @Test
    void volumes_are_gone_when_no_claim_is_left_and_nobody_makes_new_ones() {
        create("""
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: data, namespace: default}
                spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: reader, namespace: default}
                spec:
                  containers: [{name: main, image: registry.example.com/reader}]
                  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
                ---
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: store, namespace: default}
                spec:
                  serviceName: store
                  selector: {matchLabels: {app: store}}
                  template:
                    metadata: {labels: {app: store}}
                    spec: {containers: [{name: main, image: registry.example.com/store}]}
                  volumeClaimTemplates:
                  - metadata: {name: data}
                    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
                """);
        Deletable<?> sweep = sweep("workload/volumes");

        assertThat(delete(sweep)).as("the claim is held by its finalizer").isEqualTo(Readiness.Status.DELETING);
        assertThat(admin.pods().inNamespace("default").withName("reader").get())
                .satisfiesAnyOf(
                        pod -> assertThat(pod).isNull(),
                        pod -> assertThat(pod.getMetadata().getDeletionTimestamp())
                                .isNotNull());
        assertThat(admin.apps().statefulSets().inNamespace("default").list().getItems())
                .isEmpty();

        admin.pods().inNamespace("default").withGracePeriod(0).delete();
        admin.persistentVolumeClaims().inNamespace("default").withName("data").edit(claim -> {
            claim.getMetadata().setFinalizers(null);
            return claim;
        });
        assertThat(sweep.read(Convergence.NOTHING_KNOWN)).isEmpty();
    }

    @Test
    void an_api_that_does_not_answer_is_an_error_and_not_an_empty_cluster() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        ClusterAccess genuine = SERVER.access();
        ClusterAccess dead = new ClusterAccess(
                "test", URI.create("https://127.0.0.1:" + closed), genuine.caCertificate(), genuine.tokens());

        try (ClusterSide unreachable = ClusterSide.open(VirtualTime.create(), state -> Optional.of(dead))) {
            assertThatThrownBy(() -> unreachable.workloads(Set.of()).get(0).read(Convergence.NOTHING_KNOWN))
                    .isInstanceOfSatisfying(CloudException.class, e -> {
                        assertThat(e.error()).isEqualTo(CloudError.UNAVAILABLE);
                        assertThat(e.remedy()).contains("reach the cluster's API endpoint");
                    });
        }
    }
}
