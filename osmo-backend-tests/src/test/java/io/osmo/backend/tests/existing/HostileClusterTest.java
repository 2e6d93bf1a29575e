// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.existing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.ApplyHandle;
import io.osmo.backend.ApplyOptions;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.error.GuardedException;
import io.osmo.backend.error.OperationCancelledException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.error.StalePlanException;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.existing.EmulatedExisting;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A cluster that refuses, fails, and holds what it should not. */
class HostileClusterTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String PASSWORD = "not-a-real-\"password\"-either";
    private static final String TOKEN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ";

    private static final BackendSpec SPEC = BackendSpec.builder("train-west")
            .on("existing", "lab")
            .computePool("cpu", p -> p.instanceType("lab-8").scale(2, 4))
            .pullSecret("nvcr.io", "$oauthtoken", () -> "not-a-real-password")
            .build();

    private final VirtualTime time = VirtualTime.create();
    private final EmulatedExisting cluster =
            EmulatedExisting.on(time).nodes(2, "lab-8", Map.of("node-type", "compute"));
    private final OsmoBackends osmo =
            OsmoBackends.builder().provider(cluster.provider()).scheduler(time).build();

    @BeforeEach
    void apply() {
        osmo.apply(osmo.plan(SPEC));
        cluster.forgetCalls();
    }

    @AfterEach
    void close() {
        osmo.close();
        cluster.close();
    }

    /** An empty plan would say that there is nothing to delete. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "namespaces",
                "secrets",
                "priorityclasses.scheduling.k8s.io",
                "storageclasses.storage.k8s.io",
                "configmaps",
                "nodes"
            })
    void what_must_not_be_listed_is_not_said_to_be_absent(String resource) {
        cluster.cluster(SPEC.ref()).deny("list", resource);

        for (var asking : Map.<String, org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
                        "plan", () -> osmo.plan(SPEC),
                        "planDestroy", () -> osmo.planDestroy(SPEC.ref()),
                        "planDestroy of the spec", () -> osmo.planDestroy(SPEC),
                        "get", () -> osmo.get(SPEC.ref()),
                        "leftovers", () -> osmo.leftovers(SPEC.ref()))
                .entrySet()) {
            assertThatThrownBy(asking.getValue())
                    .as(asking.getKey())
                    .isInstanceOfSatisfying(CloudException.class, refused -> {
                        assertThat(refused.error()).isEqualTo(CloudError.NOT_AUTHORIZED);
                        assertThat(refused.remedy()).contains("permission");
                    })
                    .hasMessageContaining("cannot list resource")
                    .hasMessageContaining(resource.replaceFirst("\\..*", ""));
        }
    }

    @Test
    void a_destruction_is_not_planned_while_a_part_of_the_api_fails() {
        cluster.faults().onCalls(call -> call.operation().contains("secrets")).failWith5xx();

        assertThatThrownBy(() -> osmo.planDestroy(SPEC.ref()))
                .isInstanceOfSatisfying(
                        CloudException.class,
                        failed -> assertThat(failed.error()).isEqualTo(CloudError.UNAVAILABLE));

        cluster.faults().clear();
        assertThat(osmo.planDestroy(SPEC.ref()).changes()).isNotEmpty();
    }

    @Test
    void a_namespace_whose_pods_must_not_be_listed_is_not_deleted() {
        cluster.cluster(SPEC.ref()).deny("list", "pods");

        Plan plan = osmo.planDestroy(SPEC.ref());

        assertThat(plan.guards())
                .singleElement()
                .extracting(Guard::toString)
                .asString()
                .startsWith("workflows of OSMO: whether any runs in what is removed is not known")
                .contains("cannot list resource \"pods\"");
        assertThatThrownBy(() -> osmo.apply(plan)).isInstanceOf(GuardedException.class);
        assertThat(cluster.calls()).allMatch(call -> call.reads());
    }

    /** Somebody wants the same pull secret in a namespace of a team, and a second namespace like the one for workflows. */
    @Test
    void copies_of_our_objects_are_not_ours() throws IOException {
        copy("Secret", "osmo-operator", "nvcr-io-pull", "team", "nvcr-io-pull");
        copy("Namespace", "", "osmo-workflows", "", "team-workflows");
        copy("PriorityClass", "", "osmo-low", "", "team-low");

        assertThat(osmo.plan(SPEC).changes()).isEmpty();
        assertThat(osmo.planDestroy(SPEC.ref()).changes())
                .extracting(change -> change.resource().toString())
                .contains("pull-secret/osmo-operator/nvcr-io-pull")
                .noneMatch(id -> id.contains("team"));
        assertThat(osmo.apply(osmo.planDestroy(SPEC.ref())).leftovers()).isEmpty();
        EmulatedCluster inside = cluster.cluster(SPEC.ref());
        assertThat(inside.list("Secret")).containsExactly("team/nvcr-io-pull");
        assertThat(inside.list("Namespace")).contains("team", "team-workflows").doesNotContain("osmo-workflows");
        assertThat(inside.list("PriorityClass")).contains("team-low").doesNotContain("osmo-low");
    }

    private void copy(String kind, String namespace, String name, String toNamespace, String toName)
            throws IOException {
        EmulatedCluster inside = cluster.cluster(SPEC.ref());
        if (!toNamespace.isEmpty()) {
            inside.put(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", toNamespace)));
        }
        ObjectNode object = (ObjectNode) JSON.readTree(inside.json(kind, namespace, name));
        ObjectNode metadata = object.withObject("/metadata");
        metadata.remove(List.of("uid", "resourceVersion", "creationTimestamp", "managedFields", "generation"));
        metadata.put("name", toName);
        if (!toNamespace.isEmpty()) {
            metadata.put("namespace", toNamespace);
        }
        inside.put(JSON.convertValue(object, new TypeReference<Map<String, Object>>() {}));
    }

    /** Whoever may create a ConfigMap somewhere can write any label and any annotation. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cluster/main",
                "namespace/team/main",
                "default-storage-class/main",
                "pull-secret/osmo-operator/nvcr-io-pull",
                "other-backends/team/main",
                "/",
                "//main",
                "team/main"
            })
    void what_the_marks_of_an_object_say_is_not_believed(String id) {
        EmulatedCluster inside = cluster.cluster(SPEC.ref());
        inside.put(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", "team")));
        for (Map<String, ?> kind : List.of(
                Map.of("apiVersion", "v1", "kind", "ConfigMap", "namespace", "team"),
                Map.of("apiVersion", "v1", "kind", "Secret", "namespace", "team"),
                Map.of("apiVersion", "rbac.authorization.k8s.io/v1", "kind", "ClusterRole", "namespace", ""))) {
            Map<String, Object> metadata = new HashMap<>(Map.of(
                    "name", "main",
                    "labels", Map.of("osmo-backend", "train-west"),
                    "annotations", Map.of("osmo-resource", id)));
            if (!"".equals(kind.get("namespace"))) {
                metadata.put("namespace", "team");
            }
            inside.put(Map.of("apiVersion", kind.get("apiVersion"), "kind", kind.get("kind"), "metadata", metadata));
        }

        assertThat(osmo.plan(SPEC).changes()).isEmpty();
        assertThat(osmo.planDestroy(SPEC.ref()).changes()).hasSize(7);
    }

    @Test
    void a_namespace_that_is_held_says_by_what() {
        EmulatedCluster inside = cluster.cluster(SPEC.ref());
        inside.put(held("ConfigMap", "osmo-workflows", "results"));

        assertThatThrownBy(() -> osmo.apply(osmo.planDestroy(SPEC.ref())))
                .isInstanceOf(PartialApplyException.class)
                .hasMessageContaining("namespace/osmo-workflows was not gone within PT5M")
                .hasMessageContaining("finalizers remaining: example.com/hold in 1 resource instances");
        assertThat(inside.list("Namespace")).contains("osmo-workflows").doesNotContain("osmo-operator");
        assertThat(osmo.plan(SPEC).changes())
                .filteredOn(change -> change.resource().toString().equals("namespace/osmo-workflows"))
                .singleElement()
                .extracting(change -> change.reason())
                .asString()
                .startsWith("is being deleted; created again once it is gone: being deleted: ")
                .contains("example.com/hold");
        assertThatThrownBy(() -> osmo.apply(osmo.plan(SPEC)))
                .isInstanceOf(PartialApplyException.class)
                .hasMessageContaining("example.com/hold");

        inside.remove("ConfigMap", "osmo-workflows", "results");
        osmo.apply(osmo.plan(SPEC));
        assertThat(osmo.plan(SPEC).changes()).isEmpty();
    }

    @Test
    void an_object_that_is_held_says_by_which_finalizer() throws IOException {
        EmulatedCluster inside = cluster.cluster(SPEC.ref());
        for (String kind : List.of("PriorityClass osmo-low", "Secret osmo-operator nvcr-io-pull")) {
            String[] at = kind.split(" ");
            ObjectNode object =
                    (ObjectNode) JSON.readTree(inside.json(at[0], at.length > 2 ? at[1] : "", at[at.length - 1]));
            object.withObject("/metadata").remove(List.of("uid", "resourceVersion", "managedFields", "generation"));
            object.withObject("/metadata").putArray("finalizers").add("example.com/hold");
            inside.put(JSON.convertValue(object, new TypeReference<Map<String, Object>>() {}));
        }

        assertThatThrownBy(() -> osmo.apply(osmo.planDestroy(SPEC.ref())))
                .isInstanceOf(PartialApplyException.class)
                .hasMessageContaining("priority-class/osmo-low was not gone")
                .hasMessageContaining("pull-secret/osmo-operator/nvcr-io-pull was not gone")
                .hasMessageContaining("held by the finalizers example.com/hold");
        inside.remove("PriorityClass", "", "osmo-low");
        inside.remove("Secret", "osmo-operator", "nvcr-io-pull");
        assertThat(osmo.apply(osmo.planDestroy(SPEC.ref())).leftovers()).isEmpty();
        assertThat(cluster.inventory()).isEmpty();
    }

    private static Map<String, ?> held(String kind, String namespace, String name) {
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                kind,
                "metadata",
                Map.of("namespace", namespace, "name", name, "finalizers", List.of("example.com/hold")));
    }

    private static List<Arguments> quotes() {
        return List.of(
                arguments("registry-example-com-pull", PASSWORD),
                arguments("registry-example-com-pull", encoded("robot:" + PASSWORD)),
                arguments("osmo-backend-token-default", TOKEN),
                arguments("osmo-backend-token-default", encoded(TOKEN)));
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A webhook of the cluster, or a server in its place, quotes what it was sent. */
    @ParameterizedTest
    @MethodSource("quotes")
    void a_credential_that_the_cluster_quotes_is_not_shown(String secret, String quoted) {
        BackendSpec spec = SPEC.toBuilder()
                .pullSecret("registry.example.com", "robot", () -> PASSWORD)
                .osmo(o -> o.serviceUrl("https://osmo.example.com").token(() -> TOKEN))
                .build();
        cluster.faults()
                .onCalls(call -> !call.reads() && call.operation().endsWith("/secrets/" + secret))
                .refuse(403, "Forbidden", "admission webhook \"audit.example.com\" denied the request: " + quoted);
        StringWriter output = new StringWriter();

        assertThatThrownBy(() -> osmo.apply(
                        osmo.plan(spec), ApplyOptions.defaults().listener(event -> output.append(event + "\n"))))
                .isInstanceOfSatisfying(PartialApplyException.class, failed -> {
                    failed.printStackTrace(new PrintWriter(output));
                    output.append(failed.remedy()).append(String.valueOf(failed.outcomes()));
                });

        assertThat(output.toString())
                .contains("the answer quotes the credential, so it is not shown")
                .contains("the object from the policy")
                .doesNotContain(quoted);
    }

    @Test
    void what_an_admission_denies_is_told_with_its_policy() {
        cluster.faults()
                .onCalls(call -> !call.reads() && call.operation().contains("/secrets/"))
                .refuse(403, "Forbidden", "admission webhook \"audit.example.com\" denied the request: no robots");
        BackendSpec spec = SPEC.toBuilder()
                .pullSecret("registry.example.com", "robot", () -> PASSWORD)
                .build();

        assertThatThrownBy(() -> osmo.apply(osmo.plan(spec)))
                .isInstanceOf(PartialApplyException.class)
                .hasMessageContaining("denied the request: no robots");
    }

    /** Between plan and apply the kubeconfig leads to another cluster, or the cluster was made again. */
    @Test
    void a_plan_for_another_cluster_changes_nothing() {
        BackendSpec changed = SPEC.toBuilder()
                .pullSecret("registry.example.com", "robot", () -> "x")
                .build();
        List<Plan> plans = List.of(osmo.plan(changed), osmo.planDestroy(SPEC.ref()));
        EmulatedCluster inside = cluster.cluster(SPEC.ref());
        inside.remove("Namespace", "", "kube-system");
        inside.put(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", "kube-system")));
        cluster.forgetCalls();

        for (Plan plan : plans) {
            assertThatThrownBy(() -> osmo.apply(plan))
                    .isInstanceOf(StalePlanException.class)
                    .hasMessageContaining("it was made for account ");
        }
        assertThat(cluster.calls()).isNotEmpty().allMatch(call -> call.reads());
    }

    /** After each event of a creation and of a destruction in turn. */
    @Test
    void what_was_cancelled_anywhere_is_completed_by_the_next_apply() {
        List<String> applied = cluster.inventory();
        for (int n = 1; n <= 24; n += 2) {
            cancelAfter(n, osmo.planDestroy(SPEC.ref()));
            cancelAfter(n, osmo.plan(SPEC));
            osmo.apply(osmo.plan(SPEC));
            assertThat(osmo.plan(SPEC).changes())
                    .as("cancelled after event " + n)
                    .isEmpty();
            assertThat(cluster.inventory()).isEqualTo(applied);
        }
        osmo.apply(osmo.planDestroy(SPEC.ref()));
        assertThat(cluster.inventory()).isEmpty();
    }

    private void cancelAfter(int events, Plan plan) {
        AtomicReference<ApplyHandle> handle = new AtomicReference<>();
        AtomicInteger seen = new AtomicInteger();
        handle.set(osmo.start(plan, ApplyOptions.defaults().listener(event -> {
            if (seen.incrementAndGet() == events) {
                handle.get().cancel();
            }
        })));
        Throwable ended = catchThrowable(() -> handle.get().await());
        assertThat(ended == null || ended instanceof OperationCancelledException)
                .as(String.valueOf(ended))
                .isTrue();
    }

    @Test
    void a_field_that_somebody_else_has_taken_is_told_with_its_manager() {
        EmulatedCluster inside = cluster.cluster(SPEC.ref());
        inside.install(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Namespace",
                "metadata",
                Map.of(
                        "name",
                        "osmo-workflows",
                        "labels",
                        Map.of("osmo-backend", "train-west", "pod-security.kubernetes.io/enforce", "restricted"))));

        assertThatThrownBy(() -> osmo.apply(osmo.plan(SPEC)))
                .isInstanceOf(PartialApplyException.class)
                .hasMessageContaining("pod-security.kubernetes.io/enforce")
                .hasMessageContaining("helm");
        assertThat(inside.json("Namespace", "", "osmo-workflows")).contains("restricted");
    }
}
