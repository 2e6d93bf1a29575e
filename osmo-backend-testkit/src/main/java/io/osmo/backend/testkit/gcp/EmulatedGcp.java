// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.gcp;

import com.google.container.v1.Cluster;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.GcpProvider;
import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.gcp.GcpTarget;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.permission.Permissions;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spi.CloudProvider;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import io.osmo.backend.testkit.cloud.EmulatedCloudBuilder;
import io.osmo.backend.testkit.cloud.ServedCloud;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.EmulatedClusters;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.Faults;
import io.osmo.backend.testkit.internal.CallLog;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.GcpQuotas;
import io.osmo.backend.testkit.internal.gcp.backup.BackupForGke;
import io.osmo.backend.testkit.internal.gcp.billing.CloudCatalog;
import io.osmo.backend.testkit.internal.gcp.compute.ComputeEngine;
import io.osmo.backend.testkit.internal.gcp.container.Gke;
import io.osmo.backend.testkit.internal.gcp.iam.Iam;
import io.osmo.backend.testkit.internal.gcp.kms.Kms;
import io.osmo.backend.testkit.internal.gcp.resourcemanager.ResourceManager;
import io.osmo.backend.testkit.internal.gcp.services.ServiceUsage;
import io.osmo.backend.testkit.internal.gcp.wire.Dispatcher;
import io.osmo.backend.testkit.internal.gcp.wire.EmulatedService;
import io.osmo.backend.testkit.internal.gcp.wire.GcpRefusals;
import io.osmo.backend.testkit.internal.gcp.wire.GrpcChannel;
import io.osmo.backend.testkit.internal.gcp.wire.NoCredentials;
import io.osmo.backend.testkit.internal.gcp.wire.RestService;
import io.osmo.backend.testkit.internal.gcp.wire.ServedGcp;
import io.osmo.backend.testkit.internal.gcp.wire.ToldClusters;
import io.osmo.backend.testkit.internal.http.Pace;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * A Google Cloud project in this process. Pass it to {@code GcpProvider} as its factory of clients.
 *
 * <p>It keeps state, enforces the rules of the services, takes as long as they do on the {@linkplain VirtualTime virtual clock}, and
 * fails by {@linkplain #faults() rule}. Ids are the same in every run of the same calls. Safe for concurrent use; calls of all services
 * are serialized.
 */
public final class EmulatedGcp implements EmulatedCloud, GcpClients.Factory {
    private static final long PROJECT_NUMBER = 123_456_789_012L;

    private final GcpProject project;
    private final Faults faults;
    private final CallLog calls;
    private final EmulatedClusters kubernetes;
    private final Iam iam;
    private final ComputeEngine compute;
    private final Gke gke;
    private final BackupForGke backup;
    private final ServiceUsage serviceUsage;
    private final List<EmulatedService> services;
    private final Dispatcher dispatcher;
    private final HttpClient rest;
    private final Pace pace;

    private EmulatedGcp(VirtualTime time, GcpProject project, CallLog calls) {
        this.project = project;
        this.calls = calls;
        faults = new Faults(time, new GcpRefusals(), this::operations);
        pace = new Pace(time);
        kubernetes = new EmulatedClusters(time, () -> {
            pace.tick();
            advance();
        });
        iam = new Iam(project);
        Kms kms = new Kms(project, iam.policies());
        compute = new ComputeEngine(project, iam.policies());
        gke = new Gke(project, compute, kms, iam, faults, kubernetes);
        backup = new BackupForGke(project, gke.clusters());
        ResourceManager resourceManager = new ResourceManager(project, iam.policies());
        serviceUsage = new ServiceUsage(project);
        services = List.of(compute, gke, kms, backup, iam, resourceManager, serviceUsage, new CloudCatalog(project));
        dispatcher = new Dispatcher(project, time, faults, calls);
        iam.policies().caller(dispatcher::allows);
        services.forEach(service -> service.serve(dispatcher));
        rest = new RestService(dispatcher, ServiceUsage.PAYLOADS).client();
    }

    private List<String> operations() {
        return dispatcher.operations();
    }

    /** A project with default limits. */
    public static EmulatedGcp on(VirtualTime time) {
        return builder(time).build();
    }

    public static Builder builder(VirtualTime time) {
        return new Builder(time);
    }

    /** Options of a project. */
    public static final class Builder extends EmulatedCloudBuilder<Builder> {
        private final Map<String, Double> quotas = new HashMap<>();
        private final Set<String> disabledServices = new TreeSet<>();
        private String projectId = "osmo-emulated";

        private Builder(VirtualTime time) {
            super(time, 500);
        }

        /** Id of the project; default {@code osmo-emulated}. */
        public Builder project(String id) {
            projectId = id;
            return this;
        }

        /** A limit by metric. {@code NETWORKS} and {@code ROUTERS} are for the project, all others for each region. */
        public Builder quota(String metric, double value) {
            GcpQuotas.defaultValue(metric);
            quotas.put(metric, value);
            return this;
        }

        /** A service that is not enabled yet, such as {@code container.googleapis.com}; by default all are. */
        public Builder disabledService(String name) {
            disabledServices.add(name);
            return this;
        }

        public EmulatedGcp build() {
            GcpProject project = new GcpProject(
                    projectId, PROJECT_NUMBER, disabledServices, time()::now, seed(), pageSize(), quotas);
            return new EmulatedGcp(time(), project, new CallLog(inspectors()));
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

    @Override
    public void allowOnly(Collection<String> actions) {
        dispatcher.rights().limit(actions);
        dispatcher.bindings().limit(List.of());
    }

    /** {@inheritDoc} A custom role counts where its command binds it: for a project, a key, or a service account. */
    @Override
    public void allowOnly(Permissions permissions) {
        dispatcher.rights().limit(permissions.actions());
        dispatcher.bindings().limit(permissions.documents());
    }

    @Override
    public void denyAction(String action) {
        dispatcher.rights().deny(action);
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
        return now(() -> gke.apiServer(backend))
                .orElseThrow(() -> new IllegalArgumentException("there is no cluster of " + backend));
    }

    /**
     * The Kubernetes side of a running cluster.
     *
     * @param location region or zone of the cluster
     */
    public EmulatedCluster cluster(String location, String name) {
        advance();
        return kubernetes.get(location + "-" + name);
    }

    @Override
    public List<String> inventory() {
        return now(() -> {
            List<String> lines = new ArrayList<>();
            services.forEach(service -> lines.addAll(service.inventory()));
            lines.sort(null);
            return lines;
        });
    }

    /** {@inheritDoc} Here a network. */
    @Override
    public void plantForeignObject(BackendRef backend) {
        now(() -> compute.planted().network("osmo-" + backend.name() + "-" + backend.region()));
    }

    /** Adds a foreign service account. */
    public void plantServiceAccount(String accountId) {
        now(() -> iam.accounts().plant(accountId));
    }

    /** Adds a load balancer in a cluster's network, as the controller of Services creates it. */
    public void plantLoadBalancer(String location, String cluster, String service) {
        now(() -> compute.planted().loadBalancer(managed(location, cluster), service));
    }

    /** Adds an endpoint group in a cluster's network, as the controller of Ingresses creates it. */
    public void plantEndpointGroup(String location, String cluster, String service) {
        now(() -> compute.planted().endpointGroup(managed(location, cluster), service));
    }

    /** Adds a disk in the first zone of a cluster, as the CSI driver creates it for a claim. */
    public void plantVolume(String location, String cluster, String claim) {
        now(() -> compute.planted().volume(managed(location, cluster), claim));
    }

    /** Adds a backup to a plan, as its schedule does. */
    public void plantBackup(String plan, String id) {
        now(() -> backup.plant(plan, id));
    }

    /** Reserves machines in a zone, as a person does with the console. */
    public void plantReservation(String zone, String name, String machineType, int count) {
        now(() -> compute.planted().reservation(zone, name, machineType, count));
    }

    /**
     * Creates a network with one subnet, as a person does in the console. If it is in another project, it is shared with this one, and
     * GKE gets the roles that it needs there.
     *
     * @param owner id of the project of the network
     * @param ranges secondary ranges by name
     */
    public void plantNetwork(String owner, String region, String name, String subnet, Map<String, String> ranges) {
        now(() -> {
            compute.planted().network(owner, region, name, subnet, ranges);
            if (!owner.equals(project.id())) {
                project.addOther(owner);
                String agent = project.serviceAgent("container-engine-robot");
                String path = "projects/" + owner + "/regions/" + region + "/subnetworks/" + subnet;
                iam.policies().grant("projects/" + owner, "roles/container.hostServiceAgentUser", agent);
                iam.policies().grant(path, "roles/compute.networkUser", agent);
                iam.policies()
                        .grant(
                                path,
                                "roles/compute.networkUser",
                                "serviceAccount:" + project.number() + "@cloudservices.gserviceaccount.com");
            }
        });
    }

    /** Removes a role on a resource, such as {@code projects/p}, from all its members. */
    public void revoke(String resource, String role) {
        now(() -> iam.policies().revoke(resource, role));
    }

    /**
     * Occupies all free addresses of a range, as other machines and clusters would, or releases them.
     *
     * @param range path of a subnet; for a secondary range, followed by a dash and its name
     */
    public void fillRange(String range, boolean taken) {
        now(() -> compute.resources().fill(range, taken));
    }

    /** Reserves an address in a region, as a person does with the console. */
    public void plantAddress(String region, String name) {
        now(() -> compute.planted().address(region, name));
    }

    /** Withdraws a machine type: it is no longer listed. */
    public void withdraw(String machineType) {
        now(() -> project.sell(machineType, false));
    }

    /** Withdraws a type of node image, such as {@code UBUNTU_CONTAINERD}: GKE no longer lists it and refuses new pools with it. */
    public void withdrawImage(String imageType) {
        now(() -> project.withdrawImage(imageType));
    }

    /** Offers a withdrawn machine type again. */
    public void offer(String machineType) {
        now(() -> project.sell(machineType, true));
    }

    /**
     * Announces that a machine type or accelerator type ends: it is deprecated until that day, and obsolete from then on.
     *
     * @param replacement the type that Google suggests instead
     */
    public void deprecate(String type, String replacement, LocalDate obsolete) {
        now(() -> project.deprecate(type, replacement, obsolete));
    }

    /** Starts a machine in a subnet of a region, as a person does with the console. */
    public void plantMachine(String zone, String name, String network, String subnet) {
        now(() -> compute.planted().machine(zone, name, network, subnet));
    }

    /**
     * Upgrades a control plane, as GKE does for the release channel. Its nodes keep their version.
     *
     * @param version such as {@code 1.35.8-gke.1999000}
     */
    public void upgradeControlPlane(String location, String cluster, String version) {
        now(() -> gke.moveOn(project.path("locations/" + location + "/clusters/" + cluster), version));
    }

    /** Makes the running operation on a cluster fail; the cluster gets the status ERROR. */
    public void failCluster(String location, String cluster, String message) {
        now(() -> gke.failCluster(project.path("locations/" + location + "/clusters/" + cluster), message));
    }

    /** Makes the running operation on a node pool fail; a pool that was being created has no machines. */
    public void failNodePool(String location, String cluster, String pool, String message) {
        now(() -> gke.failPool(
                project.path("locations/" + location + "/clusters/" + cluster + "/nodePools/" + pool), message));
    }

    /** Ends the creation of a plan of Backup for GKE as failed. */
    public void failBackupPlan(String plan, String reason) {
        now(() -> backup.fail(plan, reason));
    }

    /**
     * Ends the next operation that a call starts as failed, after the call was accepted. Nothing is created, changed or deleted then.
     *
     * @param call such as {@code gkebackup.CreateBackupPlan} or {@code compute.networks.insert}
     * @param status HTTP status, which determines the code of the error
     * @param reason such as {@code IAM_PERMISSION_DENIED}
     */
    public void failNext(String call, int status, String reason, String message) {
        now(() -> project.failNext(call, GcpError.of(status, reason, message)));
    }

    private Cluster managed(String location, String cluster) {
        return gke.clusters().get(project.path("locations/" + location + "/clusters/" + cluster));
    }

    /** The vendor's clients, connected to this project. */
    @Override
    public GcpClients open(String region, GkeSettings settings) {
        GcpClients vendor = GcpClients.connect(target());
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals("kubernetes")) {
                return endpoint(String.valueOf(arguments[0]), String.valueOf(arguments[1]));
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

    /** How a cluster is reached: nothing answers at the address that GKE reports. */
    private Optional<URI> endpoint(String location, String cluster) {
        synchronized (project) {
            return kubernetes.find(location + "-" + cluster).map(EmulatedCluster::endpoint);
        }
    }

    private GcpTarget target() {
        GcpTarget.Builder target =
                GcpTarget.builder(project::id, NoCredentials::new).attempts(1).http(rest);
        for (GcpService service : List.of(GcpService.CONTAINER, GcpService.KMS, GcpService.BACKUP)) {
            target.channel(service, new GrpcChannel(dispatcher));
        }
        return target.build();
    }

    /**
     * {@inheritDoc}
     *
     * <p>What is {@code https://container.googleapis.com/} in Google Cloud is the path {@code /container/} here, and so for each service.
     * All are REST. The services that the provider calls by gRPC also answer gRPC, on another port: {@code
     * OSMO_GCP_ENDPOINTS} of the {@linkplain ServedCloud#environment() environment} has the addresses.
     */
    @Override
    public Optional<ServedCloud> serve(Duration perRequest) {
        return Optional.of(new ServedGcp(
                project,
                dispatcher,
                Map.of("serviceusage", ServiceUsage.PAYLOADS, "gkebackup", BackupForGke.PAYLOADS),
                new ToldClusters(this::endpoint),
                pace,
                perRequest));
    }

    /** Stops the servers. */
    @Override
    public void close() {
        kubernetes.close();
    }

    private void advance() {
        now(() -> {});
    }

    private void now(Runnable action) {
        synchronized (project) {
            project.advance();
            action.run();
        }
    }

    private <T> T now(Supplier<T> value) {
        synchronized (project) {
            project.advance();
            return value.get();
        }
    }

    /** The clusters of the project. */
    @Override
    public String toString() {
        return "EmulatedGcp[" + kubernetes + "]";
    }
}
