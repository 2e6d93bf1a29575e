// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.spi.Deletable;
import java.util.Optional;

/** Makes the drain of a pool; {@code CloudSession.drain}. */
@FunctionalInterface
interface Drains {
    /** Kind of the resource that stands for the work on the nodes of a pool. */
    String KIND = "drain";

    Optional<Deletable<?>> of(Deletable<?> pool, boolean endsWork);
}
