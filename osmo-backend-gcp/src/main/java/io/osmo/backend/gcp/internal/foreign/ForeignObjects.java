// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The objects in the network of the backend, whether the backend's or others'; an attachment of the inventory of a destruction.
 *
 * @param all in the order of their paths
 */
public record ForeignObjects(List<InNetwork> all) {
    public ForeignObjects {
        all = List.copyOf(all);
    }

    /**
     * One of them.
     *
     * @param collection such as {@code instances}
     * @param object as Compute Engine describes it
     */
    record InNetwork(String collection, JsonNode object) {}
}
