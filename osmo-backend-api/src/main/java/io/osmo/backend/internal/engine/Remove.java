// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.error.StalePlanException;
import io.osmo.backend.event.Event.Effect;
import io.osmo.backend.plan.Change;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Deletes until a read finds nothing. */
final class Remove<O> extends Task<O> {
    /** How long an object may look untouched after its deletion was accepted. */
    private static final Duration DELETE_GRACE = Duration.ofSeconds(30);

    private static final int MAX_FAILED_DELETES = 5;

    private @Nullable Instant deletedAt;
    private @Nullable O lastDeleted;
    private int failedDeletes;

    /** Why it could not be read, or why its deletion has failed, until a read finds that it is gone. */
    private @Nullable CloudException unread;

    /**
     * A refusal that may mean that somebody else has deleted the object: a policy cannot go by its tags any more, or it is in a state in
     * which it cannot be deleted again.
     */
    private @Nullable CloudException refused;

    private int refusals;

    /** What was there when the last deletion was asked for. */
    private @Nullable O attempted;

    /** What was wrong with it before it was deleted. */
    private String reasonBefore = "";

    Remove(Run run, Change change, Deletable<O> target) {
        super(run, change, target);
    }

    @Override
    Duration typical() {
        return target.timing().delete();
    }

    @Override
    String unfinished() {
        return "was not gone";
    }

    /** What an inventory does not hold may still be there: sweeps look for themselves. */
    @Override
    boolean trusts(Optional<O> known) {
        return known.isPresent();
    }

    @Override
    void decide(Optional<O> found) {
        if (found.isEmpty()) {
            done();
            return;
        }
        if (unread != null) {
            fail(unread);
            return;
        }
        O value = found.get();
        if (refused != null) {
            if (value.equals(attempted) || ++refusals >= MAX_FAILED_DELETES) {
                fail(refused);
                return;
            }
            // Somebody else has made a step of the same deletion.
            refused = null;
        }
        Readiness readiness = target.readiness(value);
        if (readiness.status() == Readiness.Status.DELETING) {
            poll(readiness.reason().isEmpty() ? "being deleted" : readiness.reason());
        } else if (value.equals(lastDeleted) && within(deletedAt, DELETE_GRACE)) {
            poll(progress("deletion accepted", readiness));
        } else if (within(deletedAt, target.timing().poll())) {
            // A thing that looks different at each read would else be deleted again and again without a pause.
            poll(
                    progress("deletion accepted, not gone yet", readiness),
                    target.timing().poll());
        } else if (isUnforeseen(value)) {
            fail(new StalePlanException(
                    run.ref().toString(),
                    List.of(id() + " would do more to running work: " + target.deletionDisruption(value)
                            + "; the plan says that there is none")));
        } else if (readiness.status() == Readiness.Status.FAILED
                && deletedAt != null
                && (isFinal(readiness) || ++failedDeletes >= MAX_FAILED_DELETES)) {
            fail(failed(readiness, Optional.empty(), "Remove what the cloud names as the cause, then destroy again.")
                    .message("could not be deleted: " + readiness.reason())
                    .build());
        } else {
            attempted = value;
            effect(
                    Effect.DELETE,
                    () -> {
                        target.delete(value, run.state());
                        return true;
                    },
                    accepted -> {
                        deletedAt = run.now();
                        reasonBefore = readiness.reason();
                        lastDeleted = value;
                    });
        }
    }

    /** Whether there is work by now on the nodes of a pool that had none when it was planned. */
    private boolean isUnforeseen(O value) {
        return id().kind().equals(Drains.KIND)
                && change.disruption() == Disruption.NONE
                && target.deletionDisruption(value).exceeds(Disruption.NONE);
    }

    /** Whether the deletion has failed for a cause that stays until somebody removes it. */
    private boolean isFinal(Readiness readiness) {
        return !readiness.reason().equals(reasonBefore)
                && readiness
                        .failure()
                        .map(Readiness.Failure::error)
                        .filter(error -> error == CloudError.NOT_AUTHORIZED || error == CloudError.INVALID_REQUEST)
                        .isPresent();
    }

    /** An object may go while it is read: what is read of it in a second call may then be denied. */
    @Override
    void readRefused(CloudException error) {
        if (error.error() == CloudError.NOT_AUTHORIZED && unread == null) {
            unread = error;
            read();
        } else {
            super.readRefused(refused == null ? error : refused);
        }
    }

    private static String progress(String state, Readiness readiness) {
        return readiness.reason().isEmpty() ? state : readiness.reason();
    }

    @Override
    void effectFailed(Effect effect, CloudException error) {
        if (error.error() == CloudError.NOT_FOUND) {
            retry(error);
        } else if (!error.worthRetrying()) {
            // Somebody else may have deleted it, and only a read that finds nothing proves that.
            refused = error;
            read();
        } else {
            retryOrFail(error);
        }
    }
}
