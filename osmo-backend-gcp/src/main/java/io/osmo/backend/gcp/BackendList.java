// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp;

import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.Ownership;
import io.osmo.backend.gcp.internal.cluster.ClusterCalls;
import io.osmo.backend.spec.BackendRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the backends of a region by their clusters, and, as some have none yet or no longer, by their subnets. */
final class BackendList {
    private static final Pattern DESCRIPTION =
            Pattern.compile(Ownership.BACKEND + "=(\\S+) " + Ownership.MANAGED_BY + "=" + Ownership.MANAGER);

    private BackendList() {}

    static CompletableFuture<List<BackendRef>> read(GcpContext gcp) {
        CompletableFuture<List<String>> clusters = gcp.scheduler()
                .call(() -> ClusterCalls.clusters(gcp).stream()
                        .filter(cluster -> Ownership.MANAGER.equals(
                                cluster.getResourceLabelsMap().get(Ownership.MANAGED_BY)))
                        .map(cluster -> cluster.getResourceLabelsMap().get(Ownership.BACKEND))
                        .flatMap(Stream::ofNullable)
                        .toList());
        CompletableFuture<List<String>> subnets = gcp.findAsync("compute.subnetworks.list", () -> {
                    List<String> names = new ArrayList<>();
                    gcp.clients()
                            .subnetworks()
                            .list(gcp.project(), gcp.region())
                            .iterateAll()
                            .forEach(subnet -> name(subnet.getDescription()).ifPresent(names::add));
                    return names;
                })
                .thenApply(names -> names.orElse(new ArrayList<>()));
        return clusters.thenCombine(
                subnets,
                (a, b) -> Stream.concat(a.stream(), b.stream())
                        .distinct()
                        .sorted()
                        .map(name -> new BackendRef(GcpProvider.ID, gcp.region(), name))
                        .toList());
    }

    private static Optional<String> name(String description) {
        Matcher ours = DESCRIPTION.matcher(description);
        return ours.matches() ? Optional.of(ours.group(1)) : Optional.empty();
    }
}
