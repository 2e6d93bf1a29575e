// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.kubernetes.ClusterSide;
import io.osmo.backend.kubernetes.KubernetesClients;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.VirtualTime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Objects of any kind as resources, on a real API server and on the emulated one. */
abstract class ManifestKinds {
    private static final AtomicInteger TESTS = new AtomicInteger();
    private static final ResourceId CLUSTER = ResourceId.of("cluster", "main");

    private final String name = "kinds-" + TESTS.incrementAndGet();
    private final BackendRef ref = new BackendRef("aws", "us-west-2", name);
    private final VirtualTime time = VirtualTime.create();
    private KubernetesClient client;
    private ClusterSide side;

    abstract ClusterAccess access();

    @BeforeEach
    void connect() {
        client = KubernetesClients.open(access());
        side = ClusterSide.open(time, state -> Optional.of(access()));
    }

    @AfterEach
    void disconnect() {
        side.close();
        client.close();
    }

    private List<HasMetadata> objects(String... files) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String file : files) {
            try (InputStream in = ManifestKinds.class.getResourceAsStream(file)) {
                text.append("---\n").append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return load(text.toString());
    }

    private List<HasMetadata> load(String yaml) {
        return client.load(new ByteArrayInputStream(yaml.replace("NAME", name)
                        .replace("GROUP", name + ".example.com")
                        .getBytes(StandardCharsets.UTF_8)))
                .items();
    }

    private List<Resource<?>> resources(List<HasMetadata> objects) {
        return side.manifests(ref, objects, Set.of(CLUSTER));
    }

    private Map<ResourceId, Observed<?>> observe(List<HasMetadata> objects) throws Exception {
        return time.await(side.observe(access(), ref, Optional.empty(), objects), Duration.ofMinutes(1));
    }

    @Test
    void all_16_objects_of_an_operator_are_created_and_a_second_plan_is_empty() throws Exception {
        List<HasMetadata> objects = objects("operator-objects.yaml");
        assertThat(objects).hasSize(16);

        assertThat(Convergence.diff(resources(objects), observe(objects))).hasSize(16);
        assertThat(Convergence.of(resources(objects))).hasSize(16).allMatch(effect -> effect.startsWith("create "));

        assertThat(Convergence.diff(resources(objects), observe(objects))).isEmpty();
        assertThat(Convergence.of(resources(objects))).isEmpty();
    }

    @Test
    void custom_resources_wait_for_the_definitions_of_their_kinds() throws Exception {
        List<HasMetadata> objects = objects("custom-objects.yaml");
        List<Resource<?>> resources = resources(objects);

        assertThat(Convergence.diff(resources, observe(objects))).hasSize(objects.size());
        assertThat(resources.subList(0, 4)).allMatch(r -> r.id().name().startsWith("customresourcedefinition/"));
        assertThat(resources.get(4).id()).hasToString("manifest/namespace/" + name);
        Resource<?> queue = resources.stream()
                .filter(r -> r.id().name().startsWith("queue."))
                .findFirst()
                .orElseThrow();
        assertThat(closure(queue, resources))
                .contains(CLUSTER, resources.get(0).id(), resources.get(4).id());
        assertThat(Convergence.of(resources))
                .hasSize(objects.size())
                .last()
                .asString()
                .startsWith("create manifest/clusterpolicy.nvidia." + name + ".example.com/");

        assertThat(Convergence.diff(resources(objects), observe(objects))).isEmpty();
        assertThat(client.genericKubernetesResources("scheduling." + name + ".example.com/v2", "Queue")
                        .withName(name + "-parent")
                        .get())
                .as("of a kind without namespaces, although the manifest gives one")
                .isNotNull();
    }

    private static Set<ResourceId> closure(Resource<?> resource, List<Resource<?>> all) {
        Map<ResourceId, Resource<?>> byId = new HashMap<>();
        all.forEach(r -> byId.put(r.id(), r));
        Set<ResourceId> seen = new HashSet<>(resource.after());
        for (int i = 0; i < 6; i++) {
            Set.copyOf(seen).stream().map(byId::get).filter(r -> r != null).forEach(r -> seen.addAll(r.after()));
        }
        return seen;
    }

    @Test
    void a_changed_field_of_a_custom_resource_is_one_update_and_drift_is_seen() throws Exception {
        List<HasMetadata> objects = objects("custom-objects.yaml");
        Convergence.of(resources(objects));
        String id = "manifest/schedulingshard.kai." + name + ".example.com/" + name;
        client.genericKubernetesResources("kai." + name + ".example.com/v1", "SchedulingShard")
                .withName(name)
                .edit(shard -> {
                    Map<String, Object> args = shard.get("spec", "args");
                    args.put("default-staleness-grace-period", "60s");
                    return shard;
                });

        assertThat(Convergence.diff(resources(objects), observe(objects)))
                .containsExactly("IN_PLACE " + id + " spec.args.default-staleness-grace-period: 60s -> 3m");
    }

    @Test
    void what_is_deleted_goes_in_the_opposite_order_and_definitions_cost_data() throws Exception {
        List<HasMetadata> objects = objects("custom-objects.yaml");
        Convergence.of(resources(objects));

        List<Deletable<?>> owned = side.owned(ref, Inventory.of(observe(objects), Map.of()), CLUSTER);

        assertThat(owned).extracting(d -> d.id().name()).hasSize(objects.size());
        assertThat(owned)
                .filteredOn(d -> d.deletionDisruption() == Disruption.DATA)
                .hasSize(5)
                .allMatch(d -> d.id().name().startsWith("customresourcedefinition/")
                        || d.id().name().startsWith("namespace/"));
        assertThat(owned)
                .filteredOn(d -> d.id().name().startsWith("queue."))
                .singleElement()
                .satisfies(d -> assertThat(d.after())
                        .hasSize(2)
                        .contains(CLUSTER)
                        .anyMatch(id -> id.name().startsWith("networkpolicy/")));
    }

    @Test
    void a_kind_that_nobody_defines_is_an_error_that_names_it() {
        List<HasMetadata> objects = load("""
                apiVersion: monitoring.GROUP/v1
                kind: PodMonitor
                metadata: {name: NAME, namespace: default}
                spec: {}
                ---
                apiVersion: monitoring.GROUP/v1
                kind: ServiceMonitor
                metadata: {name: NAME, namespace: default}
                spec: {}
                """);

        assertThatThrownBy(() -> observe(objects)).isInstanceOfSatisfying(CloudException.class, refused -> {
            assertThat(refused.error()).isEqualTo(CloudError.INVALID_REQUEST);
            assertThat(refused)
                    .hasMessageContaining("does not serve monitoring." + name
                            + ".example.com/v1 PodMonitor, monitoring." + name + ".example.com/v1 ServiceMonitor");
        });
        assertThatThrownBy(() -> Convergence.of(resources(objects)))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("v1 PodMonitor");
    }

    @Test
    void objects_without_name_or_namespace_or_given_twice_are_refused_but_not_those_with_a_namespace_too_many()
            throws Exception {
        List<HasMetadata> objects = objects("operator-objects.yaml", "operator-objects.yaml");

        assertThatThrownBy(() -> resources(objects))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> resources(load("apiVersion: v1\nkind: ConfigMap\nmetadata: {namespace: default}\n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a ConfigMap of the manifests has no name");
        assertThatThrownBy(() -> resources(load("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the ConfigMap a of the manifests has no namespace");
        List<HasMetadata> role = load("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: NAME, namespace: default}
                rules: []
                """);
        assertThat(Convergence.of(resources(role))).containsExactly("create manifest/clusterrole/" + name);
    }
}
