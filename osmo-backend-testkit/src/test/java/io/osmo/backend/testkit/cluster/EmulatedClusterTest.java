// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.osmo.backend.kubernetes.KubernetesClients;
import io.osmo.backend.spi.VirtualTime;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmulatedClusterTest {
    private final EmulatedClusters clusters = new EmulatedClusters(VirtualTime.create(), () -> {});
    private EmulatedCluster cluster;
    private KubernetesClient client;

    @BeforeEach
    void open() {
        cluster = clusters.create("c", Distribution.EKS, "1.35.3");
        client = KubernetesClients.open(cluster.access());
    }

    @AfterEach
    void close() {
        client.close();
        clusters.close();
    }

    private static ConfigMap map(String key, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("m")
                .withNamespace("default")
                .endMetadata()
                .withData(Map.of(key, value))
                .build();
    }

    private ConfigMap apply(ConfigMap wanted, String manager, boolean force) {
        return client.configMaps()
                .inNamespace("default")
                .resource(wanted)
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(manager)
                        .withForce(force)
                        .build());
    }

    @Test
    void whoever_has_no_client_of_this_process_gets_the_same_answers_over_http() throws Exception {
        apply(map("a", "1"), "first", false);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(cluster.endpoint() + "/api/v1/namespaces/default/configmaps/m"))
                .header("Authorization", "Bearer any")
                .build();

        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new KubernetesSerialization().<ConfigMap>unmarshal(answer.body(), ConfigMap.class))
                .isEqualTo(
                        client.configMaps().inNamespace("default").withName("m").get());
    }

    @Test
    void a_client_of_this_process_is_refused_when_the_server_has_been_closed() {
        clusters.close();

        assertThatThrownBy(() -> client.namespaces().list())
                .isInstanceOf(KubernetesClientException.class)
                .hasRootCauseInstanceOf(ConnectException.class);
    }

    @Test
    void fields_of_another_manager_survive_and_conflict() {
        apply(map("a", "1"), "first", false);
        apply(map("b", "2"), "second", false);

        ConfigMap both =
                client.configMaps().inNamespace("default").withName("m").get();
        assertThat(both.getData()).containsOnly(Map.entry("a", "1"), Map.entry("b", "2"));
        assertThatThrownBy(() -> apply(map("a", "9"), "second", false))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(409))
                .hasMessageContaining("conflict with \"first\"");
        assertThat(apply(map("a", "9"), "second", true).getData()).containsOnly(Map.entry("a", "9"));
    }

    @Test
    void applying_the_same_twice_changes_nothing() {
        String first = apply(map("a", "1"), "first", false).getMetadata().getResourceVersion();

        assertThat(apply(map("a", "1"), "first", false).getMetadata().getResourceVersion())
                .isEqualTo(first);
    }

    @Test
    void a_dry_run_leaves_nothing_behind() {
        Namespace made = client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("dry")
                        .endMetadata()
                        .build())
                .dryRun()
                .create();

        assertThat(made.getMetadata().getName()).isEqualTo("dry");
        assertThat(client.namespaces().withName("dry").get()).isNull();
    }

    @Test
    void lists_come_in_pages() {
        var page = client.namespaces()
                .list(new io.fabric8.kubernetes.api.model.ListOptionsBuilder()
                        .withLimit(3L)
                        .build());

        assertThat(page.getItems()).hasSize(3);
        assertThat(page.getMetadata().getRemainingItemCount()).isEqualTo(1);
        assertThat(client.namespaces()
                        .list(new io.fabric8.kubernetes.api.model.ListOptionsBuilder()
                                .withLimit(3L)
                                .withContinue(page.getMetadata().getContinue())
                                .build())
                        .getItems())
                .hasSize(1);
    }

    @Test
    void objects_need_their_namespace_and_a_good_name() {
        ConfigMap lost = new ConfigMapBuilder(map("a", "1"))
                .editMetadata()
                .withNamespace("nowhere")
                .endMetadata()
                .build();
        assertThatThrownBy(() -> client.resource(lost).create())
                .hasMessageContaining("namespaces \"nowhere\" not found");

        ConfigMap bad = new ConfigMapBuilder(map("a", "1"))
                .editMetadata()
                .withName("Not_A_Name")
                .endMetadata()
                .build();
        assertThatThrownBy(() -> client.resource(bad).create())
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(422));
    }

    @Test
    void version_health_and_reviews_are_honest() {
        cluster.deny("list", "secrets");

        assertThat(client.getKubernetesVersion().getGitVersion()).startsWith("v1.35.3-eks-");
        assertThat(client.raw("/readyz")).isEqualTo("ok");
        assertThat(client.raw("/bogus")).isNull();
        for (String verb : List.of("list", "get")) {
            var review = client.resource(new SelfSubjectAccessReviewBuilder()
                            .withNewSpec()
                            .withNewResourceAttributes()
                            .withResource("secrets")
                            .withVerb(verb)
                            .endResourceAttributes()
                            .endSpec()
                            .build())
                    .create();
            assertThat(review.getStatus().getAllowed()).isEqualTo(verb.equals("get"));
        }
        assertThatThrownBy(() -> client.secrets().inAnyNamespace().list())
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(403));
    }
}
