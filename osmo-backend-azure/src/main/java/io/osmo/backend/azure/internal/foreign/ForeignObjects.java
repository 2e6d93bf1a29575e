// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.foreign;

import io.osmo.backend.resource.ResourceId;
import java.util.List;

/**
 * Objects of others inside the backend's resources; an attachment of the inventory of a destruction.
 *
 * @param all in the order of their ids
 */
record ForeignObjects(List<ForeignObject> all) {
    ForeignObjects {
        all = List.copyOf(all);
    }

    /**
     * One of them.
     *
     * @param inside the backend's resource that it would be deleted with
     * @param id its id in Azure
     * @param what what it is, such as {@code an agent pool}
     */
    record ForeignObject(ResourceId inside, String id, String what) {}
}
