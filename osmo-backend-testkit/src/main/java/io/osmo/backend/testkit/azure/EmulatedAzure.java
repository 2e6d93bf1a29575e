// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.management.AzureEnvironment;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.AzureClients;
import io.osmo.backend.azure.AzureProvider;
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
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/**
 * An Azure subscription in this process: give it to {@code AzureProvider} as its factory of clients.
 *
 * <p>It keeps state, enforces what ARM and the services enforce, takes as long as they take on the {@linkplain VirtualTime
 * virtual clock}, and fails by {@linkplain #faults() rule}. Ids are the same in every run of the same calls. Safe for concurrent
 * use; requests are serialised.
 */
public final class EmulatedAzure implements EmulatedCloud, AzureClients.Factory {
    /** The subscription unless another is chosen. */
    public static final String SUBSCRIPTION = "11111111-2222-4333-8444-555555555555";

    private static final String TENANT = "99999999-8888-4777-a666-555555555555";
    private static final String COMPUTE = "Microsoft.Compute/";
    private static final String CONTAINERS = "Microsoft.ContainerService/";

    private final VirtualTime time;
    private final AzureSubscription azure;
    private final CallLog calls;
    private final Arm arm;
    private final EmulatedClusters clusters;
    private final AksKubernetes kubernetes;
    private final NodeResources machines;
    private final ManagedClusters managedClusters;
    private final RoleAssignments roles;
    private final ResourceGroups groups;
    private final Vaults vaults;
    private final StorageAccounts accounts;
    private final HttpClient http;

    private EmulatedAzure(Builder builder) {
        time = builder.time;
        azure = new AzureSubscription(
                builder.subscription,
                TENANT,
                time::now,
                new Faults(time, new AzureRefusals()),
                builder.seed,
                builder.pageSize,
                builder.polling,
                builder.quotas);
        clusters = new EmulatedClusters(time, this::advance);
        kubernetes = new AksKubernetes(clusters);
        Registrations registrations = new Registrations(azure, builder.unregistered);
        calls = new CallLog(builder.inspectors);
        arm = new Arm(azure, registrations, calls);
        http = new ArmHttpClient(arm::handle);
        groups = new ResourceGroups(azure);
        Subnets subnets = new Subnets(azure);
        PublicAddresses addresses = new PublicAddresses(azure);
        LoadBalancers balancers = new LoadBalancers(azure);
        NetworkType securityGroups = new NetworkType(
                azure,
                "networkSecurityGroups",
                NetworkType.inUse("InUseNetworkSecurityGroupCannotBeDeleted", "Network security group"));
        roles = new RoleAssignments(azure, builder.rolePropagation);
        Identities identities = new Identities(azure, roles);
        VaultKeys keys = new VaultKeys(azure);
        vaults = new Vaults(azure, keys);
        keys.onDeleted(vaults::keyDeleted);
        DiskEncryptionSets encryption = new DiskEncryptionSets(azure, vaults, identities, roles);
        machines = new NodeResources(azure, kubernetes, groups, securityGroups, balancers, addresses, identities);
        AgentPools pools = new AgentPools(azure, machines, registrations, identities, roles);
        managedClusters =
                new ManagedClusters(azure, kubernetes, machines, pools, identities, roles, vaults, encryption);
        CapacityReservations reserved = new CapacityReservations(azure);
        Backups backups = new Backups(azure, identities, managedClusters, roles);
        PlainType blobs = new PlainType(
                azure, "Microsoft.Storage/storageAccounts/blobServices", false, List.of(), StorageAccounts.VERSIONS);
        accounts = new StorageAccounts(azure, blobs);
        List.of(
                        groups,
                        new Locks(azure),
                        new VirtualNetworks(azure, subnets),
                        subnets,
                        new NatGateways(azure, addresses, subnets),
                        addresses,
                        securityGroups,
                        new NetworkType(
                                azure,
                                "routeTables",
                                NetworkType.inUse("InUseRouteTableCannotBeDeleted", "Route table")),
                        balancers,
                        identities,
                        roles,
                        vaults,
                        keys,
                        encryption,
                        machines.scaleSets,
                        machines.disks,
                        reserved.groups,
                        reserved.reservations,
                        managedClusters,
                        pools,
                        new TrustedAccess(azure, managedClusters),
                        new Extensions(azure, kubernetes, roles),
                        backups.vaults,
                        backups.policies,
                        backups.instances,
                        accounts,
                        blobs,
                        new PlainType(
                                azure,
                                "Microsoft.Storage/storageAccounts/blobServices/containers",
                                false,
                                List.of(),
                                StorageAccounts.VERSIONS))
                .forEach(arm::add);
        addEndpoints(registrations, groups, addresses, pools);
    }

    private void addEndpoints(
            Registrations registrations, ResourceGroups groups, PublicAddresses addresses, AgentPools pools) {
        arm.add(
                ArmId.SUBSCRIPTIONS,
                (request, id) ->
                        id.collection() ? values(array -> array.add(description())) : ArmReply.ok(description()));
        arm.add("Microsoft.Resources/locations", (request, id) -> {
            ObjectNode body = Json.object();
            body.set("value", Regions.list(azure.id));
            return ArmReply.ok(body);
        });
        arm.add("Microsoft.Resources/resources", groups::resources);
        arm.add(ArmId.PROVIDERS, registrations::providers);
        arm.add("Microsoft.Features/providers/features", registrations::features);
        arm.add("Microsoft.Authorization/roleDefinitions", (request, id) -> RoleDefinitions.answer(azure, request, id));
        arm.add(
                "Microsoft.Authorization/permissions",
                (request, id) -> values(array -> {
                    ObjectNode permission = array.addObject();
                    permission.putArray("actions").add("*");
                    permission.putArray("notActions");
                    permission.putArray("dataActions");
                    permission.putArray("notDataActions");
                }));
        arm.add("Microsoft.KeyVault/deletedVaults", vaults::deletedVaults);
        arm.add("Microsoft.KeyVault/locations/deletedVaults", vaults::deletedVaults);
        arm.add("Microsoft.KeyVault/checkNameAvailability", vaults::checkName);
        arm.add(COMPUTE + "skus", (request, id) -> {
            List<Filters.Term> terms = Filters.terms(request.filter());
            ObjectNode body = Json.object();
            body.set("value", VmSizes.skus(Regions.normal(terms.get(0).value())));
            return ArmReply.ok(body);
        });
        arm.add(
                COMPUTE + "locations/usages",
                (request, id) -> values(array -> {
                    String region = Regions.normal(id.names().get(0));
                    Stream.concat(Stream.of(VmSizes.TOTAL, VmSizes.SPOT), VmSizes.families().stream())
                            .forEach(family ->
                                    usage(array, family, pools.usage(region, family), VmSizes.defaultQuota(family)));
                }));
        arm.add(
                "Microsoft.Network/locations/usages",
                (request, id) -> values(array -> {
                    String region = Regions.normal(id.names().get(0));
                    int used = (int) azure.all(addresses)
                            .filter(r -> r.location().equals(region))
                            .count();
                    usage(array, PublicAddresses.QUOTA, used, 1000);
                }));
        arm.add(CONTAINERS + "locations/kubernetesVersions", (request, id) -> ArmReply.ok(AksVersions.list()));
        arm.add(CONTAINERS + "managedClusters/upgradeProfiles", managedClusters::upgrades);
    }

    private void usage(ArrayNode array, String name, int used, int byDefault) {
        ObjectNode usage = array.addObject()
                .put("unit", "Count")
                .put("currentValue", used)
                .put("limit", azure.quota(name, byDefault));
        usage.putObject("name").put("value", name).put("localizedValue", name);
    }

    private static ArmReply values(java.util.function.Consumer<ArrayNode> filler) {
        ObjectNode body = Json.object();
        filler.accept(body.putArray("value"));
        return ArmReply.ok(body);
    }

    private ObjectNode description() {
        return Json.object()
                .put("id", "/subscriptions/" + azure.id)
                .put("subscriptionId", azure.id)
                .put("tenantId", azure.tenant)
                .put("displayName", "Emulated")
                .put("state", "Enabled");
    }

    /** A subscription with default limits. */
    public static EmulatedAzure on(VirtualTime time) {
        return builder(time).build();
    }

    public static Builder builder(VirtualTime time) {
        return new Builder(time);
    }

    /** What of a subscription can be chosen. */
    public static final class Builder {
        private final VirtualTime time;
        private final Map<String, Integer> quotas = new HashMap<>();
        private final List<CallInspector> inspectors = new ArrayList<>();
        private final Set<String> unregistered = new HashSet<>();
        private String subscription = SUBSCRIPTION;
        private PollingStyle polling = PollingStyle.AS_DOCUMENTED;
        private Duration rolePropagation = Durations.ROLE_PROPAGATION;
        private long seed = 1;
        private int pageSize = 100;

        private Builder(VirtualTime time) {
            this.time = time;
        }

        /** A UUID; default {@link #SUBSCRIPTION}. */
        public Builder subscription(String id) {
            this.subscription = id;
            return this;
        }

        /** Seed of ids. */
        public Builder seed(long value) {
            this.seed = value;
            return this;
        }

        /** Most items that a list gives at once, at least 1; a small number makes every caller page. Default 100. */
        public Builder pageSize(int items) {
            if (items < 1) {
                throw new IllegalArgumentException("a page holds at least one item, not " + items);
            }
            this.pageSize = items;
            return this;
        }

        /** How long after a role was assigned its rights hold; Microsoft says up to 60 minutes. Default one minute. */
        public Builder rolePropagation(Duration time) {
            this.rolePropagation = time;
            return this;
        }

        /** How long-running operations tell that they have ended. */
        public Builder polling(PollingStyle style) {
            this.polling = style;
            return this;
        }

        /**
         * A limit of a region.
         *
         * @param name a VM family such as {@code standardDSv5Family}, {@code cores}, {@code lowPriorityCores}, or {@code PublicIPAddresses}
         */
        public Builder quota(String name, int limit) {
            if (!VmSizes.families().contains(name)
                    && !Set.of(VmSizes.TOTAL, VmSizes.SPOT, PublicAddresses.QUOTA)
                            .contains(name)) {
                throw new IllegalArgumentException("no such quota: " + name);
            }
            quotas.put(name, limit);
            return this;
        }

        /** A resource provider that is not registered yet, such as {@code Microsoft.DataProtection}. */
        public Builder unregistered(String namespace) {
            unregistered.add(namespace);
            return this;
        }

        /** Looks at every request and answer. */
        public Builder inspector(CallInspector inspector) {
            inspectors.add(inspector);
            return this;
        }

        public EmulatedAzure build() {
            return new EmulatedAzure(this);
        }
    }

    /** Every region and every cloud lead to this subscription, whatever the settings name. */
    @Override
    public AzureClients open(String region, AksSettings settings) {
        return AzureClients.over(http, credential(), AzureEnvironment.AZURE, azure.id);
    }

    /** Stands in for the network: give it to the SDK's pipeline. Addresses of every Azure cloud lead here. */
    public HttpClient httpClient() {
        return http;
    }

    /** Gives tokens that the emulator accepts. */
    public TokenCredential credential() {
        return request -> Mono.fromSupplier(() ->
                new AccessToken("emulated", time.now().plus(Duration.ofHours(1)).atOffset(ZoneOffset.UTC)));
    }

    /** Id of the subscription. */
    public String subscription() {
        return azure.id;
    }

    @Override
    public CloudProvider provider() {
        return new AzureProvider(this);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Operations are a verb and a type, such as {@code PUT Microsoft.ContainerService/managedClusters}. The verb is {@code LIST} for
     * a collection and {@code POLL} for the state of an operation; an action follows its type.
     */
    @Override
    public Faults faults() {
        return azure.faults;
    }

    /**
     * Lets the next long-running operation of a kind be accepted and fail in the end.
     *
     * @param operation {@code PUT}, {@code DELETE} or {@code POST} and a type, such as
     *     {@code PUT Microsoft.ContainerService/managedClusters/agentPools}
     */
    public void failNext(String operation, String code, String message) {
        synchronized (azure) {
            azure.failNext(operation, ArmError.conflict(code, message));
        }
    }

    /** {@inheritDoc} Each request is an {@link ArmRequest}, each response an {@link ArmReply}. */
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
        return cluster(group(backend), backend.name());
    }

    /** A resource group. */
    @Override
    public void plantForeignObject(BackendRef backend) {
        synchronized (azure) {
            azure.advance();
            ArmId id = ArmId.of("/subscriptions/" + azure.id + "/resourceGroups/" + group(backend));
            azure.put(id, groups, Json.object().put("location", backend.region()));
        }
    }

    private static String group(BackendRef backend) {
        return "osmo-" + backend.name() + "-" + backend.region();
    }

    /** The Kubernetes side of a cluster that has been created. */
    public EmulatedCluster cluster(String resourceGroup, String name) {
        synchronized (azure) {
            azure.advance();
            return kubernetes.find(managed(resourceGroup, name)).orElseThrow();
        }
    }

    private Resource managed(String resourceGroup, String name) {
        String id = "/subscriptions/" + azure.id + "/resourceGroups/" + resourceGroup + "/providers/" + CONTAINERS
                + "managedClusters/" + name;
        return azure.find(id, managedClusters)
                .orElseThrow(() -> new IllegalArgumentException("there is no cluster " + id));
    }

    /** {@inheritDoc} Vaults that are deleted but can be recovered count as {@code deletedVault}. */
    @Override
    public List<String> inventory() {
        synchronized (azure) {
            azure.advance();
            List<String> lines = new ArrayList<>(vaults.softDeleted());
            azure.all(r -> !(r.type.name.endsWith("/blobServices"))).forEach(r -> lines.add(r.type.line(r)));
            lines.sort(null);
            return lines;
        }
    }

    /** Lets somebody else, in another tenant, have a key vault of this name. */
    public void takeVaultName(String name) {
        synchronized (azure) {
            vaults.take(name);
        }
    }

    /** Lets somebody else have a storage account of this name. */
    public void takeStorageAccountName(String name) {
        synchronized (azure) {
            accounts.take(name);
        }
    }

    /** Lets the directory know a user, group or service principal, so that it can be given roles. */
    public void addPrincipal(String objectId) {
        synchronized (azure) {
            roles.know(objectId);
        }
    }

    /** Leaves a load balancer with its address in a cluster's node resource group, as a Service of that type makes it. */
    public void plantLoadBalancer(String resourceGroup, String cluster, String service) {
        synchronized (azure) {
            azure.advance();
            machines.plantBalancer(managed(resourceGroup, cluster), "kubernetes", service);
        }
    }

    /** Leaves a disk in a cluster's node resource group, as the CSI driver makes it for a claim. */
    public void plantDisk(String resourceGroup, String cluster, String claim) {
        synchronized (azure) {
            azure.advance();
            machines.plantDisk(managed(resourceGroup, cluster), claim);
        }
    }

    /** Stops the API servers of the clusters. */
    @Override
    public void close() {
        clusters.close();
    }

    private void advance() {
        synchronized (azure) {
            azure.advance();
        }
    }
}
