// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.quota;

import io.osmo.backend.spi.Inventory;
import java.util.List;

/**
 * Machine types that might replace one of a pool.
 *
 * @param machines the types; may include the replaced one
 * @param inventory what was found of the backend, with what the cloud offers of these types, so that the rules of a plan can judge them
 */
public record Candidates(List<SoldMachine> machines, Inventory inventory) {
    public Candidates {
        machines = List.copyOf(machines);
    }
}
