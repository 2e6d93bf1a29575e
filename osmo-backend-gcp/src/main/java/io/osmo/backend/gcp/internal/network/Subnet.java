// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.network;

import com.google.cloud.compute.v1.DeleteSubnetworkRequest;
import com.google.cloud.compute.v1.InsertSubnetworkRequest;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.PatchSubnetworkRequest;
import com.google.cloud.compute.v1.SetPrivateIpGoogleAccessSubnetworkRequest;
import com.google.cloud.compute.v1.Subnetwork;
import com.google.cloud.compute.v1.SubnetworkLogConfig;
import com.google.cloud.compute.v1.SubnetworkSecondaryRange;
import com.google.cloud.compute.v1.SubnetworksSetPrivateIpGoogleAccessRequest;
import io.osmo.backend.gcp.internal.ComputeObject;
import io.osmo.backend.gcp.internal.ComputeResource;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.provider.Differences;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The subnet of the nodes, which spans the region's zones, with secondary ranges for pods and services, and with access to
 * Google's services from machines without public addresses (NW-1, NW-2).
 */
public final class Subnet extends ComputeResource<Subnetwork> {
    public static final ResourceId ID = ResourceId.of("subnetwork", "main");

    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(ID.kind())
            .read("compute.subnetworks.get", "compute.regionOperations.get")
            .create("compute.subnetworks.create", "compute.networks.updatePolicy")
            .update("compute.subnetworks.update", "compute.subnetworks.setPrivateIpGoogleAccess")
            .destroy("compute.subnetworks.delete");

    /** Name of the secondary range of pods. */
    public static final String PODS = "pods";

    /** Name of the secondary range of services. */
    public static final String SERVICES = "services";

    private final String cidr;
    private final Map<String, String> ranges;

    public Subnet(GcpContext context, BackendSpec spec) {
        super(
                context,
                ID,
                Subnetwork.getDefaultInstance(),
                Set.of(VpcNetwork.ID),
                seconds(15, 10, 20),
                "subnet in " + context.region() + " with ranges for pods and services");
        this.cidr = spec.network().cidr().orElseThrow();
        this.ranges = Map.of(
                PODS, context.settings().podCidr(), SERVICES, spec.network().serviceCidr());
    }

    /** An existing one, to be deleted. */
    Subnet(GcpContext context) {
        super(
                context,
                ID,
                Subnetwork.getDefaultInstance(),
                Set.of(VpcNetwork.ID),
                seconds(15, 10, 20),
                "subnet in " + context.region());
        this.cidr = "";
        this.ranges = Map.of();
    }

    @Override
    protected Optional<Subnetwork> find() {
        return find(context, context.objectName());
    }

    static Optional<Subnetwork> find(GcpContext context, String name) {
        return context.find(
                "compute.subnetworks.get",
                () -> context.clients().subnetworks().get(context.project(), context.region(), name));
    }

    @Override
    protected Operation insert(State state) {
        Subnetwork.Builder subnet = Subnetwork.newBuilder()
                .setName(context.objectName())
                .setDescription(context.ownership().description())
                .setNetwork(VpcNetwork.path(context))
                .setIpCidrRange(cidr)
                .setPrivateIpGoogleAccess(true);
        for (String name : List.of(PODS, SERVICES)) {
            subnet.addSecondaryIpRanges(SubnetworkSecondaryRange.newBuilder()
                    .setRangeName(name)
                    .setIpCidrRange(ranges.getOrDefault(name, "")));
        }
        if (context.settings().flowLogs()) {
            subnet.setLogConfig(SubnetworkLogConfig.newBuilder().setEnable(true));
        }
        InsertSubnetworkRequest request = InsertSubnetworkRequest.newBuilder()
                .setProject(context.project())
                .setRegion(context.region())
                .setSubnetworkResource(subnet)
                .build();
        return context.call(
                "compute.subnetworks.create",
                () -> clients().subnetworks().insertCallable().call(request));
    }

    @Override
    public List<FieldChange> compare(ComputeObject observed, State state) {
        Subnetwork subnet = model(observed);
        Differences differences = new Differences()
                .inPlace("privateIpGoogleAccess", subnet.getPrivateIpGoogleAccess(), true)
                .inPlace(
                        "logConfig.enable",
                        subnet.getLogConfig().getEnable(),
                        context.settings().flowLogs())
                .fixed("network.cidr", subnet.getIpCidrRange(), cidr);
        Map<String, String> found = subnet.getSecondaryIpRangesList().stream()
                .collect(Collectors.toMap(
                        SubnetworkSecondaryRange::getRangeName, SubnetworkSecondaryRange::getIpCidrRange));
        Map<String, String> paths = Map.of(PODS, "settings.podCidr", SERVICES, "network.serviceCidr");
        ranges.forEach((name, range) ->
                differences.fixed(paths.getOrDefault(name, name), found.getOrDefault(name, "absent"), range));
        return differences.list();
    }

    @Override
    public void update(ComputeObject observed, List<FieldChange> changes, State state) {
        if (changes.get(0).field().equals("privateIpGoogleAccess")) {
            SetPrivateIpGoogleAccessSubnetworkRequest request = SetPrivateIpGoogleAccessSubnetworkRequest.newBuilder()
                    .setProject(context.project())
                    .setRegion(context.region())
                    .setSubnetwork(context.objectName())
                    .setSubnetworksSetPrivateIpGoogleAccessRequestResource(
                            SubnetworksSetPrivateIpGoogleAccessRequest.newBuilder()
                                    .setPrivateIpGoogleAccess(true))
                    .build();
            changing(context.call(
                    "compute.subnetworks.setPrivateIpGoogleAccess",
                    () -> clients()
                            .subnetworks()
                            .setPrivateIpGoogleAccessCallable()
                            .call(request)));
            return;
        }
        PatchSubnetworkRequest request = PatchSubnetworkRequest.newBuilder()
                .setProject(context.project())
                .setRegion(context.region())
                .setSubnetwork(context.objectName())
                .setSubnetworkResource(Subnetwork.newBuilder()
                        .setFingerprint(model(observed).getFingerprint())
                        .setLogConfig(SubnetworkLogConfig.newBuilder()
                                .setEnable(context.settings().flowLogs())))
                .build();
        changing(context.call(
                "compute.subnetworks.update",
                () -> clients().subnetworks().patchCallable().call(request)));
    }

    @Override
    public Optional<String> irreplaceable(ComputeObject observed) {
        return Optional.of(
                "The cluster is in the subnet. Destroy the backend and apply again, or choose another name for it.");
    }

    @Override
    public Disruption deletionDisruption() {
        return Disruption.OUTAGE;
    }

    @Override
    protected Optional<Operation> remove() {
        DeleteSubnetworkRequest request = DeleteSubnetworkRequest.newBuilder()
                .setProject(context.project())
                .setRegion(context.region())
                .setSubnetwork(context.objectName())
                .build();
        return context.find(
                "compute.subnetworks.delete",
                () -> clients().subnetworks().deleteCallable().call(request));
    }
}
