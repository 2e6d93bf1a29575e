// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A long-running operation on a resource. */
public final class Operation {
    public enum Kind {
        CREATE("PUT"),
        UPDATE("PUT"),
        DELETE("DELETE"),
        ACTION("POST");

        final String method;

        Kind(String method) {
            this.method = method;
        }
    }

    public final Resource resource;
    /** The state of the resource while it runs, such as {@code Creating}. */
    public final String state;

    public final String id;
    final Kind kind;
    final Instant started;
    String status = "InProgress";

    @Nullable
    Instant ended;

    @Nullable
    ArmError error;
    /** What it returns when it has ended; null for nothing. */
    @Nullable
    Supplier<ObjectNode> result;

    Operation(String id, Kind kind, Resource resource, String state, Instant started) {
        this.id = id;
        this.kind = kind;
        this.resource = resource;
        this.state = state;
        this.started = started;
    }

    boolean hasEnded() {
        return ended != null;
    }

    void end(String endStatus, Optional<ArmError> why, Instant now) {
        ended = now;
        status = endStatus;
        error = why.orElse(null);
        if (resource.running == this) {
            resource.running = null;
            resource.failure = error;
            resource.state = endStatus;
            resource.modified = now;
        }
    }
}
