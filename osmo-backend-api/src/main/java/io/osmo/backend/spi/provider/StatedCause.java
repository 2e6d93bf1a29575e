// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.diagnosis.Cause;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A cause that the cloud names itself, in a code or in a phrase.
 *
 * @param <F> what only one cloud has
 * @param pattern found in a code or a text of the cloud
 */
public record StatedCause<F>(String id, Pattern pattern, String text, String remedy) implements JoinCause<F> {
    /** @param pattern a regular expression; letters of both cases count as the same */
    public static <F> JoinCause<F> of(String id, String pattern, String text, String remedy) {
        return new StatedCause<>(id, Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), text, remedy);
    }

    @Override
    public Optional<Cause> in(JoinEvidence<F> evidence) {
        return evidence.said(pattern).map(statement -> new Cause(id, text, remedy));
    }
}
