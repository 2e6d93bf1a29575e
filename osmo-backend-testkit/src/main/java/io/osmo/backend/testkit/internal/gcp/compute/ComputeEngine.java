// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.compute;

import com.google.cloud.compute.v1.Compute;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.iam.Policies;
import io.osmo.backend.testkit.internal.gcp.wire.Dispatcher;
import io.osmo.backend.testkit.internal.gcp.wire.EmulatedService;
import java.util.List;
import java.util.Set;

/** Compute Engine. */
public final class ComputeEngine implements EmulatedService {
    /** The interfaces that are served; a path of any other is not found. */
    private static final Set<String> INTERFACES = Set.of(
            "AcceleratorTypes",
            "Addresses",
            "BackendServices",
            "DiskTypes",
            "Disks",
            "Firewalls",
            "ForwardingRules",
            "GlobalAddresses",
            "GlobalForwardingRules",
            "GlobalOperations",
            "HealthChecks",
            "InstanceGroupManagers",
            "Instances",
            "MachineTypes",
            "NetworkEndpointGroups",
            "Networks",
            "Projects",
            "RegionBackendServices",
            "RegionDisks",
            "RegionHealthChecks",
            "RegionOperations",
            "Regions",
            "Reservations",
            "Routers",
            "Routes",
            "Subnetworks",
            "TargetHttpProxies",
            "TargetHttpsProxies",
            "TargetTcpProxies",
            "TargetPools",
            "UrlMaps",
            "ZoneOperations",
            "Zones");

    private final ComputeResources resources;
    private final QuotaUsage usage;
    private final PlantedResources planted;
    private final Dispatcher.Fallback methods;

    public ComputeEngine(GcpProject project, Policies policies) {
        this.resources = new ComputeResources(project);
        this.usage = new QuotaUsage(resources);
        this.planted = new PlantedResources(project, resources);
        ComputeOperations operations = new ComputeOperations(project);
        List<Dispatcher.Fallback> all = List.of(
                new ComputeCollections(project, resources, operations, policies),
                operations,
                new ComputeCatalog(project, usage));
        this.methods = (method, request) ->
                all.stream().flatMap(one -> one.call(method, request).stream()).findFirst();
    }

    public ComputeResources resources() {
        return resources;
    }

    public QuotaUsage usage() {
        return usage;
    }

    public PlantedResources planted() {
        return planted;
    }

    @Override
    public void serve(Dispatcher dispatcher) {
        for (ServiceDescriptor service : Compute.getDescriptor().getServices()) {
            if (INTERFACES.contains(service.getName())) {
                dispatcher.serveRest("compute." + Dispatcher.lower(service.getName()), service, methods);
            }
        }
    }

    @Override
    public List<String> inventory() {
        return ComputeInventory.of(resources);
    }
}
