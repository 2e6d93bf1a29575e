// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

import io.osmo.backend.spec.BackendSpec;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Observes one part of a backend. All readers run at the same time, each with at most three calls one after another; calls
 * go through {@link AwsContext#async}, none blocks the thread that calls {@link #read}.
 */
@FunctionalInterface
public interface Reader {
    /**
     * @param spec tells which existing things and which offers are of interest; without one only what is ours is read
     */
    CompletableFuture<Reading> read(AwsContext aws, Optional<BackendSpec> spec);
}
