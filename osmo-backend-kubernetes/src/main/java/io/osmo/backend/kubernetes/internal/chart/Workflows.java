// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.kubernetes.internal.client.KubernetesCalls;
import io.osmo.backend.kubernetes.internal.resource.NamespaceResource;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.resource.ResourceId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Pods of workflows that OSMO's operator has yet to finish: each has a finalizer that only the operator removes.
 *
 * @param pods namespace and name of each
 * @param operator namespaces in which an operator runs, whoever has installed it
 * @param unread what was not allowed to be read, by the namespaces in which there may be workflows
 */
record Workflows(List<String> pods, Set<String> operator, Map<String, String> unread) {
    static final Workflows NONE = new Workflows(List.of(), Set.of(), Map.of());
    private static final String FINALIZER = "osmo.nvidia.com/cleanup";
    private static final Pattern OPERATOR = Pattern.compile("(^|/)backend-(listener|worker)(:|@|$)");
    private static final int SHOWN = 3;

    Workflows {
        pods = List.copyOf(pods);
        operator = Set.copyOf(operator);
        unread = Map.copyOf(unread);
    }

    /** In these namespaces. */
    static Workflows running(KubernetesClient client, Collection<String> namespaces) {
        try {
            List<String> pods = namespaces.stream()
                    .flatMap(
                            namespace -> KubernetesCalls.list(
                                    "list Pods in " + namespace,
                                    () -> client.pods().inNamespace(namespace).list())
                                    .stream())
                    .filter(Workflows::isUnfinished)
                    .map(pod -> pod.getMetadata().getNamespace() + "/"
                            + pod.getMetadata().getName())
                    .toList();
            return pods.isEmpty() ? NONE : new Workflows(pods, operators(client), Map.of());
        } catch (CloudException refused) {
            if (refused.error() == CloudError.NOT_AUTHORIZED) {
                String why = String.valueOf(refused.getMessage());
                return new Workflows(
                        List.of(),
                        Set.of(),
                        namespaces.stream().distinct().collect(Collectors.toMap(namespace -> namespace, all -> why)));
            }
            throw refused;
        }
    }

    private static boolean isUnfinished(Pod pod) {
        return pod.getMetadata().getFinalizers() != null
                && pod.getMetadata().getFinalizers().contains(FINALIZER);
    }

    private static Set<String> operators(KubernetesClient client) {
        return Set.copyOf(
                KubernetesCalls.list(
                                "list Deployments",
                                () -> client.apps()
                                        .deployments()
                                        .inAnyNamespace()
                                        .list())
                        .stream()
                        .filter(Workflows::isOperator)
                        .map(deployment -> deployment.getMetadata().getNamespace())
                        .distinct()
                        .toList());
    }

    private static boolean isOperator(Deployment deployment) {
        return deployment.getSpec().getTemplate().getSpec().getContainers().stream()
                .anyMatch(container -> container.getImage() != null
                        && OPERATOR.matcher(container.getImage()).find());
    }

    /**
     * The reasons not to remove resources.
     *
     * @param removed the resources to remove: the cluster itself, namespaces, and others
     * @param cluster the resource that represents the cluster
     * @param release whether a release of the operator is removed
     */
    List<Guard> guards(Set<ResourceId> removed, ResourceId cluster, boolean release) {
        boolean withCluster = removed.contains(cluster);
        Optional<String> unknown = unread.entrySet().stream()
                .filter(namespace -> release || removed.contains(NamespaceResource.id(namespace.getKey())))
                .map(Map.Entry::getValue)
                .findFirst();
        if (!withCluster && unknown.isPresent()) {
            return List.of(new Guard(
                    "workflows of OSMO",
                    "whether any runs in what is removed is not known: " + unknown.get(),
                    "Grant what was refused, and plan again."));
        }
        boolean installed = release || !operator.isEmpty();
        boolean inNamespaces = pods.stream()
                        .map(pod -> pod.substring(0, pod.indexOf('/')))
                        .anyMatch(namespace -> removed.contains(NamespaceResource.id(namespace)))
                || operator.stream().anyMatch(namespace -> removed.contains(NamespaceResource.id(namespace)));
        boolean touched = withCluster ? installed : release || inNamespaces;
        return pods.isEmpty() || !touched
                ? List.of()
                : List.of(new Guard("workflows of OSMO", unfinished(), remedy(installed)));
    }

    private String unfinished() {
        return pods.size() + (pods.size() == 1 ? " pod has" : " pods have")
                + " a finalizer that only OSMO's operator removes: "
                + String.join(", ", pods.subList(0, Math.min(SHOWN, pods.size())))
                + (pods.size() > SHOWN ? ", and " + (pods.size() - SHOWN) + " more" : "");
    }

    private static String remedy(boolean installed) {
        return installed
                ? "Cancel the workflows, or let them end, and plan again."
                : "No operator runs in the cluster: install it again, or remove the finalizer " + FINALIZER
                        + " from these pods, then plan again.";
    }
}
