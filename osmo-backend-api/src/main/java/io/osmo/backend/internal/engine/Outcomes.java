// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.error.OsmoBackendException;
import io.osmo.backend.error.ResourceOutcome;
import io.osmo.backend.error.ResourceOutcome.Status;
import io.osmo.backend.resource.ResourceId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Says how a resource came out, whose removal, creation and rollback are tasks of their own. */
final class Outcomes {
    private Outcomes() {}

    /** @param own all tasks of the resource, the rollback included */
    static ResourceOutcome of(ResourceId id, List<Task<?>> own, Optional<Remove<?>> rollback) {
        Optional<Throwable> failure = failure(own);
        return new ResourceOutcome(
                id,
                status(own, rollback),
                failure.map(Outcomes::text).orElse(""),
                failure.map(Outcomes::remedy).orElse(""));
    }

    private static Status status(List<Task<?>> own, Optional<Remove<?>> rollback) {
        if (rollback.filter(task -> task.status == Task.Status.DONE).isPresent()) {
            return Status.ROLLED_BACK;
        }
        if (any(own, Task.Status.FAILED)) {
            return Status.FAILED;
        }
        if (any(own, Task.Status.CANCELLED)) {
            return Status.CANCELLED;
        }
        return any(own, Task.Status.SKIPPED) ? Status.SKIPPED : Status.DONE;
    }

    private static boolean any(List<Task<?>> own, Task.Status status) {
        return own.stream().anyMatch(task -> task.status == status);
    }

    /** What the first failed task threw. */
    static Optional<Throwable> failure(List<Task<?>> own) {
        return own.stream()
                .<Optional<Throwable>>map(task -> Optional.ofNullable(task.failure))
                .flatMap(Optional::stream)
                .findFirst();
    }

    static String text(Throwable failure) {
        return Objects.requireNonNullElse(
                failure.getMessage(), failure.getClass().getSimpleName());
    }

    static String remedy(Throwable failure) {
        return failure instanceof OsmoBackendException known ? known.remedy() : "";
    }
}
