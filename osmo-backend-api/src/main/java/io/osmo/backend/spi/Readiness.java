// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

/**
 * What a resource that was found is doing.
 *
 * @param status the engine's four words for it
 * @param reason the cloud's own words, empty when there is nothing to say
 */
public record Readiness(Status status, String reason) {
    /** States that the engine tells apart. */
    public enum Status {
        READY,
        /** On its way; polled until it is something else or the deadline has passed. */
        PENDING,
        DELETING,
        /** Will not become ready by waiting. */
        FAILED
    }

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
}
