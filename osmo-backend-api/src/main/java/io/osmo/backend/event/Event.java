// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.event;

import io.osmo.backend.plan.Action;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Something that happened in an apply. Contains no secrets. {@link ProgressListener} describes the order of events. */
public sealed interface Event {
    /** When it happened, by the clock of the scheduler. */
    Instant at();

    /** The backend. */
    BackendRef ref();

    /** The letter for this type of event in the grammar of {@link ProgressListener}. */
    char letter();

    /** An event of one resource. */
    sealed interface OfResource extends Event {
        ResourceId resource();
    }

    /** What an apply is about to do. */
    enum Effect {
        CREATE,
        UPDATE,
        DELETE
    }

    /**
     * One resource that the apply will create, change or delete.
     *
     * @param after the resources of the plan that it waits for
     * @param estimate how long it typically takes
     * @param disruption what it does to running work
     */
    record Planned(
            ResourceId resource,
            String description,
            Action action,
            Set<ResourceId> after,
            Duration estimate,
            Disruption disruption) {}

    /**
     * The cloud has no capacity for a pool, and its next alternative is tried.
     *
     * @param from what was tried
     * @param to what is tried now
     * @param reason what the cloud has no capacity for, as a sentence
     */
    record PoolFellBack(Instant at, BackendRef ref, String pool, String from, String to, String reason)
            implements Event {
        @Override
        public char letter() {
            return 'l';
        }
    }

    /**
     * The apply begins: the plan is still valid.
     *
     * @param fingerprint fingerprint of the plan
     * @param estimate how long the whole apply typically takes
     */
    record ApplyStarted(Instant at, BackendRef ref, String fingerprint, List<Planned> resources, Duration estimate)
            implements Event {
        @Override
        public char letter() {
            return 'B';
        }
    }

    /** Work on a resource starts: everything that it waits for is done. */
    record ResourceStarted(Instant at, BackendRef ref, ResourceId resource, String description, Action action)
            implements OfResource {
        @Override
        public char letter() {
            return 's';
        }
    }

    /** The cloud has accepted a call that changes something. */
    record EffectAccepted(Instant at, BackendRef ref, ResourceId resource, Effect effect) implements OfResource {
        @Override
        public char letter() {
            return 'a';
        }
    }

    /**
     * A resource was read and is not ready yet.
     *
     * @param reason what it waits for, as the cloud puts it if it gives a reason
     * @param elapsed time since the resource was started
     */
    record ResourceWaiting(Instant at, BackendRef ref, ResourceId resource, String reason, Duration elapsed)
            implements OfResource {
        @Override
        public char letter() {
            return 'w';
        }
    }

    /**
     * A call failed and will be tried again.
     *
     * @param error the failure, one line
     * @param delay time until the retry
     */
    record ResourceRetrying(Instant at, BackendRef ref, ResourceId resource, String error, Duration delay)
            implements OfResource {
        @Override
        public char letter() {
            return 'r';
        }
    }

    /**
     * A resource matches the plan, or was deleted.
     *
     * @param elapsed time since the resource was started
     */
    record ResourceDone(Instant at, BackendRef ref, ResourceId resource, Action action, Duration elapsed)
            implements OfResource {
        @Override
        public char letter() {
            return 'd';
        }
    }

    /** A resource failed. Resources that need it are skipped; all others continue. */
    record ResourceFailed(Instant at, BackendRef ref, ResourceId resource, String error, String remedy)
            implements OfResource {
        @Override
        public char letter() {
            return 'f';
        }
    }

    /**
     * A resource was skipped because another one failed.
     *
     * @param because the resource that failed
     */
    record ResourceSkipped(Instant at, BackendRef ref, ResourceId resource, ResourceId because) implements OfResource {
        @Override
        public char letter() {
            return 'k';
        }
    }

    /** A resource was left as it is, because the apply was cancelled or ran out of time. */
    record ResourceCancelled(Instant at, BackendRef ref, ResourceId resource) implements OfResource {
        @Override
        public char letter() {
            return 'c';
        }
    }

    /** The apply has ended. */
    record ApplyFinished(Instant at, BackendRef ref, Result result, Duration elapsed) implements Event {
        /** How an apply can end. */
        public enum Result {
            SUCCEEDED,
            /** Succeeded, except for pools with the failure policy {@code DEGRADE}. */
            DEGRADED,
            PARTIAL,
            CANCELLED,
            DEADLINE_EXCEEDED,
            /** Aborted by an error of the program or the machine. */
            ABORTED
        }

        @Override
        public char letter() {
            return 'E';
        }
    }
}
