// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;
import java.util.List;

/**
 * How volumes are provisioned.
 *
 * @param csiDrivers names of the storage drivers that are installed
 * @param csiNodes which of them have registered on each node
 */
public record StorageFacts(
        Fact<List<StorageClassFacts>> storageClasses,
        Fact<List<String>> csiDrivers,
        Fact<List<CsiNodeFacts>> csiNodes) {
    /** None of it was read, for this reason. */
    public static StorageFacts unknown(String reason) {
        return new StorageFacts(Fact.unknown(reason), Fact.unknown(reason), Fact.unknown(reason));
    }
}
