// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.cluster;

import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Caller;
import io.osmo.backend.azure.internal.Found;
import io.osmo.backend.azure.internal.access.Kubeconfig;
import io.osmo.backend.azure.internal.encryption.DiskEncryptionSet;
import io.osmo.backend.azure.internal.encryption.VaultKey;
import io.osmo.backend.azure.internal.group.ResourceGroup;
import io.osmo.backend.azure.internal.identity.RoleAssignment;
import io.osmo.backend.azure.internal.identity.RoleKind;
import io.osmo.backend.azure.internal.identity.UserIdentity;
import io.osmo.backend.azure.internal.network.NodeSubnet;
import io.osmo.backend.azure.internal.network.VirtualNetwork;
import io.osmo.backend.azure.internal.sweep.NodeResourceGroup;
import io.osmo.backend.error.Violation;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.Reading;
import io.osmo.backend.spi.support.Concern;
import io.osmo.backend.spi.support.Reader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The cluster and its administrators. */
public final class ClusterConcern implements Concern<AzureContext> {
    @Override
    public List<Reader<AzureContext>> readers() {
        return List.of(ClusterConcern::read);
    }

    private static final Set<ResourceId> AFTER = Set.of(
            ResourceGroup.ID,
            VirtualNetwork.ID,
            UserIdentity.CLUSTER,
            VaultKey.ID,
            DiskEncryptionSet.ID,
            RoleKind.CLUSTER_NETWORK.id(),
            RoleKind.CLUSTER_KEYS.id());

    @Override
    public List<Violation> validate(BackendSpec spec) {
        return ClusterRules.validate(spec);
    }

    private static CompletableFuture<Reading> read(AzureContext azure, Optional<BackendSpec> spec) {
        return azure.find(ArmType.CLUSTER, azure.clusterId()).thenCompose(found -> {
            boolean answers = found.filter(c -> azure.tags().owns(c.tags()))
                    .filter(c -> c.readiness().status() == Readiness.Status.READY && !c.failed())
                    .isPresent();
            return answers
                    ? azure.async(() ->
                            Found.named(azure, AksCluster.ID, found.map(c -> Kubeconfig.attach(azure.arm(), c))))
                    : CompletableFuture.completedFuture(Found.named(azure, AksCluster.ID, found));
        });
    }

    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        return ClusterRules.check(spec, inventory);
    }

    @Override
    public List<Resource<?>> wanted(AzureContext azure, BackendSpec spec, Inventory inventory) {
        NodeSubnet subnet = NodeSubnet.of(azure, spec, inventory);
        Set<ResourceId> absent = spec.network().existingId().isPresent() ? Set.of(VirtualNetwork.ID) : Set.of();
        List<Resource<?>> wanted = new ArrayList<>();
        wanted.add(RoleAssignment.of(azure, RoleKind.CLUSTER_NETWORK, subnet.id(), absent));
        wanted.add(new AksCluster(
                azure,
                spec,
                subnet,
                ClusterWish.version(spec, inventory),
                ClusterWish.systemZones(spec, inventory),
                after(spec)));
        admins(azure, spec, inventory, wanted);
        return wanted;
    }

    private static Set<ResourceId> after(BackendSpec spec) {
        Set<ResourceId> after = new HashSet<>(AFTER);
        if (spec.network().existingId().isPresent()) {
            after.remove(VirtualNetwork.ID);
        }
        if (spec.encryption().existingKeyId().isPresent()) {
            after.remove(VaultKey.ID);
        }
        return after;
    }

    /**
     * Ourselves and the spec's administrators. In a group of our own the role is assigned for the whole group before there is a
     * cluster, so that it holds by the time that there is; in another group for the cluster alone.
     */
    private static void admins(AzureContext azure, BackendSpec spec, Inventory inventory, List<Resource<?>> wanted) {
        String scope = azure.ownsGroup() ? azure.groupId() : azure.clusterId();
        Set<ResourceId> after = Set.of(azure.ownsGroup() ? ResourceGroup.ID : AksCluster.ID);
        Set<String> seen = new HashSet<>(AksSettings.of(spec.settings()).adminGroups());
        inventory
                .attachment(Caller.class)
                .flatMap(caller -> caller.objectId()
                        .filter(seen::add)
                        .map(id -> RoleAssignment.admin(azure, id, caller.principalType(), scope, after)))
                .ifPresent(wanted::add);
        for (String admin : spec.admins()) {
            if (seen.add(admin)) {
                wanted.add(RoleAssignment.admin(azure, admin, "", scope, after));
            }
        }
    }

    @Override
    public Optional<Deletable<?>> owned(AzureContext azure, ResourceId id, Object observed) {
        if (!id.equals(AksCluster.ID)) {
            return Optional.empty();
        }
        // AKS deletes the group of the nodes itself; only what is left of it then is ours to delete.
        Set<ResourceId> after = new HashSet<>(AFTER);
        after.add(NodeResourceGroup.ID);
        return Optional.of(new StandingCluster(azure, Set.copyOf(after)));
    }

    /** Whether a cluster of ours stands. */
    public static boolean stands(Inventory inventory) {
        Observed<?> found = inventory.observed().get(AksCluster.ID);
        return found != null && found.ownership() == Observed.Ownership.OURS;
    }
}
