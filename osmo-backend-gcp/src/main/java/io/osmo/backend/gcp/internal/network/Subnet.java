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
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.State;
import java.util.ArrayList;
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

    /** Name of the secondary range of pods. */
    public static final String PODS = "pods";

    /** Name of the secondary range of services. */
    public static final String SERVICES = "services";

    private final String cidr;
    private final Map<String, String> ranges;

    public Subnet(GcpContext gcp, BackendSpec spec) {
        super(
                gcp,
                ID,
                Subnetwork.getDefaultInstance(),
                Set.of(VpcNetwork.ID),
                seconds(15, 10, 20),
                "subnet in " + gcp.region() + " with ranges for pods and services");
        this.cidr = spec.network().cidr();
        this.ranges =
                Map.of(PODS, gcp.settings().podCidr(), SERVICES, spec.network().serviceCidr());
    }

    /** One that stands, for deletion. */
    Subnet(GcpContext gcp) {
        super(gcp, ID, Subnetwork.getDefaultInstance(), Set.of(VpcNetwork.ID), seconds(15, 10, 20), "subnet");
        this.cidr = "";
        this.ranges = Map.of();
    }

    @Override
    protected boolean regional() {
        return true;
    }

    @Override
    protected Optional<Subnetwork> find() {
        return gcp.find(
                "compute.subnetworks.get",
                () -> gcp.clients().subnetworks().get(gcp.project(), gcp.region(), gcp.objectName()));
    }

    @Override
    protected Operation insert(State state) {
        Subnetwork.Builder subnet = Subnetwork.newBuilder()
                .setName(gcp.objectName())
                .setDescription(gcp.ownership().description())
                .setNetwork("projects/" + gcp.project() + "/global/networks/" + gcp.objectName())
                .setIpCidrRange(cidr)
                .setPrivateIpGoogleAccess(true);
        for (String name : List.of(PODS, SERVICES)) {
            subnet.addSecondaryIpRanges(SubnetworkSecondaryRange.newBuilder()
                    .setRangeName(name)
                    .setIpCidrRange(ranges.getOrDefault(name, "")));
        }
        if (gcp.settings().flowLogs()) {
            subnet.setLogConfig(SubnetworkLogConfig.newBuilder().setEnable(true));
        }
        return gcp.call(
                "compute.subnetworks.create",
                () -> gcp.clients()
                        .subnetworks()
                        .insertCallable()
                        .call(InsertSubnetworkRequest.newBuilder()
                                .setProject(gcp.project())
                                .setRegion(gcp.region())
                                .setSubnetworkResource(subnet)
                                .build()));
    }

    @Override
    public List<FieldChange> compare(ComputeObject observed, State state) {
        Subnetwork subnet = model(observed);
        List<FieldChange> changes = new ArrayList<>();
        if (!subnet.getPrivateIpGoogleAccess()) {
            changes.add(FieldChange.inPlace("privateIpGoogleAccess", false, true));
        }
        boolean logs = subnet.getLogConfig().getEnable();
        if (logs != gcp.settings().flowLogs()) {
            changes.add(FieldChange.inPlace("logConfig.enable", logs, !logs));
        }
        if (!subnet.getIpCidrRange().equals(cidr)) {
            changes.add(FieldChange.impossible("ipCidrRange", subnet.getIpCidrRange(), cidr));
        }
        Map<String, String> found = subnet.getSecondaryIpRangesList().stream()
                .collect(Collectors.toMap(
                        SubnetworkSecondaryRange::getRangeName, SubnetworkSecondaryRange::getIpCidrRange));
        ranges.forEach((name, range) -> {
            String there = found.getOrDefault(name, "absent");
            if (!there.equals(range)) {
                changes.add(FieldChange.impossible("secondaryIpRanges." + name, there, range));
            }
        });
        return changes;
    }

    @Override
    public void update(ComputeObject observed, List<FieldChange> changes, State state) {
        if (changes.get(0).field().equals("privateIpGoogleAccess")) {
            gcp.call(
                    "compute.subnetworks.setPrivateIpGoogleAccess",
                    () -> gcp.clients()
                            .subnetworks()
                            .setPrivateIpGoogleAccessCallable()
                            .call(SetPrivateIpGoogleAccessSubnetworkRequest.newBuilder()
                                    .setProject(gcp.project())
                                    .setRegion(gcp.region())
                                    .setSubnetwork(gcp.objectName())
                                    .setSubnetworksSetPrivateIpGoogleAccessRequestResource(
                                            SubnetworksSetPrivateIpGoogleAccessRequest.newBuilder()
                                                    .setPrivateIpGoogleAccess(true))
                                    .build()));
            return;
        }
        gcp.call(
                "compute.subnetworks.update",
                () -> gcp.clients()
                        .subnetworks()
                        .patchCallable()
                        .call(PatchSubnetworkRequest.newBuilder()
                                .setProject(gcp.project())
                                .setRegion(gcp.region())
                                .setSubnetwork(gcp.objectName())
                                .setSubnetworkResource(Subnetwork.newBuilder()
                                        .setFingerprint(model(observed).getFingerprint())
                                        .setLogConfig(SubnetworkLogConfig.newBuilder()
                                                .setEnable(gcp.settings().flowLogs())))
                                .build()));
    }

    @Override
    public void delete(ComputeObject observed, State state) {
        gcp.delete(
                "compute.subnetworks.delete",
                () -> gcp.clients()
                        .subnetworks()
                        .deleteCallable()
                        .call(DeleteSubnetworkRequest.newBuilder()
                                .setProject(gcp.project())
                                .setRegion(gcp.region())
                                .setSubnetwork(gcp.objectName())
                                .build()));
    }
}
