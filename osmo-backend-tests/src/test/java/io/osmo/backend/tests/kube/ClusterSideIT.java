// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.kubernetes.ClusterSide;
import io.osmo.backend.kubernetes.DefaultStorageClass;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.tests.services.KubeApiServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Objects of a backend in a real kube-apiserver. */
class ClusterSideIT extends RealClusterSide {
    @Test
    void a_second_apply_changes_nothing() throws Exception {
        List<Resource<?>> graph = graph();
        assertThat(graph).hasSize(12);

        assertThat(Convergence.of(graph))
                .filteredOn(effect -> effect.startsWith("create"))
                .as("all but the mark of the default class, which every cluster has")
                .hasSize(11);
        Map<ResourceId, String> versions = versions();

        assertThat(plan()).isEmpty();
        assertThat(Convergence.of(graph())).isEmpty();
        assertThat(versions()).isEqualTo(versions);
    }

    @Test
    void a_plan_for_an_empty_cluster_creates_everything_but_the_default_mark() throws Exception {
        assertThat(plan()).hasSize(11).allMatch(line -> line.startsWith("create "));
    }

    @Test
    void storage_class_and_priority_classes_are_as_osmo_needs_them() {
        Convergence.of(graph());

        StorageClass gp3 = admin.storage().v1().storageClasses().withName("gp3").get();
        assertThat(gp3.getProvisioner()).isEqualTo("ebs.csi.aws.com");
        assertThat(gp3.getParameters()).isEqualTo(Map.of("type", "gp3", "encrypted", "true"));
        assertThat(gp3.getVolumeBindingMode()).isEqualTo("WaitForFirstConsumer");
        assertThat(gp3.getAllowVolumeExpansion()).isTrue();
        assertThat(gp3.getReclaimPolicy()).isEqualTo("Delete");
        assertThat(annotations(gp3.getMetadata())).containsEntry(DEFAULT, "true");
        assertThat(gp3.getMetadata().getLabels())
                .containsEntry("app.kubernetes.io/managed-by", "osmo-backend")
                .containsEntry("osmo-backend", backend);
        assertThat(Stream.of("osmo-high", "osmo-normal", "osmo-low")
                        .map(name -> admin.scheduling()
                                .v1()
                                .priorityClasses()
                                .withName(name)
                                .get()
                                .getValue()))
                .containsExactly(125, 100, 50);
    }

    @Test
    void pull_secrets_stand_in_both_namespaces_and_the_token_with_the_operator() {
        Convergence.of(graph());

        for (String namespace : List.of(operator, workflows)) {
            Secret secret = admin.secrets()
                    .inNamespace(namespace)
                    .withName("docker-io-pull")
                    .get();
            assertThat(secret.getType()).isEqualTo("kubernetes.io/dockerconfigjson");
            assertThat(decoded(secret, ".dockerconfigjson")).contains("https://index.docker.io/v1/");
            assertThat(admin.secrets()
                            .inNamespace(namespace)
                            .withName("nvcr-io-pull")
                            .get())
                    .isNotNull();
        }
        Secret tokenSecret = admin.secrets()
                .inNamespace(operator)
                .withName("osmo-backend-token-default")
                .get();
        assertThat(decoded(tokenSecret, "token")).isEqualTo(TOKEN);
    }

    @Test
    void changed_parameters_replace_the_class() throws Exception {
        Convergence.of(graph());
        DefaultStorageClass encrypted = new DefaultStorageClass("gp3", "ebs.csi.aws.com", Map.of("type", "gp3"));

        List<Resource<?>> changed = side.graph(spec(), Optional.of(encrypted), Set.of());
        assertThat(Convergence.diff(changed, observe(SERVER.access())))
                .containsExactly("REPLACE storage-class/gp3 parameters.encrypted: true -> (none)");
        assertThat(Convergence.of(changed)).containsExactly("replace storage-class/gp3", "create storage-class/gp3");
        assertThat(admin.storage().v1().storageClasses().withName("gp3").get().getParameters())
                .isEqualTo(Map.of("type", "gp3"));
    }

    @Test
    void a_rotated_credential_is_an_update_that_shows_nothing() throws Exception {
        Convergence.of(graph());
        token.set(TOKEN.toUpperCase(Locale.ROOT));

        assertThat(plan())
                .containsExactly("IN_PLACE token-secret/" + operator
                        + "/osmo-backend-token-default data[token]: credential differs (redacted)"
                        + " -> credential of the spec (redacted)");
        assertThat(Convergence.of(graph())).hasSize(1);
        assertThat(decoded(
                        admin.secrets()
                                .inNamespace(operator)
                                .withName("osmo-backend-token-default")
                                .get(),
                        "token"))
                .isEqualTo(token.get());
        assertThat(observe(SERVER.access()).toString())
                .doesNotContain(
                        token.get(),
                        Base64.getEncoder().encodeToString(token.get().getBytes()));
    }

    @Test
    void a_malformed_token_is_refused_before_it_is_written() {
        token.set("too short");

        assertThatThrownBy(() -> Convergence.of(graph()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("osmo.token")
                .hasMessageNotContaining("too short");
        assertThat(admin.secrets()
                        .inNamespace(operator)
                        .withName("osmo-backend-token-default")
                        .get())
                .isNull();
    }

    @Test
    void owned_objects_can_be_deleted() throws Exception {
        Convergence.of(graph());
        Inventory inventory = Inventory.of(observe(SERVER.access()), Map.of());

        side.owned(spec().ref(), inventory, CLUSTER).forEach(ClusterSideIT::delete);

        assertThat(observe(SERVER.access()).keySet())
                // Those of other tests.
                .filteredOn(id -> !id.kind().equals("other-backends"))
                .extracting(ResourceId::toString)
                .containsExactlyInAnyOrder(
                        "default-storage-class/main",
                        "namespace/kube-system",
                        "namespace/" + operator,
                        "namespace/" + workflows);
        assertThat(admin.namespaces().withName(operator).get().getStatus().getPhase())
                .isEqualTo("Terminating");
    }

    @Test
    void whoever_lacks_rights_is_told_what_is_missing() {
        ClusterAccess stranger =
                SERVER.access(() -> new ClusterAccess.Token(KubeApiServer.STRANGER_TOKEN, Instant.MAX));
        ClusterSide other = ClusterSide.open(time, state -> Optional.of(stranger));

        assertThatThrownBy(() -> observeAs(other, stranger))
                .hasRootCauseInstanceOf(KubernetesClientException.class)
                .satisfies(e -> {
                    CloudException cloud = cloudException(e);
                    assertThat(cloud.error()).isEqualTo(CloudError.NOT_AUTHORIZED);
                    assertThat(cloud.code()).isEqualTo("Forbidden");
                    assertThat(cloud).hasMessageContaining("stranger").hasMessageContaining("list");
                    assertThat(cloud.remedy()).contains("cluster-admin");
                });
        other.close();
    }

    @Test
    void an_unknown_token_is_not_authorized() {
        ClusterAccess nobody = SERVER.access(() -> new ClusterAccess.Token("nobody", Instant.MAX));
        ClusterSide other = ClusterSide.open(time, state -> Optional.of(nobody));

        assertThatThrownBy(() -> observeAs(other, nobody))
                .satisfies(e -> assertThat(cloudException(e).error()).isEqualTo(CloudError.NOT_AUTHORIZED));
        other.close();
    }

    @Test
    void nothing_is_in_a_cluster_that_is_not_there() {
        ClusterSide early = ClusterSide.open(time, state -> Optional.empty());

        Resource<?> first = early.graph(spec(), Optional.of(GP3), Set.of()).get(0);
        assertThat(first.read(Convergence.NOTHING_KNOWN)).isEmpty();
        assertThatThrownBy(() -> first.create(Convergence.NOTHING_KNOWN))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.error()).isEqualTo(CloudError.NOT_YET_CONSISTENT));
        early.close();
    }

    private Map<ResourceId, String> versions() throws Exception {
        return observe(SERVER.access()).entrySet().stream()
                .filter(e -> e.getValue().value() instanceof HasMetadata)
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        e -> ((HasMetadata) e.getValue().value()).getMetadata().getResourceVersion()));
    }

    private static String decoded(Secret secret, String key) {
        return new String(Base64.getDecoder().decode(secret.getData().get(key)));
    }

    private void observeAs(ClusterSide other, ClusterAccess access) throws Exception {
        time.await(other.observe(access, spec().ref(), Optional.of(spec())), Duration.ofMinutes(1));
    }

    private static CloudException cloudException(Throwable e) {
        Throwable cause = e;
        while (!(cause instanceof CloudException cloud)) {
            assertThat(cause.getCause()).as("cause of %s", cause).isNotNull();
            cause = cause.getCause();
        }
        return cloud;
    }
}
