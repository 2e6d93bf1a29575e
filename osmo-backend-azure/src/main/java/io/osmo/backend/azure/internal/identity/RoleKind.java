// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.identity;

import io.osmo.backend.azure.internal.group.ResourceGroup;
import io.osmo.backend.resource.ResourceId;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** The roles of a backend: who may do what, by Azure's built-in roles. */
public enum RoleKind {
    /** AKS joins nodes and load balancers to the subnet. */
    CLUSTER_NETWORK(
            "cluster-network", "4d97b98b-1d4f-4787-a291-c67834d212e7", UserIdentity.CLUSTER, "virtual-network/backend"),
    /** AKS registers the private API server in an existing zone. */
    CLUSTER_ZONE("cluster-zone", "b12aa53e-6015-4669-85d0-8515ebb3ae7f", UserIdentity.CLUSTER),
    /** The API server encrypts Secrets with the key. */
    CLUSTER_KEYS("cluster-keys", "12338af0-0e69-4776-bea7-57ae8d297424", UserIdentity.CLUSTER, "key-vault/backend"),
    /** Disks are encrypted with the key. */
    DISKS_KEYS("disks-keys", "e147488a-f6f5-4113-8e2d-b22465e65bf6", UserIdentity.DISKS, "key-vault/backend"),
    /** AKS attaches disks to the disk encryption set. */
    CLUSTER_DISKS(
            "cluster-disks",
            "acdd72a7-3385-48ef-bd42-f606fba81ae7",
            UserIdentity.CLUSTER,
            "disk-encryption-set/backend"),
    /** The backup vault looks at the cluster and at the group that takes the snapshots. */
    BACKUP_READER("backup-reader", "acdd72a7-3385-48ef-bd42-f606fba81ae7", ResourceId.of("backup-vault", "backend")),
    /** The cluster puts snapshots of its disks into the group. */
    BACKUP_SNAPSHOTS("backup-snapshots", "b24988ac-6180-42a0-ab88-20f7382dd24c", UserIdentity.CLUSTER),
    /** The backup extension writes into the storage account. */
    BACKUP_STORAGE(
            "backup-storage",
            "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
            ResourceId.of("backup-extension", "backend"),
            "storage-account/backup");

    /** May do everything but give rights to others. */
    static final String CONTRIBUTOR = "b24988ac-6180-42a0-ab88-20f7382dd24c";

    /** Administrator of all that is in a cluster, for people and for ourselves. */
    static final String CLUSTER_ADMIN = "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b";

    private final String key;
    private final String definition;
    private final ResourceId principal;
    private final String[] scope;

    RoleKind(String key, String definition, ResourceId principal, String... scope) {
        this.key = key;
        this.definition = definition;
        this.principal = principal;
        this.scope = scope;
    }

    public ResourceId id() {
        return ResourceId.of(RoleAssignment.KIND, key);
    }

    String key() {
        return key;
    }

    /** Id of the role's definition, the same in all clouds of Microsoft. */
    String definition() {
        return definition;
    }

    /** Whose role it is. */
    ResourceId principal() {
        return principal;
    }

    /** What must exist before it is assigned, and until it is removed. */
    Set<ResourceId> after() {
        Set<ResourceId> after = new java.util.HashSet<>(Set.of(ResourceGroup.ID, principal));
        Arrays.stream(scope).map(ResourceId::parse).forEach(after::add);
        return Set.copyOf(after);
    }

    static Optional<RoleKind> of(ResourceId id) {
        return Arrays.stream(values()).filter(kind -> kind.id().equals(id)).findFirst();
    }
}
