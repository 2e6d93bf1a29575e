// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.AzureClients;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.provider.Names;
import io.osmo.backend.spi.provider.Ownership;
import io.osmo.backend.spi.provider.ProviderContext;
import io.osmo.backend.spi.provider.SessionCache;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** One backend in one region, and the way to call Azure about it. Safe for concurrent use. */
public final class AzureContext extends ProviderContext {
    private static final int GROUP_LIMIT = 64;

    private final AzureClients clients;
    private final Arm arm;
    private final AksSettings settings;
    private final Ownership ownership;
    private final Optional<String> foundGroup;

    private AzureContext(
            BackendRef ref,
            AzureClients clients,
            Arm arm,
            AksSettings settings,
            Scheduler scheduler,
            SessionCache cache,
            Map<String, String> tags,
            Optional<String> foundGroup) {
        super(ref, scheduler, cache);
        this.clients = clients;
        this.arm = arm;
        this.settings = settings;
        this.ownership = new Ownership(ref, tags);
        this.foundGroup = foundGroup;
    }

    public static AzureContext of(
            BackendRef ref,
            AzureClients clients,
            Arm arm,
            AksSettings settings,
            Scheduler scheduler,
            SessionCache cache) {
        return new AzureContext(ref, clients, arm, settings, scheduler, cache, Map.of(), Optional.empty());
    }

    /** The same with the tags that the spec adds to everything that is created. */
    public AzureContext with(BackendSpec spec) {
        return new AzureContext(ref(), clients, arm, settings, scheduler(), cache(), spec.tags(), foundGroup);
    }

    /** The same in the resource group in which the backend was found. */
    public AzureContext in(GroupName group) {
        return new AzureContext(
                ref(), clients, arm, settings, scheduler(), cache(), ownership.extra(), Optional.of(group.name()));
    }

    public AzureClients clients() {
        return clients;
    }

    public Arm arm() {
        return arm;
    }

    public AksSettings settings() {
        return settings;
    }

    public Ownership ownership() {
        return ownership;
    }

    @Override
    public Optional<String> account(Inventory inventory) {
        return Optional.of(subscription());
    }

    public String subscription() {
        return clients.subscription();
    }

    /** Name of the resource group that holds the backend. */
    public String group() {
        return foundGroup.or(settings::resourceGroup).orElseGet(this::ownGroup);
    }

    /** Name of the backend's own group: group names are unique in a subscription, backend names in a region. */
    public String ownGroup() {
        return Names.shortened("osmo-" + name() + "-" + region(), GROUP_LIMIT);
    }

    /** Whether the backend creates and deletes the group, rather than using an existing one. */
    public boolean ownsGroup() {
        return group().equalsIgnoreCase(ownGroup()) && settings.resourceGroup().isEmpty();
    }

    public String subscriptionId() {
        return "/subscriptions/" + subscription();
    }

    public String groupId() {
        return subscriptionId() + "/resourceGroups/" + group();
    }

    /** Id of a top-level object in the group. */
    public String id(ArmType type, String name) {
        return groupId() + "/providers/" + type.type() + "/" + name;
    }

    /** Id of the cluster. */
    public String clusterId() {
        return id(ArmType.CLUSTER, name());
    }

    /** Runs a blocking read on the scheduler's pool. */
    public <T> CompletableFuture<T> async(Supplier<T> read) {
        return scheduler().call(read::get);
    }

    /** Reads one object on the scheduler's pool. */
    public CompletableFuture<Optional<ArmObject>> find(ArmType type, String id) {
        return async(() -> arm.get(type, id));
    }

    /** {@link Arm} has translated what it throws. */
    @Override
    protected RuntimeException translate(String operation, RuntimeException failure) {
        return failure;
    }
}
