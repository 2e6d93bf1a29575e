// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.aws;

import static io.osmo.backend.tests.aws.EksBackend.REGION;
import static io.osmo.backend.tests.aws.EksBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.aws.Autoscaler;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import org.junit.jupiter.api.Test;

/** What {@link Autoscaler} says is what is installed. */
class EksAutoscalerTest {
    private static final String NAME = "cluster-autoscaler";

    private static EmulatedCluster cluster(EksBackend backend) {
        return backend.aws().cluster(REGION, EksBackend.NAME);
    }

    @Test
    void cluster_autoscaler_runs_on_the_operator_pool_and_finds_its_groups() throws Exception {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec(s -> s.operatorPool(p -> p.tainted(true))));

            JsonNode deployment = new ObjectMapper().readTree(cluster(backend).json("Deployment", "kube-system", NAME));
            JsonNode pod = deployment.at("/spec/template/spec");
            assertThat(pod.path("serviceAccountName").asText()).isEqualTo(NAME);
            assertThat(pod.at("/nodeSelector/node-type").asText()).isEqualTo("operator");
            assertThat(pod.path("tolerations")).hasSize(1);
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            JsonNode container = pod.at("/containers/0");
            assertThat(container.path("image").asText())
                    .isEqualTo("registry.k8s.io/autoscaling/cluster-autoscaler:v1.35.1");
            assertThat(container.path("command").toString())
                    .contains("asg:tag=k8s.io/cluster-autoscaler/enabled,k8s.io/cluster-autoscaler/train-west");
            assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                    .isTrue();
            assertThat(deployment.at("/status/availableReplicas").asInt()).isEqualTo(1);
            for (String kind : new String[] {"ClusterRole", "ClusterRoleBinding"}) {
                assertThat(cluster(backend).has(kind, "", NAME)).as(kind).isTrue();
            }
            for (String kind : new String[] {"ServiceAccount", "Role", "RoleBinding"}) {
                assertThat(cluster(backend).has(kind, "kube-system", NAME))
                        .as(kind)
                        .isTrue();
            }
            assertThat(backend.aws().inventory()).contains("pod-identity kube-system/cluster-autoscaler");
        }
    }

    @Test
    void none_installs_nothing_and_removes_what_was_there() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec());
            assertThat(cluster(backend).has("Deployment", "kube-system", NAME)).isTrue();

            backend.applied(spec(s ->
                    s.settings(EksSettings.builder().autoscaler(Autoscaler.NONE).build())));

            assertThat(cluster(backend).has("Deployment", "kube-system", NAME)).isFalse();
            assertThat(cluster(backend).has("ClusterRole", "", NAME)).isFalse();
            assertThat(backend.aws().inventory()).noneMatch(line -> line.contains(NAME));
        }
    }
}
