// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.network;

import com.google.cloud.compute.v1.GetSubnetworkRequest;
import com.google.cloud.compute.v1.ListGlobalOperationsRequest;
import com.google.cloud.compute.v1.ListRegionOperationsRequest;
import com.google.cloud.compute.v1.Network;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.Router;
import com.google.cloud.compute.v1.Subnetwork;
import com.google.common.collect.Lists;
import com.google.protobuf.Message;
import io.osmo.backend.gcp.internal.ComputeObject;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.LastOperation;
import io.osmo.backend.gcp.internal.Lookup;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads network, subnet and router by their names, and the operations that are running on them. */
public final class NetworkReader implements Reader<GcpContext> {
    public static final NetworkReader INSTANCE = new NetworkReader();

    private static final String RUNNING = "status != DONE";

    /** Requests the number of free addresses of each range. */
    private static final String WITH_UTILIZATION = "WITH_UTILIZATION";

    private NetworkReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        Needs network = Needs.reading("compute.networks.get", "compute.subnetworks.get");
        return spec.flatMap(wanted -> wanted.network().existingId()).isPresent()
                ? network
                : network.read("compute.routers.get", "compute.globalOperations.list", "compute.regionOperations.list");
    }

    @Override
    public CompletableFuture<Reading> read(Observation<GcpContext> observation) {
        GcpContext context = observation.context();
        Scheduler scheduler = context.scheduler();
        NetworkRef ref = NetworkRef.of(context, observation.spec());
        if (observation.spec().flatMap(spec -> spec.network().existingId()).isPresent()) {
            return existing(context, ref);
        }
        var networks = scheduler.call(() -> VpcNetwork.find(context, ref.network()));
        var subnets = scheduler.call(() -> Subnet.find(context, ref.subnet()));
        var routers = scheduler.call(() -> CloudRouter.find(context));
        var operations = operations(context);
        return CompletableFuture.allOf(networks, subnets, routers, operations).thenApply(done -> {
            Own own = new Own(context, operations.join());
            return own.reading(
                            VpcNetwork.ID,
                            "networks",
                            networks.join(),
                            Network::getDescription,
                            Network.getDefaultInstance())
                    .and(own.reading(
                            Subnet.ID,
                            "subnetworks",
                            subnets.join(),
                            Subnetwork::getDescription,
                            Subnetwork.getDefaultInstance()))
                    .and(own.reading(
                            CloudRouter.ID,
                            "routers",
                            routers.join(),
                            Router::getDescription,
                            Router.getDefaultInstance()));
        });
    }

    /** What the spec names, in the project that it names. */
    private static CompletableFuture<Reading> existing(GcpContext context, NetworkRef ref) {
        CompletableFuture<Lookup<Network>> network = context.scheduler()
                .call(() -> Lookup.of(
                        context,
                        "compute.networks.get",
                        () -> context.clients().networks().get(ref.project(), ref.network())));
        CompletableFuture<Lookup<Subnetwork>> subnet = context.scheduler()
                .call(() -> Lookup.of(
                        context,
                        "compute.subnetworks.get",
                        () -> context.clients()
                                .subnetworks()
                                .get(GetSubnetworkRequest.newBuilder()
                                        .setProject(ref.project())
                                        .setRegion(ref.region())
                                        .setSubnetwork(ref.subnet())
                                        .setViews(WITH_UTILIZATION)
                                        .build())));
        return network.thenCombine(
                subnet,
                (n, s) -> existing(VpcNetwork.ID, n.found())
                        .and(existing(Subnet.ID, s.found()))
                        .and(Reading.attachment(
                                ExistingNetworkRules.Observed.class, new ExistingNetworkRules.Observed(ref, n, s))));
    }

    private static Reading existing(ResourceId id, Optional<? extends Message> object) {
        return Reading.of(id, object.map(ComputeObject::idle).map(Observed::existing));
    }

    /**
     * Objects with the names that this backend gives.
     *
     * @param running operations by collection and name of their target
     */
    private record Own(GcpContext context, Map<String, Operation> running) {
        <M extends Message> Reading reading(
                ResourceId id, String collection, Optional<M> object, Function<M, String> description, M nothing) {
            Optional<Operation> operation = Optional.ofNullable(running.get(collection + "/" + context.objectName()));
            if (object.isPresent()) {
                ComputeObject seen = seen(object.get(), operation);
                return Reading.of(id, context.ownership().described(seen, description.apply(object.get())));
            }
            // Only this library gives such a name; the description is compared once the object is visible.
            return Reading.of(
                    id,
                    operation
                            .filter(o -> o.getOperationType().equals("insert"))
                            .map(o -> Observed.ours(seen(nothing, operation))));
        }

        private static ComputeObject seen(Message value, Optional<Operation> operation) {
            return new ComputeObject(
                    value,
                    operation.map(o -> new LastOperation.Running(
                            o.getName(), o.getOperationType().equals("delete"))));
        }
    }

    /** Operations that are running, by collection and name of their target. */
    private static CompletableFuture<Map<String, Operation>> operations(GcpContext context) {
        CompletableFuture<List<Operation>> global = context.async(
                "compute.globalOperations.list",
                () -> Lists.newArrayList(context.clients()
                        .globalOperations()
                        .list(ListGlobalOperationsRequest.newBuilder()
                                .setProject(context.project())
                                .setFilter(RUNNING)
                                .build())
                        .iterateAll()));
        CompletableFuture<List<Operation>> regional = context.async(
                "compute.regionOperations.list",
                () -> Lists.newArrayList(context.clients()
                        .regionOperations()
                        .list(ListRegionOperationsRequest.newBuilder()
                                .setProject(context.project())
                                .setRegion(context.region())
                                .setFilter(RUNNING)
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

    /** The last two parts of a link, such as {@code networks/osmo-train-us-central1}. */
    private static String target(String link) {
        String[] parts = link.split("/");
        return parts.length < 2 ? link : parts[parts.length - 2] + "/" + parts[parts.length - 1];
    }
}
