// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Arrays;
import java.util.Set;

/** The order in which objects are created: each stage is ready before the next one begins. They are deleted the other way round. */
public enum ManifestStage {
    DEFINITIONS("CustomResourceDefinition"),
    NAMESPACES("Namespace"),
    /** Permissions and configuration, and every other kind that comes with Kubernetes. */
    SETTINGS,
    WORKLOADS("Deployment", "DaemonSet", "StatefulSet", "ReplicaSet", "Pod", "Job", "CronJob"),
    /** Ways from the API server to workloads: before these run, each request that passes there fails. */
    HOOKS("ValidatingWebhookConfiguration", "MutatingWebhookConfiguration", "APIService"),
    CUSTOM_RESOURCES;

    /** Groups that come with Kubernetes and have no domain. Their kinds are known; all other kinds are custom resources. */
    private static final Set<String> SHORT_GROUPS = Set.of("", "apps", "batch", "autoscaling", "policy");

    private static final Set<String> GROUPS = Set.of(
            "admissionregistration.k8s.io",
            "apiextensions.k8s.io",
            "apiregistration.k8s.io",
            "certificates.k8s.io",
            "coordination.k8s.io",
            "discovery.k8s.io",
            "events.k8s.io",
            "flowcontrol.apiserver.k8s.io",
            "networking.k8s.io",
            "node.k8s.io",
            "rbac.authorization.k8s.io",
            "resource.k8s.io",
            "scheduling.k8s.io",
            "storage.k8s.io");

    private final Set<String> kinds;

    ManifestStage(String... kinds) {
        this.kinds = Set.of(kinds);
    }

    public static ManifestStage of(HasMetadata object) {
        String group = group(object);
        if (!SHORT_GROUPS.contains(group) && !GROUPS.contains(group)) {
            return CUSTOM_RESOURCES;
        }
        return Arrays.stream(values())
                .filter(stage -> stage.kinds.contains(object.getKind()))
                .findFirst()
                .orElse(SETTINGS);
    }

    /** Empty for the core group. */
    public static String group(HasMetadata object) {
        int slash = object.getApiVersion().indexOf('/');
        return slash < 0 ? "" : object.getApiVersion().substring(0, slash);
    }
}
