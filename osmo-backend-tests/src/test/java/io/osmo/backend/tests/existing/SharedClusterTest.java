// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.existing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.ApplyOptions;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.GuardedException;
import io.osmo.backend.error.OwnershipConflictException;
import io.osmo.backend.kubernetes.existing.ExistingSettings;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.spec.Secret;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.existing.EmulatedExisting;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two backends in one cluster, and what somebody has made there by hand. */
class SharedClusterTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final VirtualTime time = VirtualTime.create();
    private final EmulatedExisting cloud = EmulatedExisting.on(time).nodes(2, "lab-8", Map.of("node-type", "compute"));
    private final OsmoBackends osmo =
            OsmoBackends.builder().provider(cloud.provider()).scheduler(time).build();

    @AfterEach
    void close() {
        osmo.close();
        cloud.close();
    }

    private static BackendSpecBuilder backend(String name) {
        return BackendSpec.builder(name)
                .on("existing", "lab")
                .computePool("cpu", p -> p.instanceType("lab-8").scale(2, 4))
                .pullSecret("nvcr.io", "$oauthtoken", Secret.of("nvcr", () -> "not-a-real-password"), name + "-pull");
    }

    private EmulatedCluster cluster() {
        return cloud.cluster(backend("any").build().ref());
    }

    private BackendSpec applied(BackendSpecBuilder draft) {
        BackendSpec spec = draft.build();
        osmo.apply(osmo.plan(spec));
        assertThat(osmo.plan(spec).changes()).isEmpty();
        return spec;
    }

    @Test
    void the_first_backend_of_a_cluster_cannot_be_destroyed_under_the_second() {
        BackendSpec first = applied(backend("first"));
        List<String> alone = cloud.inventory();
        BackendSpec second = applied(backend("second"));
        List<String> both = cloud.inventory();

        Plan plan = osmo.planDestroy(first.ref());

        assertThat(plan.guards())
                .extracting(Guard::toString)
                .satisfiesExactly(
                        operator -> assertThat(operator)
                                .startsWith("namespace/osmo-operator: other backends have objects in it: second."),
                        workflows -> assertThat(workflows)
                                .startsWith("namespace/osmo-workflows: other backends have objects in it: second."),
                        classes -> assertThat(classes)
                                .startsWith("priority classes osmo-high, osmo-low, osmo-normal:")
                                .contains("kubectl label priorityclass osmo-high osmo-low osmo-normal --overwrite"
                                        + " osmo-region- osmo-backend=NAME"));
        assertThatThrownBy(() -> osmo.apply(plan)).isInstanceOf(GuardedException.class);
        assertThat(cloud.inventory()).isEqualTo(both);

        osmo.apply(osmo.planDestroy(second.ref()));
        assertThat(cloud.inventory()).isEqualTo(alone);
        assertThat(osmo.apply(osmo.planDestroy(first.ref())).leftovers()).isEmpty();
        assertThat(cloud.inventory()).isEmpty();
    }

    @Test
    void a_backend_that_moves_to_other_namespaces_does_not_take_those_of_another() {
        BackendSpec first = applied(backend("first"));
        applied(backend("second"));

        Plan plan = osmo.plan(first.toBuilder()
                .osmo(o -> o.serviceUrl("https://osmo.example.com")
                        .operatorNamespace("first-operator")
                        .workflowNamespace("first-workflows"))
                .build());

        assertThat(plan.guards())
                .extracting(Guard::subject)
                .containsExactly("namespace/osmo-operator", "namespace/osmo-workflows");
        assertThatThrownBy(() -> osmo.apply(plan, ApplyOptions.defaults().allow(Disruption.DATA)))
                .isInstanceOf(GuardedException.class);
    }

    /** As the guard says: the classes pass to the other backend, and no pod is ever without one. */
    @Test
    void priority_classes_are_handed_over() throws IOException {
        BackendSpec first = applied(backend("first"));
        BackendSpec second = applied(backend("second")
                .osmo(o -> o.serviceUrl("https://osmo.example.com")
                        .operatorNamespace("second-operator")
                        .workflowNamespace("second-workflows")));
        assertThat(osmo.planDestroy(first.ref()).guards()).hasSize(1);

        for (String name : List.of("osmo-high", "osmo-normal", "osmo-low")) {
            label("PriorityClass", name, "second");
        }

        assertThat(osmo.apply(osmo.planDestroy(first.ref())).leftovers()).isEmpty();
        assertThat(cluster().list("PriorityClass")).contains("osmo-high", "osmo-normal", "osmo-low");
        osmo.apply(osmo.plan(second));
        assertThat(osmo.plan(second).changes()).isEmpty();
        assertThat(osmo.apply(osmo.planDestroy(second.ref())).leftovers()).isEmpty();
        assertThat(cloud.inventory()).isEmpty();
    }

    /** As {@code kubectl label --overwrite} does. */
    private void label(String kind, String name, String backend) throws IOException {
        ObjectNode object = (ObjectNode) JSON.readTree(cluster().json(kind, "", name));
        object.withObject("/metadata").remove(List.of("uid", "resourceVersion", "managedFields", "generation"));
        object.withObject("/metadata/labels").put("osmo-backend", backend).remove("osmo-region");
        cluster().put(JSON.convertValue(object, new TypeReference<Map<String, Object>>() {}));
    }

    @Test
    void two_backends_do_not_take_the_default_class_from_each_other() {
        applied(backend("first").settings(ExistingSettings.defaults().withStorage("x.io", Map.of())));
        List<String> before = cloud.inventory();
        BackendSpec second = backend("second")
                .storage(s -> s.className("fast"))
                .settings(ExistingSettings.defaults().withStorage("x.io", Map.of()))
                .build();

        assertThatThrownBy(() -> osmo.plan(second))
                .isInstanceOf(OwnershipConflictException.class)
                .hasMessageContaining("the default is osmo, which the backend first has made");
        assertThat(cloud.inventory()).isEqualTo(before);
        applied(backend("second"));
    }

    @Test
    void a_backend_in_namespaces_that_somebody_has_made_is_listed_and_found() {
        for (String name : List.of("osmo-operator", "osmo-workflows")) {
            cluster().put(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", name)));
        }
        BackendSpec spec = applied(backend("first"));

        assertThat(osmo.list("existing", "lab")).containsExactly(spec.ref());
        assertThat(osmo.get(spec.ref())).isPresent();
        assertThat(osmo.get(backend("other").build().ref())).isEmpty();
        osmo.apply(osmo.planDestroy(spec.ref()));
        assertThat(cluster().list("Namespace")).contains("osmo-operator", "osmo-workflows");
        assertThat(osmo.list("existing", "lab")).isEmpty();
        assertThat(osmo.get(spec.ref())).isEmpty();
    }

    @Test
    void a_backend_of_the_same_name_in_another_region_is_another_one() {
        BackendSpec here = applied(backend("west"));
        List<String> before = cloud.inventory();
        BackendSpec there = backend("west").on("existing", "elsewhere").build();

        assertThat(osmo.list("existing", "lab")).containsExactly(here.ref());
        assertThat(osmo.list("existing", "elsewhere")).isEmpty();
        assertThat(osmo.get(there.ref())).isEmpty();
        assertThat(osmo.planDestroy(there.ref()).changes()).isEmpty();
        assertThatThrownBy(() -> osmo.plan(there))
                .isInstanceOf(OwnershipConflictException.class)
                .hasMessageContaining("it belongs to the backend west (existing.lab)");
        assertThat(cloud.inventory()).isEqualTo(before);

        BackendSpec apart = applied(backend("west")
                .on("existing", "elsewhere")
                .osmo(o -> o.serviceUrl("https://osmo.example.com")
                        .operatorNamespace("other-operator")
                        .workflowNamespace("other-workflows")));
        assertThat(osmo.planDestroy(here.ref()).guards())
                .extracting(Guard::toString)
                .singleElement()
                .asString()
                .contains("west (existing.elsewhere)");
        osmo.apply(osmo.planDestroy(apart.ref()));
        assertThat(cloud.inventory()).isEqualTo(before);
    }

    @Test
    void a_secret_that_lost_its_label_is_refused_with_the_command_that_restores_it() throws IOException {
        BackendSpec spec = applied(backend("west"));
        ObjectNode secret = (ObjectNode) JSON.readTree(cluster().json("Secret", "osmo-operator", "west-pull"));
        secret.withObject("/metadata").remove(List.of("uid", "resourceVersion", "managedFields", "generation"));
        secret.withObject("/metadata/labels").remove("osmo-backend");
        cluster().put(JSON.convertValue(secret, new TypeReference<Map<String, Object>>() {}));

        assertThatThrownBy(() -> osmo.plan(spec))
                .isInstanceOf(OwnershipConflictException.class)
                .hasMessageContaining("kubectl label secret west-pull --namespace osmo-operator osmo-backend=west");
    }
}
