// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.child;

import org.jspecify.annotations.Nullable;

/**
 * What the child answers on its standard output, as JSON. Either both texts, or one of the reasons.
 *
 * @param manifest what Helm would install, without hooks and definitions
 * @param inventory all that was rendered, in no order
 * @param refusal why Helm refuses the chart, in its own words
 * @param failure why Helm could not be asked
 */
public record RenderAnswer(
        @Nullable String manifest,
        @Nullable String inventory,
        @Nullable String refusal,
        @Nullable String failure) {
    static RenderAnswer refused(String text) {
        return new RenderAnswer(null, null, text, null);
    }

    static RenderAnswer failed(String text) {
        return new RenderAnswer(null, null, null, text);
    }
}
