// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.group;

import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Found;
import io.osmo.backend.azure.internal.GroupName;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads the resource group. */
public final class GroupReader implements Reader<AzureContext> {
    public static final GroupReader INSTANCE = new GroupReader();

    private GroupReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading(ArmType.RESOURCE_GROUP.action("read"));
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AzureContext> observation) {
        AzureContext context = observation.context();
        return context.find(ArmType.RESOURCE_GROUP, context.groupId())
                .thenApply(found -> (context.ownsGroup()
                                ? Found.named(context, ResourceGroup.ID, found)
                                : Found.existing(ResourceGroup.ID, found))
                        .and(Reading.attachment(GroupName.class, new GroupName(context.group()))));
    }
}
