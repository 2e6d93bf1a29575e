// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.lock;

import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.cluster.AksCluster;
import io.osmo.backend.azure.internal.cluster.ClusterConcern;
import io.osmo.backend.azure.internal.cluster.SystemPool;
import io.osmo.backend.azure.internal.pool.PoolConcern;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Reader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The protection against deletion, and the locks of others, which are never removed. */
public final class LockConcern implements Concern<AzureContext> {
    @Override
    public List<Needs> needs(Optional<BackendSpec> spec) {
        return List.of(
                spec.isEmpty() || spec.get().deletionProtection() ? ClusterLock.NEEDS : ClusterLock.NEEDS.removal());
    }

    @Override
    public List<Reader<AzureContext>> readers() {
        return List.of(LockReader.INSTANCE);
    }

    @Override
    public List<Resource<?>> wanted(AzureContext context, BackendSpec spec, Inventory inventory) {
        if (!spec.deletionProtection()) {
            return List.of();
        }
        String pool = PoolConcern.systemPool(context, spec, inventory);
        Set<ResourceId> after = ClusterConcern.keepsPools(inventory)
                ? Set.of(AksCluster.ID, SystemPool.id(pool))
                : Set.of(AksCluster.ID);
        Set<ResourceId> others = new HashSet<>(ours(inventory).keySet());
        others.remove(ClusterLock.id(pool));
        return List.of(new ClusterLock(context, pool, isReadable(inventory), after, others));
    }

    @Override
    public Optional<Deletable<?>> owned(AzureContext context, ResourceId id, Object observed) {
        return ClusterLock.isOne(id) ? Optional.of(ClusterLock.existing(context, id)) : Optional.empty();
    }

    @Override
    public List<String> warnings(AzureContext context, Optional<BackendSpec> spec, Inventory inventory) {
        List<String> warnings = new ArrayList<>();
        inventory.attachment(ManagementLocks.class).ifPresent(locks -> {
            if (!locks.unread().isEmpty()) {
                warnings.add("not all locks can be read, so one may stop a deletion halfway: " + locks.unread());
            }
            locks.all().stream()
                    .filter(lock -> spec.isPresent() && lock.isReadOnly() && lock.forbidsDeletion(context.groupId()))
                    .forEach(lock -> warnings.add("Azure refuses every change below " + lock.scope()
                            + " because of the read-only lock " + lock.id()));
        });
        return warnings;
    }

    @Override
    public List<Guard> guards(AzureContext context, Inventory inventory, Set<ResourceId> removed) {
        Map<String, String> targets = new LinkedHashMap<>();
        removed.stream()
                .filter(id -> !ClusterLock.isOne(id))
                .forEach(id -> armId(inventory, id).ifPresent(armId -> targets.put(armId, id.toString())));
        if (removed.contains(AksCluster.ID)) {
            ClusterConcern.nodeGroupId(context, inventory)
                    .ifPresent(group -> targets.put(group, "the resource group of the nodes"));
        }
        List<Guard> guards = new ArrayList<>();
        if (removed.contains(AksCluster.ID)) {
            ours(inventory)
                    .values()
                    .forEach(lock -> guards.add(new Guard(
                            "cluster/" + context.name(),
                            "is protected against deletion by the backend's lock " + brief(lock),
                            "Set deletionProtection to false in the spec and apply it first.")));
        }
        inventory
                .attachment(ManagementLocks.class)
                .ifPresent(locks -> locks.all().stream()
                        .filter(lock -> ours(inventory).values().stream().noneMatch(lock.id()::equalsIgnoreCase))
                        .forEach(lock -> forbidden(lock, targets).ifPresent(guards::add)));
        return guards;
    }

    /** Such as {@code osmo-backend on system}: the whole id does not fit a line. */
    private static String brief(String lock) {
        String scope = lock.replaceAll("(?i)/providers/Microsoft\\.Authorization/locks/.*", "");
        return lock.substring(lock.lastIndexOf('/') + 1) + " on " + scope.substring(scope.lastIndexOf('/') + 1);
    }

    private static boolean isReadable(Inventory inventory) {
        return inventory
                .attachment(ManagementLocks.class)
                .filter(locks -> !locks.inGroup())
                .isEmpty();
    }

    /** The backend's locks, with their ids in Azure. */
    private static Map<ResourceId, String> ours(Inventory inventory) {
        Map<ResourceId, String> ours = new TreeMap<>();
        inventory.observed().forEach((id, found) -> {
            if (ClusterLock.isOne(id) && found.ownership() == Observed.Ownership.OURS) {
                ours.put(id, ((ArmObject) found.value()).id());
            }
        });
        return ours;
    }

    private static Optional<Guard> forbidden(ManagementLock lock, Map<String, String> targets) {
        List<String> held = targets.entrySet().stream()
                .filter(target -> lock.forbidsDeletion(target.getKey()))
                .map(Map.Entry::getValue)
                .distinct()
                .toList();
        return held.isEmpty()
                ? Optional.empty()
                : Optional.of(new Guard(
                        lock.id(),
                        "is a " + lock.level() + " lock that forbids deleting " + String.join(", ", held),
                        "Have the lock removed, for example with az lock delete."));
    }

    private static Optional<String> armId(Inventory inventory, ResourceId id) {
        return Optional.ofNullable(inventory.observed().get(id))
                .map(Observed::value)
                .filter(ArmObject.class::isInstance)
                .map(value -> ((ArmObject) value).id())
                .filter(armId -> !armId.isEmpty());
    }
}
