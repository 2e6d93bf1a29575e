// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.group;

import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Found;
import io.osmo.backend.azure.internal.registration.RegistrationConcern;
import io.osmo.backend.error.Violation;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.Reading;
import io.osmo.backend.spi.support.Concern;
import io.osmo.backend.spi.support.Reader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** The resource group: made by us, or an existing one that is used and stays. */
public final class GroupConcern implements Concern<AzureContext> {
    @Override
    public List<Reader<AzureContext>> readers() {
        return List.of(GroupConcern::read);
    }

    private static CompletableFuture<Reading> read(AzureContext azure, Optional<BackendSpec> spec) {
        CompletableFuture<Reading> group = azure.find(ArmType.RESOURCE_GROUP, azure.groupId())
                .thenApply(found -> azure.ownsGroup()
                        ? Found.named(azure, ResourceGroup.ID, found)
                        : Found.existing(ResourceGroup.ID, found));
        // Locks matter to a destruction only, which is what is read without a spec.
        return spec.isPresent()
                ? group
                : Reading.all(List.of(
                        group,
                        azure.async(() -> Reading.attachment(DeletionLocks.Found.class, DeletionLocks.find(azure)))));
    }

    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        return AksSettings.of(spec.settings())
                .resourceGroup()
                .filter(name -> !inventory.observed().containsKey(ResourceGroup.ID))
                .map(name -> new Violation(
                        "settings.resourceGroup",
                        Optional.empty(),
                        name,
                        "an existing resource group",
                        "Create it first, or leave it out to have one made."))
                .stream()
                .toList();
    }

    @Override
    public List<Resource<?>> wanted(AzureContext azure, BackendSpec spec, Inventory inventory) {
        Set<ResourceId> registrations = new RegistrationConcern()
                .wanted(azure, spec, inventory).stream().map(Resource::id).collect(Collectors.toSet());
        return List.of(new ResourceGroup(azure, registrations));
    }

    /** By which locks somebody forbids to delete what is in the group. */
    public static List<String> locks(Inventory inventory) {
        return inventory
                .attachment(DeletionLocks.Found.class)
                .map(DeletionLocks.Found::names)
                .orElse(List.of());
    }

    /** What the host should know before it destroys. */
    public static List<String> warnings(Inventory inventory) {
        List<String> locks = locks(inventory);
        return locks.isEmpty()
                ? List.of()
                : List.of("the resource group is locked by " + String.join(", ", locks)
                        + ": destroying stops before anything is deleted");
    }

    @Override
    public Optional<Deletable<?>> owned(AzureContext azure, ResourceId id, Object observed) {
        return id.equals(ResourceGroup.ID) ? Optional.of(new ResourceGroup(azure, Set.of())) : Optional.empty();
    }
}
