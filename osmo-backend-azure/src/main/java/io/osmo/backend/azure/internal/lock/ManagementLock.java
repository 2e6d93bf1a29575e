// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.lock;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/**
 * A lock on a subscription, a resource group or a resource. It forbids deleting what it is on, everything below, and everything
 * above that would take it along: learn.microsoft.com/azure/azure-resource-manager/management/lock-resources.
 *
 * @param id of the lock
 * @param scope id of what it is on
 * @param level {@code CanNotDelete} or {@code ReadOnly}
 */
record ManagementLock(String id, String scope, String level) {
    private static final String TYPE = "/providers/microsoft.authorization/locks/";

    static ManagementLock of(JsonNode json) {
        String id = json.path("id").asText();
        int end = id.toLowerCase(Locale.ROOT).lastIndexOf(TYPE);
        return new ManagementLock(
                id,
                end < 0 ? "" : id.substring(0, end),
                json.at("/properties/level").asText());
    }

    /** Whether it forbids deleting an object. */
    boolean forbidsDeletion(String armId) {
        return holds(armId) || isIn(scope, armId);
    }

    /** Whether it is on an object or above it. */
    boolean holds(String armId) {
        return isIn(armId, scope);
    }

    boolean isReadOnly() {
        return level.equalsIgnoreCase("ReadOnly");
    }

    private static boolean isIn(String inner, String outer) {
        String one = inner.toLowerCase(Locale.ROOT);
        String other = outer.toLowerCase(Locale.ROOT);
        return one.equals(other) || one.startsWith(other + "/");
    }
}
