// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.network;

import java.util.List;

/**
 * What the host project of a Shared VPC does not grant to the service agents of Google, and what of it could not be read; an
 * attachment of every inventory.
 */
record SharedAccess(List<Missing> missing, List<String> unread) {
    /** Nothing is missing. */
    static final SharedAccess NONE = new SharedAccess(List.of(), List.of());

    SharedAccess {
        missing = List.copyOf(missing);
        unread = List.copyOf(unread);
    }

    /**
     * A role that a member needs. It may inherit it from a folder or the organization.
     *
     * @param where path of the project or subnet
     */
    record Missing(String role, String member, String where) {}
}
