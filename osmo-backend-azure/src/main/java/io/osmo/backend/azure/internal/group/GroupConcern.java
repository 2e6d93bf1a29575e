// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.group;

import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.registration.RegistrationConcern;
import io.osmo.backend.error.Violation;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Reader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The resource group: the backend's own, or an existing one that is used and kept. */
public final class GroupConcern implements Concern<AzureContext> {
    @Override
    public List<Needs> needs(Optional<BackendSpec> spec) {
        return AksSettings.of(spec.flatMap(BackendSpec::settings))
                        .resourceGroup()
                        .isPresent()
                ? List.of()
                : List.of(ResourceGroup.NEEDS);
    }

    @Override
    public List<Reader<AzureContext>> readers() {
        return List.of(GroupReader.INSTANCE);
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
                        "Create it first, or leave it out to have one created."))
                .stream()
                .toList();
    }

    @Override
    public List<Resource<?>> wanted(AzureContext context, BackendSpec spec, Inventory inventory) {
        Set<ResourceId> registrations = new RegistrationConcern()
                .wanted(context, spec, inventory).stream().map(Resource::id).collect(Collectors.toSet());
        return List.of(new ResourceGroup(context, registrations));
    }

    @Override
    public Optional<Deletable<?>> owned(AzureContext context, ResourceId id, Object observed) {
        return id.equals(ResourceGroup.ID) ? Optional.of(new ResourceGroup(context, Set.of())) : Optional.empty();
    }
}
