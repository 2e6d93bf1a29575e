// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.network;

import com.google.cloud.compute.v1.DeleteNetworkRequest;
import com.google.cloud.compute.v1.InsertNetworkRequest;
import com.google.cloud.compute.v1.Network;
import com.google.cloud.compute.v1.NetworkRoutingConfig;
import com.google.cloud.compute.v1.Operation;
import io.osmo.backend.gcp.internal.ComputeObject;
import io.osmo.backend.gcp.internal.ComputeResource;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The network, in custom mode: the automatic mode would create subnets in every region (NW-1). */
public final class VpcNetwork extends ComputeResource<Network> {
    public static final ResourceId ID = ResourceId.of("network", "main");

    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(ID.kind())
            .read("compute.networks.get", "compute.globalOperations.get")
            .create("compute.networks.create")
            .destroy("compute.networks.delete");

    public VpcNetwork(GcpContext context, Set<ResourceId> after) {
        super(context, ID, Network.getDefaultInstance(), after, seconds(15, 10, 20), "network " + context.objectName());
    }

    @Override
    protected boolean isRegional() {
        return false;
    }

    @Override
    protected Optional<Network> find() {
        return find(context, context.objectName());
    }

    /** Such as {@code projects/p/global/networks/osmo-train-us-central1}. */
    public static String path(GcpContext context) {
        return "projects/" + context.project() + "/global/networks/" + context.objectName();
    }

    static Optional<Network> find(GcpContext context, String name) {
        return context.find(
                "compute.networks.get", () -> context.clients().networks().get(context.project(), name));
    }

    @Override
    protected Operation insert(State state) {
        InsertNetworkRequest request = InsertNetworkRequest.newBuilder()
                .setProject(context.project())
                .setNetworkResource(Network.newBuilder()
                        .setName(context.objectName())
                        .setDescription(context.ownership().description())
                        .setAutoCreateSubnetworks(false)
                        .setRoutingConfig(NetworkRoutingConfig.newBuilder()
                                .setRoutingMode(NetworkRoutingConfig.RoutingMode.REGIONAL.name())))
                .build();
        return context.call(
                "compute.networks.create",
                () -> clients().networks().insertCallable().call(request));
    }

    /** Only the mode can differ, which cannot be changed; name and description identify the network as the backend's. */
    @Override
    public List<FieldChange> compare(ComputeObject observed, State state) {
        return model(observed).getAutoCreateSubnetworks()
                ? List.of(FieldChange.impossible(
                        "autoCreateSubnetworks",
                        true,
                        "false (run: gcloud compute networks update " + context.objectName()
                                + " --switch-to-custom-subnet-mode)"))
                : List.of();
    }

    @Override
    public void update(ComputeObject observed, List<FieldChange> changes, State state) {
        throw new IllegalStateException("a network cannot differ: " + changes);
    }

    @Override
    public Optional<String> irreplaceable(ComputeObject observed) {
        return Optional.of(
                "The cluster is in the network. Destroy the backend and apply again, or choose another name for it.");
    }

    @Override
    public Disruption deletionDisruption() {
        return Disruption.OUTAGE;
    }

    @Override
    protected Optional<Operation> remove() {
        DeleteNetworkRequest request = DeleteNetworkRequest.newBuilder()
                .setProject(context.project())
                .setNetwork(context.objectName())
                .build();
        return context.find(
                "compute.networks.delete",
                () -> clients().networks().deleteCallable().call(request));
    }
}
