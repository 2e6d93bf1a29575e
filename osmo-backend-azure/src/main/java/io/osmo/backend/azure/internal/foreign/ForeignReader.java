// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.backup.BackupConcern;
import io.osmo.backend.azure.internal.cluster.AksCluster;
import io.osmo.backend.azure.internal.encryption.KeyVault;
import io.osmo.backend.azure.internal.encryption.VaultKey;
import io.osmo.backend.azure.internal.foreign.ForeignObjects.ForeignObject;
import io.osmo.backend.azure.internal.group.ResourceGroup;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Looks into what a destruction would delete for what is not ours. Only then: a plan with a spec deletes none of it. */
final class ForeignReader implements Reader<AzureContext> {
    static final ForeignReader INSTANCE = new ForeignReader();

    /** Recovery points of a cluster's backup, which go with the backup. */
    private static final String SNAPSHOTS = "microsoft.compute/snapshots";

    private ForeignReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.NONE.get(
                ArmType.RESOURCE_GROUP.action("resources/read"),
                ArmType.KEY.action("read"),
                ArmType.BACKUP_INSTANCE.action("read"),
                ArmType.EXTENSION.action("read"));
    }

    @Override
    public CompletableFuture<Reading> read(Observation<AzureContext> observation) {
        AzureContext context = observation.context();
        if (observation.spec().isPresent()) {
            return CompletableFuture.completedFuture(Reading.empty());
        }
        return Futures.flat(List.of(
                        inside(
                                context,
                                context.ownsGroup() ? context.groupId() + "/resources" : "",
                                ArmType.RESOURCE_GROUP,
                                ResourceGroup.ID,
                                object -> !isOurs(context, object)),
                        inside(
                                context,
                                KeyVault.armId(context) + "/keys",
                                ArmType.KEY,
                                KeyVault.ID,
                                object -> !object.id().equalsIgnoreCase(VaultKey.armId(context))),
                        inside(
                                context,
                                BackupConcern.instances(context),
                                ArmType.BACKUP_INSTANCE,
                                BackupConcern.VAULT,
                                object -> !BackupConcern.isOurs(context, object)),
                        inside(
                                context,
                                context.clusterId() + "/providers/" + ArmType.EXTENSION.type(),
                                ArmType.EXTENSION,
                                AksCluster.ID,
                                object -> !BackupConcern.isOurs(context, object))))
                .thenApply(found -> Reading.attachment(ForeignObjects.class, new ForeignObjects(found)));
    }

    private static CompletableFuture<List<ForeignObject>> inside(
            AzureContext context, String path, ArmType type, ResourceId inside, Predicate<ArmObject> foreign) {
        return path.isEmpty()
                ? CompletableFuture.completedFuture(List.of())
                : context.async(() -> list(context, path, type).stream()
                        .map(ArmObject::of)
                        .filter(foreign)
                        .map(object -> new ForeignObject(inside, object.id(), "an object"))
                        .toList());
    }

    /** Who may not look learns of them by the deletion that they stop. */
    private static List<JsonNode> list(AzureContext context, String path, ArmType type) {
        try {
            return context.arm().list(type.action("read"), path, type.apiVersion());
        } catch (CloudException refused) {
            if (refused.error() == CloudError.NOT_AUTHORISED) {
                return List.of();
            }
            throw refused;
        }
    }

    /** By its tags, or as a part of something of ours; tagged or not, recovery points are the backup's. */
    private static boolean isOurs(AzureContext context, ArmObject object) {
        return context.ownership().owns(object.tags())
                || object.text("/type").toLowerCase(Locale.ROOT).equals(SNAPSHOTS)
                || object.text("/type").chars().filter(c -> c == '/').count() > 1;
    }
}
