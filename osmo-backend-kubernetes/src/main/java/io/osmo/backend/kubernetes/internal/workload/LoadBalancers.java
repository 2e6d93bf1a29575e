// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.kubernetes.internal.client.ClusterConnections;
import io.osmo.backend.kubernetes.internal.client.KubernetesCalls;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.ResourceId;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Services of type LoadBalancer and Ingresses, in all namespaces. */
public final class LoadBalancers extends Sweep {
    public LoadBalancers(ClusterConnections connections, Set<ResourceId> after) {
        super(connections, after);
    }

    @Override
    public ResourceId id() {
        return ResourceId.of("workload", "load-balancers");
    }

    @Override
    List<HasMetadata> list(KubernetesClient client) {
        Stream<HasMetadata> ingresses =
                KubernetesCalls.list(
                                "list Ingresses",
                                () -> client.network()
                                        .v1()
                                        .ingresses()
                                        .inAnyNamespace()
                                        .list())
                        .stream()
                        .map(HasMetadata.class::cast);
        Stream<HasMetadata> services =
                KubernetesCalls.list(
                                "list Services",
                                () -> client.services().inAnyNamespace().list())
                        .stream()
                        .filter(service ->
                                "LoadBalancer".equals(service.getSpec().getType()))
                        .map(HasMetadata.class::cast);
        return Stream.concat(ingresses, services).toList();
    }

    @Override
    public Disruption deletionDisruption() {
        return Disruption.OUTAGE;
    }

    @Override
    public String describe() {
        return "load balancers made by Services and Ingresses";
    }
}
