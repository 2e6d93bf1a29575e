// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.management.AzureEnvironment;
import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.AzureClients;
import io.osmo.backend.azure.AzureProvider;
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
import io.osmo.backend.testkit.internal.azure.AzureServices;
import io.osmo.backend.testkit.internal.azure.arm.Arm;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.authorization.RoleAssignments;
import io.osmo.backend.testkit.internal.azure.compute.Compute;
import io.osmo.backend.testkit.internal.azure.compute.VmSizes;
import io.osmo.backend.testkit.internal.azure.network.PublicAddresses;
import io.osmo.backend.testkit.internal.azure.network.VirtualNetworks;
import io.osmo.backend.testkit.internal.azure.prices.RetailPrices;
import io.osmo.backend.testkit.internal.azure.wire.ArmHttpClient;
import io.osmo.backend.testkit.internal.azure.wire.AzureHttp;
import io.osmo.backend.testkit.internal.azure.wire.AzureRefusals;
import io.osmo.backend.testkit.internal.azure.wire.Dispatcher;
import io.osmo.backend.testkit.internal.http.CloudServer;
import io.osmo.backend.testkit.internal.http.Pace;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * An Azure subscription in this process: pass it to {@code AzureProvider} as its factory of clients.
 *
 * <p>It keeps state, enforces the rules of ARM and the services, takes as long as they do on the {@linkplain VirtualTime virtual clock},
 * and fails by {@linkplain #faults() rule}. Ids are the same in every run of the same calls. Safe for concurrent use; requests are
 * serialized.
 */
public final class EmulatedAzure implements EmulatedCloud, AzureClients.Factory {
    /** The default id of the subscription. */
    public static final String SUBSCRIPTION = "11111111-2222-4333-8444-555555555555";

    private final VirtualTime time;
    private final AzureSubscription azure;
    private final Arm arm;
    private final Dispatcher dispatcher;
    private final CallLog calls;
    private final EmulatedClusters clusters;
    private final AzureServices services;
    private final HttpClient http;
    private final Pace pace;

    private EmulatedAzure(Builder builder, VirtualTime time, AzureSubscription azure, CallLog calls) {
        this.time = time;
        this.azure = azure;
        this.calls = calls;
        pace = new Pace(time);
        clusters = new EmulatedClusters(time, () -> {
            pace.tick();
            now(() -> azure);
        });
        arm = new Arm(azure);
        dispatcher = new Dispatcher(azure, arm, calls);
        services = new AzureServices(
                arm, azure, dispatcher.rights(), clusters, builder.rolePropagation, builder.unregistered);
        RetailPrices prices = new RetailPrices(azure, calls);
        http = new ArmHttpClient(request ->
                request.base().startsWith(RetailPrices.HOST) ? prices.handle(request) : dispatcher.handle(request));
    }

    /** A subscription with default limits. */
    public static EmulatedAzure on(VirtualTime time) {
        return builder(time).build();
    }

    public static Builder builder(VirtualTime time) {
        return new Builder(time);
    }

    /** Settings of a subscription. */
    public static final class Builder extends EmulatedCloudBuilder<Builder> {
        private final Map<String, Integer> quotas = new HashMap<>();
        private final Set<String> unregistered = new HashSet<>();
        private String subscription = SUBSCRIPTION;
        private PollingStyle polling = PollingStyle.AS_DOCUMENTED;
        private Duration rolePropagation = RoleAssignments.PROPAGATION;

        private Builder(VirtualTime time) {
            super(time, 100);
        }

        /** A UUID; default {@link #SUBSCRIPTION}. */
        public Builder subscription(String id) {
            this.subscription = id;
            return this;
        }

        /** Time until the rights of a new role assignment take effect; Microsoft says up to 60 minutes. Default one minute. */
        public Builder rolePropagation(Duration time) {
            this.rolePropagation = time;
            return this;
        }

        /** How long-running operations report that they have ended. */
        public Builder polling(PollingStyle style) {
            this.polling = style;
            return this;
        }

        /**
         * A limit in each region.
         *
         * @param name a VM family such as {@code standardDSv5Family}, {@code cores}, {@code lowPriorityCores}, or {@code PublicIPAddresses}
         */
        public Builder quota(String name, int limit) {
            if (!VmSizes.families().contains(name)
                    && !Set.of(
                                    VmSizes.TOTAL,
                                    VmSizes.SPOT,
                                    Compute.PREMIUM_DISKS,
                                    PublicAddresses.QUOTA,
                                    VirtualNetworks.QUOTA)
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

        public EmulatedAzure build() {
            List<String> operations = new ArrayList<>();
            Faults faults = new Faults(time(), new AzureRefusals(), () -> operations);
            AzureSubscription azure =
                    new AzureSubscription(subscription, time()::now, faults, seed(), pageSize(), polling, quotas);
            EmulatedAzure built = new EmulatedAzure(this, time(), azure, new CallLog(inspectors()));
            operations.addAll(built.arm.operations());
            operations.add(RetailPrices.OPERATION);
            return built;
        }
    }

    // ------------------------------------------------------------------------------------------ clients

    /** All regions and Azure clouds are this subscription, whatever the settings say. */
    @Override
    public AzureClients open(String region, AksSettings settings) {
        return AzureClients.over(http, credential(), AzureEnvironment.AZURE, azure.id);
    }

    /** Replaces the network in the pipeline of the SDK. It answers for the addresses of all Azure clouds. */
    public HttpClient httpClient() {
        return http;
    }

    /** Issues tokens that the emulator accepts. */
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

    // ------------------------------------------------------------------------------------------ faults and calls

    @Override
    public void allowOnly(Collection<String> actions) {
        dispatcher.rights().limit(actions);
    }

    @Override
    public void allowOnly(Permissions permissions) {
        Map<String, Set<String>> roles = new HashMap<>();
        permissions.documents().forEach(document -> {
            JsonNode role = Json.parse(document.text());
            Set<String> actions = new TreeSet<>();
            role.path("Actions").forEach(action -> actions.add(action.asText()));
            role.path("AssignableScopes")
                    .forEach(scope -> roles.put(scope.asText().replace("/SUBSCRIPTION", "/" + azure.id), actions));
        });
        allowOnlyAt(roles);
    }

    /**
     * From now on lets the caller do only these actions at these scopes and below, as roles would allow that are assigned
     * there.
     *
     * @param actions by id of a subscription, a resource group or a resource
     */
    public void allowOnlyAt(Map<String, ? extends Collection<String>> actions) {
        dispatcher.rights().limit(actions);
    }

    @Override
    public void denyAction(String action) {
        dispatcher.rights().deny(action);
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
     * Makes the next long-running operation of a kind fail at its end.
     *
     * @param operation {@code PUT}, {@code DELETE} or {@code POST} and a type, such as
     *     {@code PUT Microsoft.ContainerService/managedClusters/agentPools}
     */
    public void failNext(String operation, String code, String message) {
        change(() -> azure.failNext(operation, ArmError.conflict(code, message)));
    }

    /** {@inheritDoc} Each request is an {@link ArmRequest}, each response an {@link ArmResponse}. */
    @Override
    public List<Call> calls() {
        return calls.calls();
    }

    @Override
    public void forgetCalls() {
        calls.forget();
    }

    // ------------------------------------------------------------------------------------------ state

    /** {@inheritDoc} Vaults that are deleted but can be recovered count as {@code deletedVault}. */
    @Override
    public List<String> inventory() {
        return now(services::inventory);
    }

    @Override
    public EmulatedCluster cluster(BackendRef backend) {
        return cluster(group(backend), backend.name());
    }

    /** The Kubernetes side of a cluster that has been created. */
    public EmulatedCluster cluster(String resourceGroup, String name) {
        return now(() -> services.containers.kubernetes(resourceGroup, name));
    }

    /** {@inheritDoc} Here a resource group. */
    @Override
    public void plantForeignObject(BackendRef backend) {
        change(() -> services.resources.groups.create(group(backend), backend.region()));
    }

    /** Creates a foreign resource group. */
    public void plantResourceGroup(String name, String region) {
        change(() -> services.resources.groups.create(name, region));
    }

    private static String group(BackendRef backend) {
        return "osmo-" + backend.name() + "-" + backend.region();
    }

    /**
     * Sets the state of the subscription. Default: {@code Enabled}. In {@code Warned}, {@code Disabled} and {@code Deleted} nothing can
     * be created or changed; {@code PastDue} has no effect on calls.
     */
    public void subscriptionState(String state) {
        if (!Set.of("Enabled", "Warned", "PastDue", "Disabled", "Deleted").contains(state)) {
            throw new IllegalArgumentException("no such state: " + state);
        }
        change(() -> azure.become(state));
    }

    /** Restricts a VM size: the subscription gets no new machines of it, and those that run stay. */
    public void restrict(String size) {
        change(() -> azure.restrict(size));
    }

    /** Gives the name of a key vault to another tenant. */
    public void takeVaultName(String name) {
        change(() -> services.keyVault.vaults.take(name));
    }

    /** Enables or disables a key, as its owner does on the vault's own API. What refers to a disabled key is refused. */
    public void enableKey(String vault, String key, boolean enabled) {
        change(() -> services.keyVault.enable(vault, key, enabled));
    }

    /** Deletes a key, as its owner does on the vault's own API; it can be recovered. */
    public void deleteKey(String vault, String key) {
        change(() -> services.keyVault.delete(vault, key));
    }

    /** Recovers a deleted key, as its owner does on the vault's own API. */
    public void recoverKey(String vault, String key) {
        change(() -> services.keyVault.recover(vault, key));
    }

    /** Ends the retention of a deleted vault, so that it is gone for good. */
    public void purgeVault(String vault) {
        change(() -> services.keyVault.deletedVaults.purge(vault));
    }

    /** Gives the name of a storage account to another tenant. */
    public void takeStorageAccountName(String name) {
        change(() -> services.storage.accounts.take(name));
    }

    /** Adds a user, group or service principal to the directory, so that it can be given roles. */
    public void plantPrincipal(String objectId) {
        change(() -> services.authorization.principals.add(objectId));
    }

    /** Adds a load balancer with its address to the node resource group of a cluster, as the controller of a Service creates it. */
    public void plantLoadBalancer(String resourceGroup, String cluster, String service) {
        change(() -> services.containers.addLoadBalancer(resourceGroup, cluster, service));
    }

    /** Adds a volume to the node resource group of a cluster, as the CSI driver creates it for a claim. */
    public void plantVolume(String resourceGroup, String cluster, String claim) {
        change(() -> services.containers.addDisk(resourceGroup, cluster, claim));
    }

    /** Sets the number of nodes of an agent pool, as its autoscaler does, or a person who deletes machines of its scale set. */
    public void scalePool(String resourceGroup, String cluster, String pool, int nodes) {
        change(() -> services.containers.scale(resourceGroup, cluster, pool, nodes));
    }

    /**
     * Occupies all free addresses of a subnet, as other machines would, or releases them.
     *
     * @param subnet id of the subnet
     */
    public void fillSubnet(String subnet, boolean taken) {
        change(() -> services.network.subnets.fill(subnet, taken));
    }

    /**
     * Publishes newer node images for all versions of Kubernetes. Pools keep their image until they are upgraded.
     *
     * @param release such as {@code 202610.01.0}; default {@code 202607.09.0}
     */
    public void publishNodeImages(String release) {
        change(() -> services.containers.releaseNodeImages(release));
    }

    /**
     * {@inheritDoc}
     *
     * <p>The URL is that of Azure Resource Manager. Clients have no environment variable for it; set it as their base URL.
     */
    @Override
    public Optional<ServedCloud> serve(Duration perRequest) {
        return Optional.of(new CloudServer(
                pace,
                perRequest,
                new AzureHttp(dispatcher::handle)::answer,
                url -> Map.of("AZURE_SUBSCRIPTION_ID", azure.id)));
    }

    /** Stops the API servers of the clusters. */
    @Override
    public void close() {
        clusters.close();
    }

    private void change(Runnable change) {
        now(() -> {
            change.run();
            return azure;
        });
    }

    /** Runs everything that is due, then the action. */
    private <T> T now(Supplier<T> action) {
        synchronized (azure) {
            azure.advance();
            return action.get();
        }
    }

    /** The clusters of the subscription. */
    @Override
    public String toString() {
        return "EmulatedAzure[" + clusters + "]";
    }
}
