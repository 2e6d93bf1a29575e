// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Management locks: what is under one cannot be deleted. */
final class Locks extends ResourceType {
    private static final String TYPE = "Microsoft.Authorization/locks";

    Locks(AzureSubscription azure) {
        super(azure, TYPE, "2020-05-01", "2016-09-01");
    }

    @Override
    boolean isTracked() {
        return false;
    }

    @Override
    boolean showsState() {
        return false;
    }

    @Override
    ObjectNode accept(Write write) {
        String level = write.properties().path("level").asText();
        if (!level.equals("CanNotDelete") && !level.equals("ReadOnly")) {
            throw ArmError.badRequest("InvalidLockLevel", "The lock level '" + level + "' is not valid.");
        }
        return write.body();
    }

    /** Refuses to delete what a lock protects, on itself, on what it is part of, or on what is part of it. */
    static void check(AzureSubscription azure, Resource resource) {
        if (resource.type.name.equals(TYPE)) {
            return;
        }
        String key = resource.id.key();
        azure.all(r -> r.type.name.equals(TYPE))
                .filter(lock -> {
                    String scope = ArmId.key(lock.id.scope());
                    return key.equals(scope) || key.startsWith(scope + "/") || scope.startsWith(key + "/");
                })
                .findFirst()
                .ifPresent(lock -> {
                    throw ArmError.conflict(
                            "ScopeLocked",
                            "The scope '" + resource
                                    + "' cannot perform delete operation because following scope(s) are" + " locked: '"
                                    + lock.id.scope() + "'. Please remove the lock and try again.");
                });
    }
}
