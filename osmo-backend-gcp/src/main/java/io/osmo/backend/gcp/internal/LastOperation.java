// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

import com.google.rpc.Status;
import io.osmo.backend.error.CloudException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The operation that was started last on one resource. Google accepts a change and continues it in an operation. If that fails, only the
 * operation tells why: the object may be absent, or as it was before. Safe for concurrent use.
 *
 * @see <a href="https://google.aip.dev/151">AIP-151: long-running operations</a>
 */
public final class LastOperation {
    private final AtomicReference<@Nullable Running> running = new AtomicReference<>();
    private final AtomicReference<@Nullable String> ended = new AtomicReference<>();

    /**
     * An operation that is running.
     *
     * @param deletes whether it deletes the resource
     */
    public record Running(String name, boolean deletes) {}

    /**
     * What Google says of an operation.
     *
     * @param failure why it has failed; empty if it runs or has succeeded
     */
    public record Progress(boolean done, Optional<CloudException> failure) {
        /** Of one that Google has forgotten: only the object tells how it has ended. */
        public static Progress forgotten() {
            return new Progress(true, Optional.empty());
        }

        /** Of an operation that gives its failure as a {@code google.rpc.Status}. */
        public static Progress of(String call, boolean done, Optional<Status> error) {
            return new Progress(done || error.isPresent(), error.map(status -> GcpErrors.failed(call, status)));
        }
    }

    /** Remembers an operation that a call of this process has started and that creates or changes the resource. */
    public void begin(String name) {
        running.set(new Running(name, false));
    }

    /** Remembers an operation that a call of this process has started and that deletes the resource. */
    public void beginDeletion(String name) {
        running.set(new Running(name, true));
    }

    /** Takes up an operation that an earlier process has started, unless it is known to have ended. */
    public void adopt(Running found) {
        if (!found.name().equals(ended.get())) {
            running.compareAndSet(null, found);
        }
    }

    /**
     * The operation if it is running. Its failure is thrown once, so that a change that is worth trying again is made again.
     *
     * @param ask reads the progress of an operation by its name
     * @throws CloudException the failure with which it has ended
     */
    public Optional<Running> running(Function<String, Progress> ask) {
        Running last = running.get();
        if (last == null) {
            return Optional.empty();
        }
        Progress progress = ask.apply(last.name());
        if (!progress.done()) {
            return Optional.of(last);
        }
        ended.set(last.name());
        running.compareAndSet(last, null);
        progress.failure().ifPresent(failure -> {
            throw failure;
        });
        return Optional.empty();
    }
}
