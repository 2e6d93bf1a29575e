// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Sends requests to image registries, to check whether they accept credentials. Tests replace it by an emulator. Implementations must be
 * safe for concurrent use.
 */
@FunctionalInterface
public interface RegistryHttp {
    /**
     * Sends a GET and waits for the answer; follows no redirect, so that no credentials go elsewhere.
     *
     * @param authorization value of the header; empty to send none
     * @throws java.io.UncheckedIOException if there is no answer
     */
    Answer get(URI url, Optional<String> authorization);

    /**
     * The answer of a registry.
     *
     * @param challenges values of {@code WWW-Authenticate}
     */
    record Answer(int status, List<String> challenges, String body) {
        public Answer {
            challenges = List.copyOf(challenges);
        }
    }
}
