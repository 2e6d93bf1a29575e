// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.group;

import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Found;
import io.osmo.backend.azure.internal.GroupName;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads the resource group, and its locks where something may be deleted. */
public final class GroupReader implements Reader<AzureContext> {
    public static final GroupReader INSTANCE = new GroupReader();

    private GroupReader() {}

    @Override
    public CompletableFuture<Reading> read(Observation<AzureContext> observation) {
        AzureContext context = observation.context();
        Optional<BackendSpec> spec = observation.spec();
        CompletableFuture<Reading> group = context.find(ArmType.RESOURCE_GROUP, context.groupId())
                .thenApply(found -> (context.ownsGroup()
                                ? Found.named(context, ResourceGroup.ID, found)
                                : Found.existing(ResourceGroup.ID, found))
                        .and(Reading.attachment(GroupName.class, new GroupName(context.group()))));
        // Locks matter only where something may be deleted, which is what is read without a spec.
        return spec.isPresent()
                ? group
                : Reading.all(List.of(
                        group,
                        context.async(
                                () -> Reading.attachment(DeletionLocks.Found.class, DeletionLocks.find(context)))));
    }
}
