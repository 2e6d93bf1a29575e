// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.diagnosis.Cause;
import java.util.Optional;

/**
 * One reason for which nodes do not join. Pure.
 *
 * @param <F> what only one cloud has
 */
@FunctionalInterface
public interface JoinCause<F> {
    /** The cause if the evidence shows it. What is unknown shows nothing. */
    Optional<Cause> in(JoinEvidence<F> evidence);
}
