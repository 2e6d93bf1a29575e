// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.error.StalePlanException;
import io.osmo.backend.error.UnsupportedChangeException;
import io.osmo.backend.event.Event.Effect;
import io.osmo.backend.plan.Action;
import io.osmo.backend.plan.Change;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings a resource about: create it when absent, wait while pending, remove differences one call at a time. */
final class Ensure<O> extends Task<O> {
    /** How long a created object may be invisible to reads. */
    private static final Duration CREATE_GRACE = Duration.ofSeconds(60);

    /** How long an object may be invisible that a failed call has perhaps created, or a change that was accepted. */
    private static final Duration SETTLE = Duration.ofSeconds(10);

    private static final Duration SETTLE_POLL = Duration.ofSeconds(1);
    private static final int MAX_CREATES = 5;

    /** Rounds that may pass without any difference disappearing. */
    private static final int MAX_IDLE_ROUNDS = 3;

    private static final int MAX_ROUNDS = 64;

    private final Resource<O> resource;
    private @Nullable Instant createdAt;
    private @Nullable Instant doubtedAt;
    private @Nullable CloudException doubt;
    private @Nullable Instant updatedAt;
    private List<FieldChange> lastChanges = List.of();
    private boolean attempted;
    private int creates;
    private int rounds;
    private int idleRounds;

    Ensure(Run run, Change change, Resource<O> resource) {
        super(run, change, resource);
        this.resource = resource;
    }

    /** Whether this apply has asked the cloud to create it, with or without an answer. */
    boolean mayHaveCreated() {
        return attempted;
    }

    @Override
    Duration typical() {
        return change.action() == Action.UPDATE
                ? resource.timing().update()
                : resource.timing().create();
    }

    @Override
    String unfinished() {
        return "did not match the spec";
    }

    @Override
    boolean trusts(Optional<O> known) {
        return true;
    }

    @Override
    void forget() {
        // A read that does not see yet what a create has returned must not take it from those who know its id by now.
        if (!within(createdAt, CREATE_GRACE)) {
            super.forget();
        }
    }

    @Override
    void decide(Optional<O> found) {
        if (found.isEmpty()) {
            absent();
            return;
        }
        O value = found.get();
        doubtedAt = null;
        doubt = null;
        Readiness readiness = resource.readiness(value);
        switch (readiness.status()) {
            case PENDING -> {
                forgetRefusal();
                poll(readiness.reason());
            }
            case DELETING -> poll(readiness.reason().isEmpty() ? "being deleted" : readiness.reason());
            case FAILED ->
                fail(failed(
                                readiness,
                                resource.irreplaceable(value),
                                "Remove what the cloud names as the cause, then plan again: the plan says what becomes"
                                        + " of it.")
                        .message(readiness.reason())
                        .build());
            case READY -> compare(value);
        }
    }

    private void absent() {
        if (within(createdAt, CREATE_GRACE)) {
            poll("created, not visible yet", SETTLE_POLL);
        } else if (within(doubtedAt, SETTLE)) {
            poll("looking whether the call that failed has created it", SETTLE_POLL);
        } else if (doubt != null && !doubt.worthRetrying()) {
            fail(doubt);
        } else if (creates >= MAX_CREATES) {
            fail(neverThere());
        } else {
            attempted = true;
            createdAt = null;
            doubt = null;
            effect(Effect.CREATE, () -> resource.create(run.state()), this::created);
        }
    }

    private CloudException neverThere() {
        Optional<CloudException> told = lastError();
        return CloudException.builder(told.map(CloudException::error).orElse(CloudError.UNKNOWN), id().toString())
                .code(told.map(CloudException::code).orElse("not there"))
                .message("was created " + creates + " times but does not exist"
                        + told.map(last -> ": " + last.getMessage()).orElse(""))
                .remedy(told.map(CloudException::remedy)
                        .orElse("Look in the audit log of the cloud who deletes it, then apply again."))
                .cause(told.orElse(null))
                .build();
    }

    private void created(O value) {
        creates++;
        createdAt = run.now();
        run.state().put(id(), value, run.now());
    }

    @Override
    void effectFailed(Effect effect, CloudException error) {
        if (effect == Effect.UPDATE) {
            // A call that was refused has had no chance to remove a difference.
            lastChanges = List.of();
            rounds--;
        }
        if (effect == Effect.CREATE && error.error() == CloudError.ALREADY_EXISTS
                || error.error() == CloudError.UNAVAILABLE && error.worthRetrying()) {
            // It may be there: created by the call whose answer was lost.
            if (effect == Effect.CREATE) {
                doubtedAt = run.now();
                doubt = error;
            }
            retry(error);
        } else if (effect == Effect.UPDATE && error.error() == CloudError.NOT_FOUND) {
            retry(error);
        } else {
            retryOrFail(error);
        }
    }

    private void compare(O value) {
        List<FieldChange> changes = resource.compare(value, run.state());
        if (changes.isEmpty()) {
            done();
            return;
        }
        if (changes.stream().anyMatch(FieldChange::refused)) {
            fail(new UnsupportedChangeException(run.ref().toString(), texts(changes)));
            return;
        }
        if (changes.stream().anyMatch(c -> c.effect() == FieldChange.Effect.REPLACE)) {
            fail(new StalePlanException(run.ref().toString(), texts(changes)));
            return;
        }
        if (!attempted && changes.stream().anyMatch(c -> c.disruption().exceeds(change.disruption()))) {
            fail(new StalePlanException(
                    run.ref().toString(),
                    changes.stream()
                            .filter(c -> c.disruption().exceeds(change.disruption()))
                            .map(c ->
                                    id() + " " + c + " does more to running work than the plan says: " + c.disruption())
                            .toList()));
            return;
        }
        boolean idle = changes.equals(lastChanges);
        if (idle && within(updatedAt, SETTLE)) {
            poll("changed, not visible yet", SETTLE_POLL);
            return;
        }
        idleRounds = idle ? idleRounds + 1 : 0;
        if (idleRounds > MAX_IDLE_ROUNDS || ++rounds > MAX_ROUNDS) {
            fail(CloudException.builder(CloudError.UNKNOWN, id().toString())
                    .code("no effect")
                    .message("still differs after " + rounds + " updates: " + changes)
                    .remedy("Look at who else changes these fields.")
                    .build());
            return;
        }
        lastChanges = changes;
        effect(
                Effect.UPDATE,
                () -> {
                    resource.update(value, changes, run.state());
                    return true;
                },
                accepted -> updatedAt = run.now());
    }

    private List<String> texts(List<FieldChange> changes) {
        return changes.stream()
                .filter(c -> c.effect() != FieldChange.Effect.IN_PLACE)
                .map(c -> id() + " " + c)
                .toList();
    }
}
