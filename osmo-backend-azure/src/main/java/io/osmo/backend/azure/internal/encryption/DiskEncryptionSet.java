// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.encryption;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmResource;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Json;
import io.osmo.backend.azure.internal.group.ResourceGroup;
import io.osmo.backend.azure.internal.identity.RoleKind;
import io.osmo.backend.azure.internal.identity.UserIdentity;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Needs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Encrypts the disks of nodes and of volume claims with the key; Azure rotates to new versions of the key automatically. */
public final class DiskEncryptionSet extends ArmResource {
    public static final ResourceId ID = ResourceId.of("disk-encryption-set", "backend");

    /** What the calls below need. */
    public static final Needs NEEDS = ArmType.DISK_ENCRYPTION_SET
            .needs(ID.kind())
            .create(ArmType.IDENTITY.action("assign/action"))
            .update(ArmType.IDENTITY.action("assign/action"))
            .destroy(ArmType.DISK_ENCRYPTION_SET.action("delete"));

    private static final Set<ResourceId> AFTER =
            Set.of(ResourceGroup.ID, UserIdentity.DISKS, VaultKey.ID, KeyVault.ID, RoleKind.DISKS_KEYS.id());

    DiskEncryptionSet(AzureContext context, Set<ResourceId> absent) {
        super(
                context,
                ID,
                ArmType.DISK_ENCRYPTION_SET,
                armId(context),
                without(absent),
                Timing.seconds(70, 10, 10, 3, 75),
                "disk encryption set");
    }

    private static Set<ResourceId> without(Set<ResourceId> absent) {
        Set<ResourceId> after = new HashSet<>(AFTER);
        after.removeAll(absent);
        return after;
    }

    public static String armId(AzureContext context) {
        return context.id(ArmType.DISK_ENCRYPTION_SET, context.name() + "-disks");
    }

    @Override
    protected ObjectNode body(State state) {
        return Json.object(
                "location", context.region(),
                "tags", context.ownership().tags(ID),
                "identity",
                        Map.of(
                                "type",
                                "UserAssigned",
                                "userAssignedIdentities",
                                Map.of(UserIdentity.armId(context, UserIdentity.DISKS), Map.of())),
                "properties",
                        Map.of(
                                "encryptionType",
                                "EncryptionAtRestWithCustomerKey",
                                "rotationToLatestKeyVersionEnabled",
                                true,
                                "activeKey",
                                Map.of("keyUrl", VaultKey.uri(state.require(VaultKey.ID, ArmObject.class)))));
    }

    @Override
    public List<FieldChange> compare(ArmObject observed, State state) {
        List<FieldChange> changes = new ArrayList<>(super.compare(observed, state));
        UserIdentity.reassigned(context, UserIdentity.DISKS, observed, state).ifPresent(changes::add);
        return changes;
    }

    @Override
    protected Set<ResourceId> roles() {
        return Set.of(RoleKind.DISKS_KEYS.id());
    }
}
