// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.autoscaler;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.util.List;

/**
 * What Cluster Autoscaler may do in the cluster: see what decides about placement, evict, taint nodes, hold its lease, and
 * write its own status.
 *
 * @see <a href="https://github.com/kubernetes/autoscaler/tree/master/charts/cluster-autoscaler/templates">Chart of Cluster
 *     Autoscaler: clusterrole, role</a>
 */
final class AutoscalerAccess {
    static final String NAME = "cluster-autoscaler";
    static final String NAMESPACE = "kube-system";

    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final String ACCOUNT = "ServiceAccount";
    private static final List<String> SEE = List.of("get", "list", "watch");

    private AutoscalerAccess() {}

    static HasMetadata account() {
        return new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(NAMESPACE)
                .endMetadata()
                .build();
    }

    /** Service account, roles and bindings. */
    static List<HasMetadata> objects() {
        return List.of(
                account(),
                new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .endMetadata()
                        .withRules(clusterRules())
                        .build(),
                new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .endMetadata()
                        .withNewRoleRef(RBAC, "ClusterRole", NAME)
                        .addNewSubject("", ACCOUNT, NAME, NAMESPACE)
                        .build(),
                new RoleBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withRules(ownRules())
                        .build(),
                new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withNewRoleRef(RBAC, "Role", NAME)
                        .addNewSubject("", ACCOUNT, NAME, NAMESPACE)
                        .build());
    }

    private static List<PolicyRule> clusterRules() {
        return List.of(
                rule("", List.of("events", "endpoints"), List.of("create", "patch")),
                rule("", List.of("pods/eviction"), List.of("create")),
                rule("", List.of("pods/status"), List.of("update")),
                rule("", List.of("nodes"), List.of("get", "list", "watch", "update")),
                rule(
                        "",
                        List.of(
                                "namespaces",
                                "pods",
                                "services",
                                "replicationcontrollers",
                                "persistentvolumeclaims",
                                "persistentvolumes",
                                "configmaps"),
                        SEE),
                rule("apps", List.of("daemonsets", "replicasets", "statefulsets"), SEE),
                rule("batch", List.of("jobs", "cronjobs"), SEE),
                rule("policy", List.of("poddisruptionbudgets"), SEE),
                rule(
                        "storage.k8s.io",
                        List.of(
                                "storageclasses",
                                "csinodes",
                                "csidrivers",
                                "csistoragecapacities",
                                "volumeattachments"),
                        SEE),
                // Since 1.34 the simulated scheduler looks at devices; where the API is not served this grants nothing.
                rule("resource.k8s.io", List.of("deviceclasses", "resourceclaims", "resourceslices"), SEE),
                rule("coordination.k8s.io", List.of("leases"), List.of("create")),
                named("coordination.k8s.io", "leases", List.of("get", "update")));
    }

    private static List<PolicyRule> ownRules() {
        return List.of(
                rule("", List.of("configmaps"), List.of("create", "list", "watch")),
                new PolicyRuleBuilder()
                        .withApiGroups("")
                        .withResources("configmaps")
                        .withResourceNames("cluster-autoscaler-status")
                        .withVerbs("get", "update", "delete", "watch")
                        .build());
    }

    private static PolicyRule rule(String group, List<String> resources, List<String> verbs) {
        return new PolicyRuleBuilder()
                .withApiGroups(group)
                .withResources(resources)
                .withVerbs(verbs)
                .build();
    }

    private static PolicyRule named(String group, String resource, List<String> verbs) {
        return new PolicyRuleBuilder()
                .withApiGroups(group)
                .withResources(resource)
                .withResourceNames(NAME)
                .withVerbs(verbs)
                .build();
    }
}
