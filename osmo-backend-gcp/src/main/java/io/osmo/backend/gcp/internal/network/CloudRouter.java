// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.network;

import com.google.cloud.compute.v1.DeleteRouterRequest;
import com.google.cloud.compute.v1.InsertRouterRequest;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.PatchRouterRequest;
import com.google.cloud.compute.v1.Router;
import com.google.cloud.compute.v1.RouterNat;
import com.google.cloud.compute.v1.RouterNatLogConfig;
import io.osmo.backend.gcp.internal.ComputeObject;
import io.osmo.backend.gcp.internal.ComputeResource;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.provider.Differences;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The router with Cloud NAT, through which nodes and pods reach the internet. One Cloud NAT serves all zones of the region and is
 * redundant, so both kinds of egress in a spec mean the same here (NW-2).
 */
public final class CloudRouter extends ComputeResource<Router> {
    public static final ResourceId ID = ResourceId.of("router", "main");

    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(ID.kind())
            .read("compute.routers.get", "compute.regionOperations.get")
            .create("compute.routers.create", "compute.networks.updatePolicy")
            .update("compute.routers.update", "compute.networks.updatePolicy")
            .destroy("compute.routers.delete", "compute.networks.updatePolicy");

    private static final String NAT = "nat";

    public CloudRouter(GcpContext context) {
        super(
                context,
                ID,
                Router.getDefaultInstance(),
                Set.of(VpcNetwork.ID),
                seconds(10, 10, 15),
                "router with Cloud NAT in " + context.region());
    }

    /** Nodes and pods reach nothing outside without it. */
    @Override
    public Disruption deletionDisruption() {
        return Disruption.OUTAGE;
    }

    @Override
    public boolean billed() {
        return true;
    }

    @Override
    protected Optional<Router> find() {
        return find(context);
    }

    static Optional<Router> find(GcpContext context) {
        return context.find(
                "compute.routers.get",
                () -> context.clients().routers().get(context.project(), context.region(), context.objectName()));
    }

    @Override
    protected Operation insert(State state) {
        InsertRouterRequest request = InsertRouterRequest.newBuilder()
                .setProject(context.project())
                .setRegion(context.region())
                .setRouterResource(Router.newBuilder()
                        .setName(context.objectName())
                        .setDescription(context.ownership().description())
                        .setNetwork(VpcNetwork.path(context))
                        .addNats(nat()))
                .build();
        return context.call(
                "compute.routers.create",
                () -> clients().routers().insertCallable().call(request));
    }

    private static RouterNat nat() {
        return RouterNat.newBuilder()
                .setName(NAT)
                .setNatIpAllocateOption(RouterNat.NatIpAllocateOption.AUTO_ONLY.name())
                .setSourceSubnetworkIpRangesToNat(
                        RouterNat.SourceSubnetworkIpRangesToNat.ALL_SUBNETWORKS_ALL_IP_RANGES.name())
                // Many pods of one node use the same registry: ports are allocated as needed.
                .setEnableDynamicPortAllocation(true)
                .setEnableEndpointIndependentMapping(false)
                .setLogConfig(RouterNatLogConfig.newBuilder()
                        .setEnable(true)
                        .setFilter(RouterNatLogConfig.Filter.ERRORS_ONLY.name()))
                .build();
    }

    @Override
    public List<FieldChange> compare(ComputeObject observed, State state) {
        String all = nat().getSourceSubnetworkIpRangesToNat();
        String there = model(observed).getNatsList().stream()
                .filter(nat -> nat.getName().equals(NAT))
                .map(RouterNat::getSourceSubnetworkIpRangesToNat)
                .findFirst()
                .orElse("absent");
        return new Differences().inPlace("nats." + NAT, there, all).list();
    }

    @Override
    public void update(ComputeObject observed, List<FieldChange> changes, State state) {
        Router.Builder router = Router.newBuilder();
        model(observed).getNatsList().stream()
                .filter(nat -> !nat.getName().equals(NAT))
                .forEach(router::addNats);
        PatchRouterRequest request = PatchRouterRequest.newBuilder()
                .setProject(context.project())
                .setRegion(context.region())
                .setRouter(context.objectName())
                .setRouterResource(router.addNats(nat()))
                .build();
        changing(context.call(
                "compute.routers.update",
                () -> clients().routers().patchCallable().call(request)));
    }

    @Override
    protected Optional<Operation> remove() {
        DeleteRouterRequest request = DeleteRouterRequest.newBuilder()
                .setProject(context.project())
                .setRegion(context.region())
                .setRouter(context.objectName())
                .build();
        return context.find(
                "compute.routers.delete",
                () -> clients().routers().deleteCallable().call(request));
    }
}
