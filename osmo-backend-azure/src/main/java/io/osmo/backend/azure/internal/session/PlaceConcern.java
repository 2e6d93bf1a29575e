// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.session;

import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.GroupName;
import io.osmo.backend.azure.internal.cluster.AksCluster;
import io.osmo.backend.azure.internal.cluster.ClusterReader;
import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Refuses to make a backend in one resource group while it exists in another one. */
final class PlaceConcern implements Concern<AzureContext> {
    private static final Reader<AzureContext> PLACE = PlaceConcern::place;

    /** Another group that holds something of the backend; an attachment of the inventory. */
    private record OtherGroup(GroupName group) {}

    @Override
    public List<Needs> needs(Optional<BackendSpec> spec) {
        return List.of(BackendList.NEEDS);
    }

    @Override
    public List<Reader<AzureContext>> readers() {
        return List.of(PLACE);
    }

    /** Looked for only where the group of the spec has no cluster, since it takes one more call. */
    private static CompletableFuture<Reading> place(Observation<AzureContext> observation) {
        AzureContext context = observation.context();
        return observation.spec().isEmpty()
                ? CompletableFuture.completedFuture(Reading.empty())
                : observation
                        .of(ClusterReader.INSTANCE)
                        .thenCompose(found -> found.observed().containsKey(AksCluster.ID)
                                ? CompletableFuture.completedFuture(Reading.empty())
                                : BackendList.otherGroup(context).thenApply(PlaceConcern::reading));
    }

    private static Reading reading(Optional<GroupName> group) {
        return group.map(name -> Reading.attachment(OtherGroup.class, new OtherGroup(name)))
                .orElseGet(Reading::empty);
    }

    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        return inventory.attachment(OtherGroup.class).stream()
                .map(other -> new Violation(
                        "settings.resourceGroup",
                        Optional.empty(),
                        inventory
                                .attachment(GroupName.class)
                                .map(GroupName::name)
                                .orElse(""),
                        other.group().name() + ", the resource group that holds the backend",
                        "Name that group, or destroy the backend first: it cannot be moved."))
                .toList();
    }
}
