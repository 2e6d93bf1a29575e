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
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The router with Cloud NAT on it: the way out of nodes and pods. One NAT serves all zones of the region and is redundant by
 * itself, so that both kinds of egress that a spec knows come to the same here (NW-2).
 */
public final class CloudRouter extends ComputeResource<Router> {
    public static final ResourceId ID = ResourceId.of("router", "main");

    private static final String NAT = "nat";

    public CloudRouter(GcpContext gcp) {
        super(
                gcp,
                ID,
                Router.getDefaultInstance(),
                Set.of(VpcNetwork.ID),
                seconds(10, 10, 15),
                "router with Cloud NAT in " + gcp.region());
    }

    @Override
    protected boolean regional() {
        return true;
    }

    @Override
    protected Optional<Router> find() {
        return gcp.find(
                "compute.routers.get",
                () -> gcp.clients().routers().get(gcp.project(), gcp.region(), gcp.objectName()));
    }

    @Override
    protected Operation insert(State state) {
        return gcp.call(
                "compute.routers.create",
                () -> gcp.clients()
                        .routers()
                        .insertCallable()
                        .call(InsertRouterRequest.newBuilder()
                                .setProject(gcp.project())
                                .setRegion(gcp.region())
                                .setRouterResource(Router.newBuilder()
                                        .setName(gcp.objectName())
                                        .setDescription(gcp.ownership().description())
                                        .setNetwork(
                                                "projects/" + gcp.project() + "/global/networks/" + gcp.objectName())
                                        .addNats(nat()))
                                .build()));
    }

    private static RouterNat nat() {
        return RouterNat.newBuilder()
                .setName(NAT)
                .setNatIpAllocateOption(RouterNat.NatIpAllocateOption.AUTO_ONLY.name())
                .setSourceSubnetworkIpRangesToNat(
                        RouterNat.SourceSubnetworkIpRangesToNat.ALL_SUBNETWORKS_ALL_IP_RANGES.name())
                // Many pods of one node talk to the same registry: ports are given out as needed.
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
        return there.equals(all) ? List.of() : List.of(FieldChange.inPlace("nats." + NAT, there, all));
    }

    @Override
    public void update(ComputeObject observed, List<FieldChange> changes, State state) {
        Router.Builder router = Router.newBuilder();
        model(observed).getNatsList().stream()
                .filter(nat -> !nat.getName().equals(NAT))
                .forEach(router::addNats);
        gcp.call(
                "compute.routers.update",
                () -> gcp.clients()
                        .routers()
                        .patchCallable()
                        .call(PatchRouterRequest.newBuilder()
                                .setProject(gcp.project())
                                .setRegion(gcp.region())
                                .setRouter(gcp.objectName())
                                .setRouterResource(router.addNats(nat()))
                                .build()));
    }

    @Override
    public void delete(ComputeObject observed, State state) {
        gcp.delete(
                "compute.routers.delete",
                () -> gcp.clients()
                        .routers()
                        .deleteCallable()
                        .call(DeleteRouterRequest.newBuilder()
                                .setProject(gcp.project())
                                .setRegion(gcp.region())
                                .setRouter(gcp.objectName())
                                .build()));
    }
}
