// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.diagnosis.Cause;
import java.util.Optional;

/**
 * One possible reason why nodes do not join. Pure.
 *
 * @param <F> evidence that only one cloud has
 */
@FunctionalInterface
public interface JoinCause<F> {
    /** The cause if the evidence shows it; empty if the evidence is unknown. */
    Optional<Cause> in(JoinEvidence<F> evidence);
}
