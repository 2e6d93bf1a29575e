// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.session;

import com.google.container.v1.Cluster;
import io.osmo.backend.gcp.GcpProvider;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.cluster.ClusterReader;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Ownership;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Finds the backends of a region by their clusters, and by their subnets, since some have no cluster yet or no longer. */
final class BackendList {
    static final Needs NEEDS = Needs.reading("container.clusters.list", "compute.subnetworks.list");

    private BackendList() {}

    static CompletableFuture<List<BackendRef>> read(GcpContext context) {
        CompletableFuture<List<String>> clusters = context.scheduler()
                .call(() -> ClusterReader.all(context).stream()
                        .map(Cluster::getResourceLabelsMap)
                        .flatMap(labels -> Stream.ofNullable(labels.get(Ownership.BACKEND))
                                .filter(name -> of(context, name).owns(labels)))
                        .toList());
        CompletableFuture<List<String>> subnets = context.findAsync("compute.subnetworks.list", () -> {
                    List<String> names = new ArrayList<>();
                    context.clients()
                            .subnetworks()
                            .list(context.project(), context.region())
                            .iterateAll()
                            .forEach(subnet ->
                                    name(context, subnet.getDescription()).ifPresent(names::add));
                    return names;
                })
                .thenApply(names -> names.orElseGet(ArrayList::new));
        return clusters.thenCombine(
                subnets,
                (a, b) -> Stream.concat(a.stream(), b.stream())
                        .distinct()
                        .sorted()
                        .map(name -> new BackendRef(GcpProvider.ID, context.region(), name))
                        .toList());
    }

    private static Ownership of(GcpContext region, String name) {
        return new Ownership(new BackendRef(GcpProvider.ID, region.region(), name), Map.of());
    }

    private static Optional<String> name(GcpContext context, String description) {
        String key = Ownership.BACKEND + "=";
        return Stream.of(description.split(" ", -1))
                .filter(part -> part.startsWith(key))
                .map(part -> part.substring(key.length()))
                .filter(name -> of(context, name).description().equals(description))
                .findFirst();
    }
}
