// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.PermissionFacts;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The printed rights are those that reading takes. */
class RbacTest extends BadServer {
    @Test
    void the_printed_rbac_allows_exactly_what_is_read() {
        bodies.put(
                "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/schedulingshards.kai.scheduler",
                "{\"metadata\":{\"name\":\"schedulingshards.kai.scheduler\"},\"spec\":{\"versions\":[{\"name\":\"v1\","
                        + "\"served\":true}]}}");
        operator();
        read();
        String rights = BackendVerifier.requiredRbac();
        Set<String> resources = asked.stream()
                .filter(a -> a.contains("/api"))
                .filter(a -> a.chars().filter(c -> c == '/').count() > 2)
                .map(a -> a.replaceAll("/(customresourcedefinitions)/.*", "/$1"))
                .map(a -> a.endsWith("/log") ? "pods/log" : a.replaceFirst(".*/", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(resources).contains("nodes", "schedulingshards", "selfsubjectaccessreviews", "pods/log");
        assertThat(resources).allSatisfy(r -> assertThat(rights).contains("\"" + r + "\""));
        assertThat(asked.stream().filter(a -> a.startsWith("POST")).map(a -> a.replaceFirst(".*/", "")))
                .containsOnly("selfsubjectaccessreviews", "subjectaccessreviews");
    }

    @Test
    void the_printed_rbac_is_a_cluster_role_and_a_role_per_namespace() {
        assertThat(BackendVerifier.requiredRbac(Expectations.ofAnyBackend().withNamespaces("ops", "work")))
                .contains("kind: ClusterRole\n")
                .contains("namespace: ops\n")
                .contains("namespace: work\n")
                .contains("namespace: kai-scheduler\n")
                .contains("namespace: gpu-operator\n")
                .contains("{apiGroups: [\"\"], resources: [\"secrets\"], verbs: [\"list\"]}")
                .contains("{apiGroups: [\"\"], resources: [\"pods/log\"], verbs: [\"get\"]}")
                .doesNotContain("\"*\"");
        String clusterRole = BackendVerifier.requiredRbac().split("---\n", -1)[0];
        assertThat(clusterRole)
                .doesNotContain("secrets")
                .doesNotContain("pods/log")
                .doesNotContain("delete")
                .doesNotContain("update");
    }

    @Test
    void the_printed_rbac_has_commands_that_bind_it() {
        String rights = BackendVerifier.requiredRbac();

        assertThat(rights)
                .contains(
                        "#   kubectl create clusterrolebinding osmo-backend-verify --clusterrole=osmo-backend-verify ");
        rights.lines()
                .filter(line -> line.startsWith("  namespace: "))
                .map(line -> line.substring("  namespace: ".length()))
                .forEach(namespace -> assertThat(rights)
                        .contains("#   kubectl create rolebinding osmo-backend-verify --role=osmo-backend-verify"
                                + " --user=NAME -n " + namespace + "\n"));
    }

    @Test
    void a_missing_namespace_is_empty_without_permission_to_read_it() {
        bodies.put("/api/v1/namespaces", "{\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"osmo-operator\"}}]}");
        codes.put("/api/v1/namespaces/gpu-operator/resourcequotas", 403);
        codes.put("/api/v1/namespaces/osmo-workflows/persistentvolumeclaims", 403);

        assertThat(read().tenancy().quotas()).isEqualTo(Fact.of(List.of()));
        assertThat(read().tenancy().claims()).isEqualTo(Fact.of(List.of()));

        codes.put("/api/v1/namespaces/osmo-operator/persistentvolumeclaims", 403);
        assertThat(read().tenancy().claims()).as("it exists").isInstanceOf(Fact.Unknown.class);

        codes.put("/api/v1/namespaces/osmo-operator/resourcequotas", 403);
        assertThat(read().tenancy().quotas())
                .as("quotas of OSMO's namespaces are read too")
                .isInstanceOf(Fact.Unknown.class);
        codes.remove("/api/v1/namespaces/osmo-operator/resourcequotas");

        codes.put("/api/v1/namespaces", 403);
        assertThat(read().tenancy().quotas()).as("it may exist").isInstanceOf(Fact.Unknown.class);
    }

    /** Each operator of a cluster has workflows in a namespace of its own. */
    @Test
    void permissions_of_the_operator_are_read_in_its_workflow_namespace() {
        bodies.put(
                "/apis/apps/v1/deployments",
                "{\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"d\",\"namespace\":\"other\"},\"spec\":{\"template\":"
                        + "{\"spec\":{\"serviceAccountName\":\"w\",\"containers\":[{\"name\":\"c\",\"image\":\"r/backend-worker:6.4.0\","
                        + "\"args\":[\"--namespace\",\"other-workflows\",\"--node_condition_prefix\",\"\"]}]}}}}]}");
        bodies.put("/apis/authorization.k8s.io/v1/subjectaccessreviews", "{\"status\":{\"allowed\":true}}");

        assertThat(read().access().operator().known().orElseThrow())
                .contains(new PermissionFacts(
                        "system:serviceaccount:other:w", "create", "", "pods", "other-workflows", true))
                .noneMatch(p -> p.namespace().equals("osmo-workflows"));
    }
}
