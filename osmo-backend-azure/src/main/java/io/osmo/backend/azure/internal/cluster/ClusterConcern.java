// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.cluster;

import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Caller;
import io.osmo.backend.azure.internal.ExistingResource;
import io.osmo.backend.azure.internal.encryption.DiskEncryptionSet;
import io.osmo.backend.azure.internal.encryption.VaultKey;
import io.osmo.backend.azure.internal.group.ResourceGroup;
import io.osmo.backend.azure.internal.identity.RoleAssignment;
import io.osmo.backend.azure.internal.identity.RoleKind;
import io.osmo.backend.azure.internal.identity.UserIdentity;
import io.osmo.backend.azure.internal.network.NodeSubnet;
import io.osmo.backend.azure.internal.network.PrivateZone;
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
import io.osmo.backend.spi.provider.ApiReach;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Reader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The cluster and its administrators. */
public final class ClusterConcern implements Concern<AzureContext> {
    @Override
    public List<Needs> needs(Optional<BackendSpec> spec) {
        boolean local = AksSettings.of(spec.flatMap(BackendSpec::settings)).localAccounts();
        return local
                ? List.of(AksCluster.NEEDS.read(ArmType.CLUSTER.action("listClusterAdminCredential/action")))
                : List.of(AksCluster.NEEDS);
    }

    @Override
    public List<Reader<AzureContext>> readers() {
        return List.of(ClusterReader.INSTANCE, NodeGroupReader.INSTANCE);
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

    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        List<Violation> violations = new ArrayList<>(ClusterRules.check(spec, inventory));
        NodeGroupReader.check(inventory).ifPresent(violations::add);
        return violations;
    }

    @Override
    public List<String> warnings(AzureContext context, Optional<BackendSpec> spec, Inventory inventory) {
        List<String> warnings = new ArrayList<>();
        spec.flatMap(s -> DesiredCluster.moved(s, inventory)
                        .map(running -> "the cluster runs Kubernetes " + running + ", newer than kubernetesVersion "
                                + s.kubernetesVersion().orElse("") + " of the spec; AKS cannot downgrade a cluster"))
                .ifPresent(warnings::add);
        spec.flatMap(s -> closes(s, inventory)).ifPresent(warnings::add);
        if (spec.isPresent()
                && DesiredCluster.standing(inventory)
                        .filter(AksCluster::isStopped)
                        .isPresent()) {
            warnings.add(
                    "the cluster is stopped: AKS cannot change a stopped cluster, so applying starts it, and its nodes"
                            + " cost money again");
        }
        return warnings;
    }

    /** Who loses the way to the API server; whether it is public at all is fixed. */
    private static Optional<String> closes(BackendSpec spec, Inventory inventory) {
        return DesiredCluster.standing(inventory)
                .map(cluster -> cluster.json().at("/properties/apiServerAccessProfile"))
                .filter(now -> !now.path("enablePrivateCluster").asBoolean()
                        && spec.apiEndpoint().publicAccess())
                .flatMap(now -> {
                    List<String> ranges = new ArrayList<>();
                    now.path("authorizedIPRanges").forEach(range -> ranges.add(range.asText()));
                    return ApiReach.open(ranges)
                            .warning(ApiReach.open(spec.apiEndpoint().publicCidrs()), Optional.empty());
                });
    }

    @Override
    public List<Resource<?>> wanted(AzureContext context, BackendSpec spec, Inventory inventory) {
        NodeSubnet subnet = NodeSubnet.of(context, spec, inventory);
        Set<ResourceId> absent = spec.network().existingId().isPresent() ? Set.of(VirtualNetwork.ID) : Set.of();
        List<Resource<?>> wanted = new ArrayList<>();
        wanted.add(RoleAssignment.of(context, RoleKind.CLUSTER_NETWORK, subnet.roleScope(spec), absent));
        PrivateZone.of(spec)
                .ifPresent(zone -> wanted.add(RoleAssignment.of(context, RoleKind.CLUSTER_ZONE, zone, Set.of())));
        wanted.add(new AksCluster(
                context,
                spec,
                subnet,
                DesiredCluster.version(spec, inventory),
                DesiredCluster.zones(AksSettings.of(spec.settings()).systemInstanceType(), List.of(), spec, inventory),
                after(spec)));
        admins(context, spec, inventory, wanted);
        return wanted;
    }

    private static Set<ResourceId> after(BackendSpec spec) {
        Set<ResourceId> after = new HashSet<>(AFTER);
        if (spec.network().existingId().isPresent()) {
            after.remove(VirtualNetwork.ID);
        }
        if (spec.encryption().existingKey().isPresent()) {
            after.remove(VaultKey.ID);
        }
        if (PrivateZone.of(spec).isPresent()) {
            after.add(RoleKind.CLUSTER_ZONE.id());
        }
        return after;
    }

    /**
     * The caller, earlier callers, and the spec's administrators. An identity that has applied stays an administrator as long as the
     * backend exists: otherwise an apply by another identity would lock it out. In the backend's own group, the role is assigned for
     * the whole group before the cluster exists, so that it is in effect in time; in an existing group, for the cluster only.
     */
    private static void admins(AzureContext context, BackendSpec spec, Inventory inventory, List<Resource<?>> wanted) {
        String scope = context.ownsGroup() ? context.groupId() : context.clusterId();
        Set<ResourceId> after = Set.of(context.ownsGroup() ? ResourceGroup.ID : AksCluster.ID);
        Set<String> seen = new HashSet<>(AksSettings.of(spec.settings()).adminGroups());
        Map<String, String> callers = RoleAssignment.callers(inventory);
        List<String> named = new ArrayList<>(spec.admins());
        inventory
                .attachment(Caller.class)
                .ifPresent(caller -> caller.objectId().ifPresent(id -> {
                    if (RoleAssignment.isNamedAdmin(id, inventory)) {
                        named.add(id);
                    } else {
                        callers.putIfAbsent(id, caller.principalType());
                    }
                }));
        callers.forEach((id, type) -> {
            if (seen.add(id)) {
                wanted.add(RoleAssignment.caller(context, id, type, scope, after));
            }
        });
        for (String admin : named) {
            if (seen.add(admin)) {
                wanted.add(RoleAssignment.admin(context, admin, scope, after));
            }
        }
    }

    @Override
    public Optional<Deletable<?>> owned(AzureContext context, ResourceId id, Object observed) {
        if (!id.equals(AksCluster.ID)) {
            return Optional.empty();
        }
        // AKS deletes the node resource group itself; the backend deletes only what is left of it afterward.
        Set<ResourceId> after = new HashSet<>(AFTER);
        after.add(NodeResourceGroup.ID);
        after.add(RoleKind.CLUSTER_ZONE.id());
        return Optional.of(new ExistingResource(
                context,
                AksCluster.ID,
                ArmType.CLUSTER,
                context.clusterId(),
                after,
                AksCluster.TIMING,
                "AKS cluster " + context.name()));
    }

    /** Id of the node resource group of the backend's cluster; empty if there is none. */
    public static Optional<String> nodeGroupId(AzureContext context, Inventory inventory) {
        return DesiredCluster.standing(inventory)
                .flatMap(cluster -> cluster.find("/properties/nodeResourceGroup"))
                .map(name -> context.subscriptionId() + "/resourceGroups/" + name);
    }

    /** Whether the backend's cluster exists and is not being deleted together with its pools. */
    public static boolean keepsPools(Inventory inventory) {
        return exists(inventory)
                && DesiredCluster.standing(inventory)
                        .filter(cluster -> cluster.readiness().status() != Readiness.Status.DELETING)
                        .isPresent();
    }

    /** Whether the backend's cluster exists. */
    public static boolean exists(Inventory inventory) {
        Observed<?> found = inventory.observed().get(AksCluster.ID);
        return found != null && found.ownership() == Observed.Ownership.OURS;
    }
}
