// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.network;

import com.google.cloud.compute.v1.ListGlobalOperationsRequest;
import com.google.cloud.compute.v1.ListRegionOperationsRequest;
import com.google.cloud.compute.v1.Network;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.Router;
import com.google.cloud.compute.v1.Subnetwork;
import com.google.protobuf.Message;
import io.osmo.backend.gcp.internal.ComputeObject;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.Reader;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Reading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads network, subnet and router by their names, and the operations that are under way with them. */
final class NetworkReader implements Reader {
    private static final String UNDER_WAY = "status != DONE";

    @Override
    public CompletableFuture<Reading> read(GcpContext gcp, Optional<BackendSpec> spec) {
        Optional<String> existing = spec.flatMap(s -> s.network().existingId()).map(NetworkReader::name);
        String network = existing.orElseGet(gcp::objectName);
        String subnet = spec.flatMap(
                        s -> s.network().existingSubnetIds().stream().findFirst())
                .map(NetworkReader::name)
                .orElseGet(gcp::objectName);
        CompletableFuture<Optional<Network>> networks = gcp.findAsync(
                "compute.networks.get", () -> gcp.clients().networks().get(gcp.project(), network));
        CompletableFuture<Optional<Subnetwork>> subnets = gcp.findAsync(
                "compute.subnetworks.get", () -> gcp.clients().subnetworks().get(gcp.project(), gcp.region(), subnet));
        CompletableFuture<Optional<Router>> routers = gcp.findAsync(
                "compute.routers.get",
                () -> gcp.clients().routers().get(gcp.project(), gcp.region(), gcp.objectName()));
        CompletableFuture<Map<String, Operation>> operations = operations(gcp);
        return CompletableFuture.allOf(networks, subnets, routers, operations).thenApply(nothing -> {
            Map<String, Operation> running = operations.join();
            Map<ResourceId, Observed<?>> found = new HashMap<>();
            if (existing.isPresent()) {
                networks.join().ifPresent(n -> found.put(VpcNetwork.ID, Observed.existing(ComputeObject.standing(n))));
                subnets.join().ifPresent(s -> found.put(Subnet.ID, Observed.existing(ComputeObject.standing(s))));
            } else {
                put(
                        gcp,
                        found,
                        VpcNetwork.ID,
                        "networks",
                        networks.join(),
                        Network::getDescription,
                        running,
                        Network.getDefaultInstance());
                put(
                        gcp,
                        found,
                        Subnet.ID,
                        "subnetworks",
                        subnets.join(),
                        Subnetwork::getDescription,
                        running,
                        Subnetwork.getDefaultInstance());
                put(
                        gcp,
                        found,
                        CloudRouter.ID,
                        "routers",
                        routers.join(),
                        Router::getDescription,
                        running,
                        Router.getDefaultInstance());
            }
            return Reading.observed(found);
        });
    }

    private static <M extends Message> void put(
            GcpContext gcp,
            Map<ResourceId, Observed<?>> found,
            ResourceId id,
            String collection,
            Optional<M> object,
            java.util.function.Function<M, String> description,
            Map<String, Operation> running,
            M nothing) {
        Optional<Operation> operation = Optional.ofNullable(running.get(collection + "/" + gcp.objectName()));
        if (object.isPresent()) {
            ComputeObject seen = new ComputeObject(object.get(), operation.map(Operation::getName));
            found.put(id, gcp.ownership().of(seen, description.apply(object.get())));
        } else if (operation.filter(o -> o.getOperationType().equals("insert")).isPresent()) {
            // Only we give this name; what comes of the operation tells whether the description is ours as well.
            found.put(id, Observed.ours(new ComputeObject(nothing, operation.map(Operation::getName))));
        }
    }

    /** Operations that are under way, by collection and name of their target. */
    private static CompletableFuture<Map<String, Operation>> operations(GcpContext gcp) {
        CompletableFuture<List<Operation>> global = gcp.async(
                "compute.globalOperations.list",
                () -> list(gcp.clients()
                        .globalOperations()
                        .list(ListGlobalOperationsRequest.newBuilder()
                                .setProject(gcp.project())
                                .setFilter(UNDER_WAY)
                                .build())
                        .iterateAll()));
        CompletableFuture<List<Operation>> regional = gcp.async(
                "compute.regionOperations.list",
                () -> list(gcp.clients()
                        .regionOperations()
                        .list(ListRegionOperationsRequest.newBuilder()
                                .setProject(gcp.project())
                                .setRegion(gcp.region())
                                .setFilter(UNDER_WAY)
                                .build())
                        .iterateAll()));
        return global.thenCombine(regional, (g, r) -> {
            Map<String, Operation> byTarget = new HashMap<>();
            Stream.concat(g.stream(), r.stream())
                    .filter(o -> o.getStatus() != Operation.Status.DONE)
                    .forEach(o -> byTarget.put(target(o.getTargetLink()), o));
            return byTarget;
        });
    }

    private static <T> List<T> list(Iterable<T> items) {
        return StreamSupport.stream(items.spliterator(), false).toList();
    }

    /** The last two parts of a link, such as {@code networks/osmo-train}. */
    private static String target(String link) {
        String[] parts = link.split("/");
        return parts.length < 2 ? link : parts[parts.length - 2] + "/" + parts[parts.length - 1];
    }

    /** The name in a link or path, or the name itself. */
    static String name(String idOrLink) {
        return idOrLink.substring(idOrLink.lastIndexOf('/') + 1);
    }
}
