// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.kubernetes.internal.client.KubernetesCalls;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.OsmoService;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Pods of workflows that OSMO's operator has yet to finish: each has a finalizer that only the operator removes. */
record Workflows(List<String> pods) {
    static final Workflows NONE = new Workflows(List.of());
    private static final String FINALIZER = "osmo.nvidia.com/cleanup";
    private static final int SHOWN = 3;

    Workflows {
        pods = List.copyOf(pods);
    }

    /** In the namespaces of the backend, and those that the spec names. */
    static Workflows running(KubernetesClient client, Ownership ownership, Optional<BackendSpec> spec) {
        Set<String> namespaces = new TreeSet<>();
        spec.flatMap(BackendSpec::osmo).map(OsmoService::workflowNamespace).ifPresent(namespaces::add);
        KubernetesCalls.call(
                        "list Namespaces",
                        () -> client.namespaces()
                                .withLabels(Map.of(Ownership.BACKEND_LABEL, ownership.labelValue()))
                                .list()
                                .getItems())
                .stream()
                .map(Namespace::getMetadata)
                .forEach(metadata -> namespaces.add(metadata.getName()));
        return new Workflows(namespaces.stream()
                .flatMap(namespace -> KubernetesCalls.call(
                        "list Pods in " + namespace,
                        () -> client.pods().inNamespace(namespace).list().getItems())
                        .stream())
                .filter(Workflows::isUnfinished)
                .map(pod -> pod.getMetadata().getNamespace() + "/"
                        + pod.getMetadata().getName())
                .toList());
    }

    private static boolean isUnfinished(Pod pod) {
        return pod.getMetadata().getFinalizers() != null
                && pod.getMetadata().getFinalizers().contains(FINALIZER);
    }

    List<Guard> guards() {
        if (pods.isEmpty()) {
            return List.of();
        }
        String some = String.join(", ", pods.subList(0, Math.min(SHOWN, pods.size())))
                + (pods.size() > SHOWN ? ", and " + (pods.size() - SHOWN) + " more" : "");
        return List.of(new Guard(
                "workflows of OSMO",
                pods.size() + (pods.size() == 1 ? " pod has" : " pods have")
                        + " a finalizer that only OSMO's operator removes: " + some,
                "Cancel the workflows, or let them end, and plan again."));
    }
}
