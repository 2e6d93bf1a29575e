// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.existing;

import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.Concern;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The pools of a spec, as expectations of the nodes that exist. */
final class PoolConcern implements Concern<ExistingContext> {
    @Override
    public List<String> warnings(ExistingContext context, Optional<BackendSpec> spec, Inventory inventory) {
        return spec.stream()
                .flatMap(wanted -> ExpectedPool.all(wanted, inventory))
                .flatMap(pool -> Stream.concat(pool.problem().stream(), pool.remarks()))
                .toList();
    }
}
