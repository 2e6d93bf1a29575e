// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.diagnosis.Cause;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A cause that the cloud states in a code or a message.
 *
 * @param <F> evidence that only one cloud has
 * @param pattern pattern to find in a code or a message of the cloud
 */
public record StatedCause<F>(String id, Pattern pattern, String text, String remedy) implements JoinCause<F> {
    /** @param pattern a regular expression; case is ignored */
    public static <F> JoinCause<F> of(String id, String pattern, String text, String remedy) {
        return new StatedCause<>(id, Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), text, remedy);
    }

    @Override
    public Optional<Cause> in(JoinEvidence<F> evidence) {
        return evidence.said(pattern).map(statement -> new Cause(id, text, remedy));
    }
}
