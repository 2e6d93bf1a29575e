// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.session;

import com.google.container.v1.Cluster;
import io.osmo.backend.gcp.GcpProvider;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.cluster.ClusterReader;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spi.provider.Ownership;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the backends of a region by their clusters, and by their subnets, since some have no cluster yet or no longer. */
final class BackendList {
    private static final Pattern DESCRIPTION =
            Pattern.compile(Ownership.BACKEND + "=(\\S+) " + Ownership.MANAGED_BY + "=" + Ownership.MANAGER);

    private BackendList() {}

    static CompletableFuture<List<BackendRef>> read(GcpContext context) {
        CompletableFuture<List<String>> clusters = context.scheduler()
                .call(() -> ClusterReader.all(context).stream()
                        .map(Cluster::getResourceLabelsMap)
                        .filter(labels -> Ownership.MANAGER.equals(labels.get(Ownership.MANAGED_BY)))
                        .flatMap(labels -> Stream.ofNullable(labels.get(Ownership.BACKEND)))
                        .toList());
        CompletableFuture<List<String>> subnets = context.findAsync("compute.subnetworks.list", () -> {
                    List<String> names = new ArrayList<>();
                    context.clients()
                            .subnetworks()
                            .list(context.project(), context.region())
                            .iterateAll()
                            .forEach(subnet -> name(subnet.getDescription()).ifPresent(names::add));
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

    private static Optional<String> name(String description) {
        Matcher ours = DESCRIPTION.matcher(description);
        return ours.matches() ? Optional.of(ours.group(1)) : Optional.empty();
    }
}
