// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A long-running operation on a resource. */
final class Operation {
    enum Kind {
        CREATE,
        UPDATE,
        DELETE,
        ACTION
    }

    final String id;
    final Kind kind;
    final Resource resource;
    /** What the service calls it while it runs, such as {@code Creating}. */
    final String doing;

    final Instant begun;

    @Nullable
    Instant ended;

    String status = "InProgress";

    @Nullable
    ArmError error;
    /** What an action answers in the end. */
    @Nullable
    Supplier<ObjectNode> result;

    Operation(String id, Kind kind, Resource resource, String doing, Instant begun) {
        this.id = id;
        this.kind = kind;
        this.resource = resource;
        this.doing = doing;
        this.begun = begun;
    }

    boolean hasEnded() {
        return ended != null;
    }
}
