// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

import io.osmo.backend.error.CloudError;
import java.util.Optional;

/**
 * The state of an existing resource.
 *
 * @param status the state as the engine distinguishes it
 * @param reason the reason that the cloud gives; empty if it gives none
 * @param failure details of a failure; empty if it has not failed, or if the cloud gives no known code
 */
public record Readiness(Status status, String reason, Optional<Failure> failure) {
    public Readiness(Status status, String reason) {
        this(status, reason, Optional.empty());
    }

    /** States that the engine distinguishes. */
    public enum Status {
        READY,
        /** Being created or changed; it is polled until that changes or the deadline has passed. */
        PENDING,
        DELETING,
        /** Waiting does not help. */
        FAILED
    }

    /**
     * A failure of a resource that was created or changed asynchronously.
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
