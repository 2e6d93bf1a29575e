// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.foreign;

import io.osmo.backend.resource.ResourceId;
import java.util.List;

/**
 * What is inside resources of ours and is not ours; an attachment of the inventory of a destruction.
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
     * @param inside the resource of ours that would take it along
     * @param id in Azure
     * @param what such as {@code an agent pool}
     */
    record ForeignObject(ResourceId inside, String id, String what) {}
}
