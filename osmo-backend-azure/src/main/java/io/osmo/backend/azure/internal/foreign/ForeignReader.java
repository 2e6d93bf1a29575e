// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.backup.BackupConcern;
import io.osmo.backend.azure.internal.cluster.AksCluster;
import io.osmo.backend.azure.internal.cluster.ClusterConcern;
import io.osmo.backend.azure.internal.cluster.ClusterReader;
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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Finds objects of others in what a destruction would delete. Not used for a plan with a spec, which deletes none of it. */
final class ForeignReader implements Reader<AzureContext> {
    static final ForeignReader INSTANCE = new ForeignReader();

    /** What people put into the group of the nodes, by the documentation of AKS, and what AKS deletes with it. */
    private static final Set<String> PUT_BY_PEOPLE =
            Set.of("microsoft.compute/disks", "microsoft.network/publicipaddresses");

    /** How the tags begin that AKS and the controllers in a cluster give to what they make. */
    private static final List<String> CONTROLLERS =
            List.of("aks-managed", "k8s-azure", "kubernetes", "created-by", "service");

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
        CompletableFuture<List<ForeignObject>> besideNodes = observation
                .of(ClusterReader.INSTANCE)
                .thenCompose(cluster -> inside(
                        context,
                        ClusterConcern.nodeGroupId(context, cluster.toInventory())
                                .map(group -> group + "/resources")
                                .orElse(""),
                        ArmType.RESOURCE_GROUP,
                        AksCluster.ID,
                        object -> PUT_BY_PEOPLE.contains(type(object)) && !isMadeInCluster(context, object)));
        return Futures.flat(List.of(
                        besideNodes,
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
            if (refused.error() == CloudError.NOT_AUTHORIZED) {
                return List.of();
            }
            throw refused;
        }
    }

    private static boolean isMadeInCluster(AzureContext context, ArmObject object) {
        return context.ownership().owns(object.tags())
                || object.tags().keySet().stream()
                        .anyMatch(tag -> CONTROLLERS.stream().anyMatch(tag::startsWith));
    }

    private static String type(ArmObject object) {
        return object.text("/type").toLowerCase(Locale.ROOT);
    }

    /** Whether an object is the backend's, by its tags or as part of another one. Recovery points always belong to the backup. */
    private static boolean isOurs(AzureContext context, ArmObject object) {
        return context.ownership().owns(object.tags())
                || type(object).equals(SNAPSHOTS)
                || type(object).chars().filter(c -> c == '/').count() > 1;
    }
}
