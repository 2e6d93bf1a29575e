// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.authorization;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.ArmId;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Guard;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.arm.ResourceType;
import io.osmo.backend.testkit.internal.azure.arm.Traits;
import io.osmo.backend.testkit.internal.azure.arm.Write;

/** Management locks: {@code CanNotDelete} prevents deletion, {@code ReadOnly} changes and actions too. */
final class Locks extends ResourceType implements Guard {
    Locks(AzureSubscription azure) {
        super(
                azure,
                Traits.proxy("Microsoft.Authorization/locks", "2020-05-01", "2016-09-01")
                        .withoutState());
    }

    @Override
    protected ObjectNode accept(Write write) {
        String level = write.properties().path("level").asText();
        if (!level.equals("CanNotDelete") && !level.equals("ReadOnly")) {
            throw ArmError.badRequest("InvalidLockLevel", "The lock level '" + level + "' is not valid.");
        }
        return write.body();
    }

    /** A lock protects its scope, what is under it, and what the scope is part of. */
    @Override
    public void checkDelete(Resource resource) {
        if (!resource.is(this)) {
            all().filter(lock -> {
                        String scope = ArmId.key(lock.id.scope());
                        return isIn(resource.key, scope) || isIn(scope, resource.key);
                    })
                    .findFirst()
                    .ifPresent(lock -> refuse("delete", resource.id, lock));
        }
    }

    /** Locks themselves can be set and taken away below a lock. */
    @Override
    public void checkWrite(ArmId id) {
        if (!id.type().equalsIgnoreCase(name())) {
            all().filter(lock -> lock.text("level").equals("ReadOnly"))
                    .filter(lock -> isIn(id.key(), ArmId.key(lock.id.scope())))
                    .findFirst()
                    .ifPresent(lock -> refuse("write", id, lock));
        }
    }

    private static boolean isIn(String inner, String outer) {
        return inner.equals(outer) || inner.startsWith(outer + "/");
    }

    private static void refuse(String what, ArmId id, Resource lock) {
        throw ArmError.conflict(
                "ScopeLocked",
                "The scope '" + id.text() + "' cannot perform " + what
                        + " operation because following scope(s) are locked: '" + lock.id.scope()
                        + "'. Please remove the lock and try again.");
    }
}
