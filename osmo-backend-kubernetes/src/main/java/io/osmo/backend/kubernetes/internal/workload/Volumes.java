// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.kubernetes.internal.client.ClusterConnections;
import io.osmo.backend.kubernetes.internal.client.KubernetesCalls;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.ResourceId;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * PersistentVolumeClaims in all namespaces. A claim exists as long as a pod mounts it, and a StatefulSet recreates its claims, so
 * those pods and StatefulSets are deleted too.
 */
public final class Volumes extends Sweep {
    public Volumes(ClusterConnections connections, Set<ResourceId> after) {
        super(connections, after);
    }

    @Override
    public ResourceId id() {
        return ResourceId.of("workload", "volumes");
    }

    @Override
    List<HasMetadata> list(KubernetesClient client) {
        List<HasMetadata> claims = KubernetesCalls.list(
                        "list PersistentVolumeClaims",
                        () -> client.persistentVolumeClaims().inAnyNamespace().list())
                .stream()
                .map(HasMetadata.class::cast)
                .toList();
        Stream<HasMetadata> statefulSets =
                KubernetesCalls.list(
                                "list StatefulSets",
                                () -> client.apps()
                                        .statefulSets()
                                        .inAnyNamespace()
                                        .list())
                        .stream()
                        .filter(set -> !set.getSpec().getVolumeClaimTemplates().isEmpty())
                        .map(HasMetadata.class::cast);
        Stream<HasMetadata> pods = claims.isEmpty()
                ? Stream.empty()
                : KubernetesCalls.list(
                                "list Pods",
                                () -> client.pods().inAnyNamespace().list())
                        .stream()
                        .filter(Volumes::mountsClaim)
                        .map(HasMetadata.class::cast);
        return Stream.of(statefulSets, claims.stream(), pods).flatMap(s -> s).toList();
    }

    private static boolean mountsClaim(Pod pod) {
        return pod.getSpec().getVolumes().stream().anyMatch(volume -> volume.getPersistentVolumeClaim() != null);
    }

    @Override
    public Disruption deletionDisruption() {
        return Disruption.DATA;
    }

    @Override
    public String describe() {
        return "volumes made by PersistentVolumeClaims";
    }
}
