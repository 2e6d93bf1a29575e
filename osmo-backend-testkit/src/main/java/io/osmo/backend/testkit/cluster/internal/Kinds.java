// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The types of objects that a server knows: those that come with Kubernetes, and what custom resource definitions add. */
final class Kinds {
    private final List<Kind> kinds = new ArrayList<>();

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

    Kinds() {
        core("", "v1", "Node nodes", "Namespace namespaces", "PersistentVolume persistentvolumes");
        in(
                "",
                "v1",
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
                "apps",
                "v1",
                "Deployment deployments",
                "DaemonSet daemonsets",
                "StatefulSet statefulsets",
                "ReplicaSet replicasets");
        in("batch", "v1", "Job jobs", "CronJob cronjobs");
        in("networking.k8s.io", "v1", "NetworkPolicy networkpolicies", "Ingress ingresses");
        core("networking.k8s.io", "v1", "IngressClass ingressclasses");
        in("policy", "v1", "PodDisruptionBudget poddisruptionbudgets");
        in("coordination.k8s.io", "v1", "Lease leases");
        in("discovery.k8s.io", "v1", "EndpointSlice endpointslices");
        in("rbac.authorization.k8s.io", "v1", "Role roles", "RoleBinding rolebindings");
        core("rbac.authorization.k8s.io", "v1", "ClusterRole clusterroles", "ClusterRoleBinding clusterrolebindings");
        core(
                "storage.k8s.io",
                "v1",
                "StorageClass storageclasses",
                "CSIDriver csidrivers",
                "CSINode csinodes",
                "VolumeAttachment volumeattachments");
        core("certificates.k8s.io", "v1", "CertificateSigningRequest certificatesigningrequests");
        core("scheduling.k8s.io", "v1", "PriorityClass priorityclasses");
        core("node.k8s.io", "v1", "RuntimeClass runtimeclasses");
        core(
                "admissionregistration.k8s.io",
                "v1",
                "ValidatingWebhookConfiguration validatingwebhookconfigurations",
                "MutatingWebhookConfiguration mutatingwebhookconfigurations",
                "ValidatingAdmissionPolicy validatingadmissionpolicies");
        core("apiextensions.k8s.io", "v1", "CustomResourceDefinition customresourcedefinitions");
        core("apiregistration.k8s.io", "v1", "APIService apiservices");
        core(
                "authorization.k8s.io",
                "v1",
                "SelfSubjectAccessReview selfsubjectaccessreviews",
                "SubjectAccessReview subjectaccessreviews",
                "SelfSubjectRulesReview selfsubjectrulesreviews");
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

    private void core(String group, String version, String... names) {
        add(group, version, false, names);
    }

    private void in(String group, String version, String... names) {
        add(group, version, true, names);
    }

    private void add(String group, String version, boolean namespaced, String... names) {
        for (String name : names) {
            String[] parts = name.split(" ", -1);
            kinds.add(new Kind(group, version, parts[1], parts[0], namespaced));
        }
    }
}
