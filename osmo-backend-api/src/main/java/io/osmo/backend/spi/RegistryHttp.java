// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** How image registries are asked whether they accept credentials: one GET at a time. Emulators answer instead. Safe for concurrent use. */
@FunctionalInterface
public interface RegistryHttp {
    /**
     * Sends a GET and waits for the answer; follows no redirect, so that no credentials go elsewhere.
     *
     * @param authorization value of the header; empty to send none
     * @throws java.io.UncheckedIOException when there is no answer
     */
    Answer get(URI url, Optional<String> authorization);

    /**
     * What a registry answered.
     *
     * @param challenges values of {@code WWW-Authenticate}
     */
    record Answer(int status, List<String> challenges, String body) {
        public Answer {
            challenges = List.copyOf(challenges);
        }
    }
}
