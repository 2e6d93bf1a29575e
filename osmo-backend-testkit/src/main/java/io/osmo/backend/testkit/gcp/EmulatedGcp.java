// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.gcp;

import com.google.api.serviceusage.v1.ServiceUsageProto;
import com.google.cloud.compute.v1.Address;
import com.google.cloud.compute.v1.Compute;
import com.google.cloud.compute.v1.Disk;
import com.google.cloud.compute.v1.Firewall;
import com.google.cloud.compute.v1.ForwardingRule;
import com.google.cloud.compute.v1.Network;
import com.google.cloud.compute.v1.NetworkEndpointGroup;
import com.google.cloud.compute.v1.Reservation;
import com.google.cloud.compute.v1.TargetPool;
import com.google.cloud.gkebackup.v1.GKEBackupProto;
import com.google.cloud.kms.v1.KmsProto;
import com.google.cloud.resourcemanager.v3.ProjectsProto;
import com.google.container.v1.Cluster;
import com.google.container.v1.ClusterServiceProto;
import com.google.iam.admin.v1.ServiceAccount;
import com.google.iam.v1.IamPolicyProto;
import com.google.longrunning.OperationsProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.GcpProvider;
import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.gcp.GcpTarget;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spi.CloudProvider;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.EmulatedClusters;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.CallInspector;
import io.osmo.backend.testkit.fault.Faults;
import io.osmo.backend.testkit.internal.CallLog;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A project of Google Cloud in this process: give it to {@code GcpProvider} as its factory of clients.
 *
 * <p>It keeps state, enforces what the services enforce, takes as long as they take on the {@linkplain VirtualTime virtual
 * clock}, and fails by {@linkplain #faults() rule}. Ids are the same in every run of the same calls. Safe for concurrent use;
 * calls of all services are serialised.
 */
public final class EmulatedGcp implements EmulatedCloud, GcpClients.Factory {
    /** Interfaces of Compute that are served; calls of others find nobody. */
    private static final Set<String> COMPUTE = Set.of(
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

    private final GcpProject project;
    private final Faults faults;
    private final CallLog calls;
    private final Emulation emulation;
    private final EmulatedClusters kubernetes;
    private final Policies policies;
    private final EmulatedIam iam;
    private final EmulatedKms kms;
    private final ComputeResources compute;
    private final GkeClusters clusters;
    private final EmulatedBackup backup;
    private final GrpcFront grpc;
    private final RestFront rest;

    private EmulatedGcp(Builder builder) {
        VirtualTime time = builder.time;
        project = new GcpProject(builder, time::now);
        faults = new Faults(time, new GcpRefusals());
        calls = new CallLog(builder.inspectors);
        emulation = new Emulation(project, time, faults, calls);
        kubernetes = new EmulatedClusters(time, this::advance);
        policies = new Policies(project);
        iam = new EmulatedIam(project, policies);
        kms = new EmulatedKms(project, policies);
        ComputeOperations computeOperations = new ComputeOperations(project);
        compute = new ComputeResources(project, computeOperations);
        GkeMachines machines = new GkeMachines(project, compute, kms, faults, kubernetes);
        GkeOperations gkeOperations = new GkeOperations(project);
        GkePools pools = new GkePools(project, gkeOperations, machines, iam);
        clusters = new GkeClusters(project, compute, kms, gkeOperations, pools, kubernetes);
        LongRunning backupOperations = new LongRunning(project);
        backup = new EmulatedBackup(project, clusters, backupOperations);
        LongRunning serviceOperations = new LongRunning(project);

        Map<ServiceDescriptor, String> overGrpc = new LinkedHashMap<>();
        overGrpc.put(service(ClusterServiceProto.getDescriptor(), "ClusterManager"), "container");
        overGrpc.put(service(KmsProto.getDescriptor(), "KeyManagementService"), "cloudkms");
        overGrpc.put(service(IamPolicyProto.getDescriptor(), "IAMPolicy"), "cloudkms");
        overGrpc.put(service(GKEBackupProto.getDescriptor(), "BackupForGKE"), "gkebackup");
        overGrpc.put(service(OperationsProto.getDescriptor(), "Operations"), "gkebackup");
        Map<String, Object[]> emulators = new HashMap<>();
        emulators.put("ClusterManager", new Object[] {clusters, pools, gkeOperations});
        emulators.put("KeyManagementService", new Object[] {kms});
        emulators.put("IAMPolicy", new Object[] {kms.new PolicyMethods()});
        emulators.put("BackupForGKE", new Object[] {backup});
        emulators.put("Operations", new Object[] {backupOperations});
        overGrpc.forEach((service, prefix) ->
                emulation.serve(prefix, service, null, emulators.getOrDefault(service.getName(), new Object[0])));
        grpc = new GrpcFront(emulation, overGrpc);

        ComputeCatalogue catalogue = new ComputeCatalogue(project, machines::usage);
        List<Emulation.Fallback> all = List.of(compute, computeOperations, catalogue);
        Emulation.Fallback fallback = (method, request) ->
                all.stream().flatMap(one -> one.call(method, request).stream()).findFirst();
        for (ServiceDescriptor service : Compute.getDescriptor().getServices()) {
            if (COMPUTE.contains(service.getName())) {
                emulation.serve("compute." + Emulation.lower(service.getName()), service, fallback);
            }
        }
        emulation.serve("iam", service(ServiceAccount.getDescriptor().getFile(), "IAM"), null, iam);
        emulation.serve(
                "cloudresourcemanager",
                service(ProjectsProto.getDescriptor(), "Projects"),
                null,
                new EmulatedResourceManager(project, policies));
        emulation.serve(
                "serviceusage",
                service(ServiceUsageProto.getDescriptor(), "ServiceUsage"),
                null,
                new EmulatedServices(project, serviceOperations));
        emulation.serve(
                "serviceusage", service(OperationsProto.getDescriptor(), "Operations"), null, serviceOperations);
        Set<String> grpcKeys = new TreeSet<>(Set.of("container/", "cloudkms/", "gkebackup/"));
        rest = new RestFront(emulation, key -> grpcKeys.stream().noneMatch(key::startsWith), payloads());
    }

    private static ServiceDescriptor service(FileDescriptor file, String name) {
        return Optional.ofNullable(file.findServiceByName(name)).orElseThrow();
    }

    private static List<Descriptor> payloads() {
        List<Descriptor> payloads =
                new ArrayList<>(ServiceUsageProto.getDescriptor().getMessageTypes());
        payloads.add(com.google.api.serviceusage.v1.OperationMetadata.getDescriptor());
        return payloads;
    }

    /** A project with default limits. */
    public static EmulatedGcp on(VirtualTime time) {
        return builder(time).build();
    }

    public static Builder builder(VirtualTime time) {
        return new Builder(time);
    }

    /** What of a project can be chosen. */
    public static final class Builder {
        private final VirtualTime time;
        final Map<String, Double> quotas = new HashMap<>();
        final Set<String> disabledServices = new TreeSet<>();
        private final List<CallInspector> inspectors = new ArrayList<>();
        String projectId = "osmo-emulated";
        long projectNumber = 123_456_789_012L;
        long seed = 1;
        int pageSize = 500;

        private Builder(VirtualTime time) {
            this.time = time;
        }

        /** Id of the project; default {@code osmo-emulated}. */
        public Builder project(String id) {
            projectId = id;
            return this;
        }

        /** Seed of ids. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** Most items that a list call gives at once, at least 1; a small number makes every caller page. Default 500. */
        public Builder pageSize(int items) {
            if (items < 1) {
                throw new IllegalArgumentException("a page holds at least one item, not " + items);
            }
            pageSize = items;
            return this;
        }

        /** A limit by metric, in each region or, of {@code NETWORKS} and {@code ROUTERS}, in the project. */
        public Builder quota(String metric, double value) {
            GcpQuotas.defaultValue(metric);
            quotas.put(metric, value);
            return this;
        }

        /** A service that the project does not use yet, such as {@code container.googleapis.com}; by default it uses all. */
        public Builder disabledService(String name) {
            disabledServices.add(name);
            return this;
        }

        /** Looks at every request and response. */
        public Builder inspector(CallInspector inspector) {
            inspectors.add(inspector);
            return this;
        }

        public EmulatedGcp build() {
            return new EmulatedGcp(this);
        }
    }

    @Override
    public CloudProvider provider() {
        return new GcpProvider(this);
    }

    @Override
    public Faults faults() {
        return faults;
    }

    /** From now on tests of this permission, such as {@code compute.networks.create}, say that it is not granted. */
    public void denyPermission(String permission) {
        synchronized (project) {
            policies.deny(permission);
        }
    }

    @Override
    public List<Call> calls() {
        return calls.calls();
    }

    @Override
    public void forgetCalls() {
        calls.forget();
    }

    @Override
    public EmulatedCluster cluster(BackendRef backend) {
        advance();
        return find(backend.region(), backend.name())
                .orElseThrow(() -> new IllegalArgumentException("there is no cluster of " + backend));
    }

    /** A network. */
    @Override
    public void plantForeignObject(BackendRef backend) {
        synchronized (project) {
            project.advance();
            compute.put(
                    compute.projectPath("global/networks/osmo-" + backend.name()),
                    Network.newBuilder().setAutoCreateSubnetworks(false).build());
        }
    }

    /**
     * The Kubernetes side of a cluster that has come up.
     *
     * @param location region or zone of the cluster
     */
    public EmulatedCluster cluster(String location, String name) {
        advance();
        return kubernetes.get(location + "-" + name);
    }

    @Override
    public List<String> inventory() {
        synchronized (project) {
            project.advance();
            List<String> lines = new ArrayList<>(GcpInventory.of(compute, clusters.clusters));
            lines.addAll(iam.inventory());
            lines.addAll(policies.inventory());
            lines.addAll(kms.inventory());
            lines.addAll(backup.inventory());
            lines.sort(null);
            return lines;
        }
    }

    /** Leaves a load balancer in a cluster's network, as the controller of a Service makes it. */
    public void plantLoadBalancer(String location, String cluster, String service) {
        synchronized (project) {
            project.advance();
            Cluster owner = clusters.get(path(location, cluster));
            String region = GkeClusters.region(location);
            String name = "a" + project.hex(31);
            String description = "{\"kubernetes.io/service-name\":\"" + service + "\"}";
            String pool = compute.projectPath("regions/" + region + "/targetPools/" + name);
            compute.put(
                    pool, TargetPool.newBuilder().setDescription(description).build());
            compute.put(
                    compute.projectPath("regions/" + region + "/forwardingRules/" + name),
                    ForwardingRule.newBuilder()
                            .setDescription(description)
                            .setIPAddress("34.66.0.1")
                            .setIPProtocol("TCP")
                            .setPortRange("80-80")
                            .setLoadBalancingScheme("EXTERNAL")
                            .setTarget(ComputeResources.url(pool))
                            .build());
            compute.put(
                    compute.projectPath("global/firewalls/k8s-fw-" + name),
                    Firewall.newBuilder()
                            .setDescription("{\"kubernetes.io/service-name\":\"" + service
                                    + "\",\"kubernetes.io/service-ip\":\"34.66.0.1\"}")
                            .setNetwork(ComputeResources.url(
                                    owner.getNetworkConfig().getNetwork()))
                            .setDirection("INGRESS")
                            .build());
        }
    }

    /** Leaves an endpoint group in a cluster's network, as the controller of an Ingress makes it. */
    public void plantEndpointGroup(String location, String cluster, String service) {
        synchronized (project) {
            project.advance();
            Cluster owner = clusters.get(path(location, cluster));
            String zone = owner.getLocations(0);
            compute.put(
                    compute.projectPath("zones/" + zone + "/networkEndpointGroups/k8s1-" + project.hex(8) + "-default-"
                            + ComputeResources.nameOf(service) + "-80-" + project.hex(8)),
                    NetworkEndpointGroup.newBuilder()
                            .setNetworkEndpointType("GCE_VM_IP_PORT")
                            .setNetwork(ComputeResources.url(
                                    owner.getNetworkConfig().getNetwork()))
                            .setSubnetwork(ComputeResources.url(
                                    owner.getNetworkConfig().getSubnetwork()))
                            .setDescription("{\"cluster-uid\":\"" + project.hex(16) + "\",\"namespace\":\"default\"}")
                            .build());
        }
    }

    /** Leaves a disk in the first zone of a cluster, as the CSI driver makes it for a claim. */
    public void plantVolume(String location, String cluster, String claim) {
        synchronized (project) {
            project.advance();
            Cluster owner = clusters.get(path(location, cluster));
            String zone = owner.getLocations(0);
            compute.put(
                    compute.projectPath("zones/" + zone + "/disks/pvc-" + project.uuid()),
                    Disk.newBuilder()
                            .setSizeGb(10)
                            .setStatus("READY")
                            .setType(ComputeResources.url(
                                    compute.projectPath("zones/" + zone + "/diskTypes/pd-balanced")))
                            .setDescription("{\"kubernetes.io/created-for/pvc/name\":\"" + claim
                                    + "\",\"kubernetes.io/created-for/pvc/namespace\":\"default\","
                                    + "\"storage.gke.io/created-by\":\"pd.csi.storage.gke.io\"}")
                            .putLabels("goog-k8s-cluster-name", cluster)
                            .putLabels("goog-k8s-cluster-location", location)
                            .putAllLabels(owner.getResourceLabelsMap())
                            .build());
        }
    }

    /** Leaves a backup under a plan, as its schedule takes it. */
    public void plantBackup(String plan, String id) {
        synchronized (project) {
            project.advance();
            backup.plant(plan, id);
        }
    }

    /** Reserves machines in a zone, as somebody with the console does. */
    public void plantReservation(String zone, String name, String machineType, int count) {
        synchronized (project) {
            project.advance();
            Reservation.Builder reservation =
                    Reservation.newBuilder().setStatus("READY").setSpecificReservationRequired(true);
            reservation
                    .getSpecificReservationBuilder()
                    .setCount(count)
                    .setInUseCount(0)
                    .getInstancePropertiesBuilder()
                    .setMachineType(machineType);
            compute.put(compute.projectPath("zones/" + zone + "/reservations/" + name), reservation.build());
        }
    }

    /** Reserves an address in a region, as somebody with the console does. */
    public void plantAddress(String region, String name) {
        synchronized (project) {
            project.advance();
            Message address = Address.newBuilder()
                    .setAddress("34.66.0.9")
                    .setAddressType("EXTERNAL")
                    .setStatus("RESERVED")
                    .build();
            compute.put(compute.projectPath("regions/" + region + "/addresses/" + name), address);
        }
    }

    private String path(String location, String cluster) {
        return "projects/" + project.id() + "/locations/" + location + "/clusters/" + cluster;
    }

    /** The vendor's clients, connected to this project. */
    @Override
    public GcpClients open(String region, GkeSettings settings) {
        GcpClients vendor = GcpClients.connect(target());
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals("kubernetes")) {
                return endpoint(region, String.valueOf(arguments[0]));
            }
            try {
                return method.invoke(vendor, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return (GcpClients)
                Proxy.newProxyInstance(GcpClients.class.getClassLoader(), new Class<?>[] {GcpClients.class}, handler);
    }

    /** Where a cluster of a region is reached, whose own address leads nowhere. */
    private Optional<URI> endpoint(String region, String cluster) {
        return find(region, cluster).map(EmulatedCluster::endpoint);
    }

    private Optional<EmulatedCluster> find(String region, String cluster) {
        synchronized (project) {
            return clusters.clusters.values().stream()
                    .filter(c -> c.getName().equals(cluster)
                            && GkeClusters.region(c.getLocation()).equals(region))
                    .flatMap(c -> kubernetes.find(c.getLocation() + "-" + cluster).stream())
                    .findFirst();
        }
    }

    private GcpTarget target() {
        GcpTarget.Builder target =
                GcpTarget.builder(project::id, NobodysCredentials::new).attempts(1);
        for (GcpService service : GcpService.values()) {
            switch (service) {
                case CONTAINER, KMS, BACKUP -> target.channel(service, grpc.channel());
                default -> target.endpoint(service, rest.endpoint());
            }
        }
        return target.build();
    }

    /** Stops the servers. */
    @Override
    public void close() {
        grpc.close();
        rest.close();
        kubernetes.close();
    }

    private void advance() {
        synchronized (project) {
            project.advance();
        }
    }
}
