// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

import io.osmo.backend.error.CloudError;
import java.util.Optional;

/**
 * What a resource that was found is doing.
 *
 * @param status the engine's four words for it
 * @param reason the cloud's own words, empty when there is nothing to say
 * @param failure what is known of a failure; empty when it has not failed, or the cloud gives no code that is known
 */
public record Readiness(Status status, String reason, Optional<Failure> failure) {
    public Readiness(Status status, String reason) {
        this(status, reason, Optional.empty());
    }

    /** States that the engine tells apart. */
    public enum Status {
        READY,
        /** On its way; polled until it is something else or the deadline has passed. */
        PENDING,
        DELETING,
        /** Will not become ready by waiting. */
        FAILED
    }

    /**
     * A failure that waiting has found, in the terms of this library.
     *
     * @param error what kind of failure it is
     * @param code the cloud's own code
     * @param remedy what to do, as a sentence
     */
    public record Failure(CloudError error, String code, String remedy) {}

    public static Readiness ready() {
        return new Readiness(Status.READY, "");
    }

    public static Readiness pending(String reason) {
        return new Readiness(Status.PENDING, reason);
    }

    public static Readiness deleting() {
        return new Readiness(Status.DELETING, "");
    }

    public static Readiness failed(String reason) {
        return new Readiness(Status.FAILED, reason);
    }

    public static Readiness failed(String reason, Failure failure) {
        return new Readiness(Status.FAILED, reason, Optional.of(failure));
    }
}
