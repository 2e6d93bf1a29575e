// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The types of objects that a server knows: those that come with Kubernetes, and what custom resource definitions add. */
final class Kinds {
    private static final List<Kind> BUILT_IN = builtIn();

    private final List<Kind> kinds = new ArrayList<>(BUILT_IN);

    /**
     * One type of object.
     *
     * @param group empty for the core group
     */
    record Kind(String group, String version, String plural, String name, boolean namespaced) {
        String apiVersion() {
            return group.isEmpty() ? version : group + "/" + version;
        }

        /** As error messages name it, such as {@code deployments.apps}. */
        String qualified() {
            return group.isEmpty() ? plural : plural + "." + group;
        }
    }

    private static List<Kind> builtIn() {
        List<Kind> kinds = new ArrayList<>();
        core(kinds, "", "Node nodes", "Namespace namespaces", "PersistentVolume persistentvolumes");
        in(
                kinds,
                "",
                "Pod pods",
                "Service services",
                "Secret secrets",
                "ConfigMap configmaps",
                "ServiceAccount serviceaccounts",
                "PersistentVolumeClaim persistentvolumeclaims",
                "ResourceQuota resourcequotas",
                "LimitRange limitranges",
                "Endpoints endpoints",
                "Event events");
        in(
                kinds,
                "apps",
                "Deployment deployments",
                "DaemonSet daemonsets",
                "StatefulSet statefulsets",
                "ReplicaSet replicasets");
        in(kinds, "batch", "Job jobs", "CronJob cronjobs");
        in(kinds, "networking.k8s.io", "NetworkPolicy networkpolicies", "Ingress ingresses");
        core(kinds, "networking.k8s.io", "IngressClass ingressclasses");
        in(kinds, "policy", "PodDisruptionBudget poddisruptionbudgets");
        in(kinds, "coordination.k8s.io", "Lease leases");
        in(kinds, "discovery.k8s.io", "EndpointSlice endpointslices");
        in(kinds, "rbac.authorization.k8s.io", "Role roles", "RoleBinding rolebindings");
        core(kinds, "rbac.authorization.k8s.io", "ClusterRole clusterroles", "ClusterRoleBinding clusterrolebindings");
        core(
                kinds,
                "storage.k8s.io",
                "StorageClass storageclasses",
                "CSIDriver csidrivers",
                "CSINode csinodes",
                "VolumeAttachment volumeattachments");
        core(kinds, "certificates.k8s.io", "CertificateSigningRequest certificatesigningrequests");
        core(kinds, "scheduling.k8s.io", "PriorityClass priorityclasses");
        core(kinds, "node.k8s.io", "RuntimeClass runtimeclasses");
        core(
                kinds,
                "admissionregistration.k8s.io",
                "ValidatingWebhookConfiguration validatingwebhookconfigurations",
                "MutatingWebhookConfiguration mutatingwebhookconfigurations",
                "ValidatingAdmissionPolicy validatingadmissionpolicies",
                "ValidatingAdmissionPolicyBinding validatingadmissionpolicybindings");
        core(kinds, "apiextensions.k8s.io", "CustomResourceDefinition customresourcedefinitions");
        core(kinds, "apiregistration.k8s.io", "APIService apiservices");
        core(
                kinds,
                "authorization.k8s.io",
                "SelfSubjectAccessReview selfsubjectaccessreviews",
                "SubjectAccessReview subjectaccessreviews",
                "SelfSubjectRulesReview selfsubjectrulesreviews");
        return List.copyOf(kinds);
    }

    List<Kind> all() {
        return List.copyOf(kinds);
    }

    Optional<Kind> find(String group, String version, String plural) {
        return kinds.stream()
                .filter(k -> k.group().equals(group)
                        && k.version().equals(version)
                        && k.plural().equals(plural))
                .findFirst();
    }

    Kind named(String kind) {
        return kinds.stream()
                .filter(k -> k.name().equals(kind))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the server does not know the kind " + kind));
    }

    void add(Kind kind) {
        kinds.removeIf(
                k -> k.qualified().equals(kind.qualified()) && k.version().equals(kind.version()));
        kinds.add(kind);
    }

    private static void core(List<Kind> kinds, String group, String... names) {
        add(kinds, group, false, names);
    }

    private static void in(List<Kind> kinds, String group, String... names) {
        add(kinds, group, true, names);
    }

    private static void add(List<Kind> kinds, String group, boolean namespaced, String... names) {
        for (String name : names) {
            String[] parts = name.split(" ", -1);
            kinds.add(new Kind(group, "v1", parts[1], parts[0], namespaced));
        }
    }
}
