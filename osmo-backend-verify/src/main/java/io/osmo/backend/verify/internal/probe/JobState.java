// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.osmo.backend.verify.internal.probe.CallResult.Cause;
import io.osmo.backend.verify.internal.probe.CallResult.Failed;
import io.osmo.backend.verify.internal.rules.PullCause;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** How far a job has come. Immutable: each event gives the next state. */
sealed interface JobState {
    /** After an attempt to create the pod. */
    default JobState created(CallResult<HasMetadata> result) {
        return this;
    }

    /** After a look at all pods, by their names. */
    default JobState seen(Job job, CallResult<Map<String, Pod>> pods, Instant now) {
        return this;
    }

    /** What is known so far. */
    JobResult result();

    /** Whether its node has the pod's image, or there is no hope of it. */
    default boolean hasImage() {
        return false;
    }

    /** How long was waited for the result; zero before there is one. */
    default Duration waited() {
        return Duration.ZERO;
    }

    /** The pod is still to be created. */
    record Waiting(Instant since) implements JobState {
        @Override
        public JobState created(CallResult<HasMetadata> result) {
            if (result instanceof Failed<HasMetadata> failed) {
                return failed.cause() == Cause.NO_SERVICE_ACCOUNT_YET
                        ? this
                        : new Over(new JobResult.NotCreated(failed), Duration.ZERO);
            }
            return new Created(since, PodOutcome.NONE, Optional.empty());
        }

        @Override
        public JobState seen(Job job, CallResult<Map<String, Pod>> pods, Instant now) {
            Duration waited = Duration.between(since, now);
            return waited.compareTo(job.limit()) < 0
                    ? this
                    : new Over(
                            new JobResult.NotSeen("the cluster gave the new namespace no service account in time"),
                            waited);
        }

        @Override
        public JobResult result() {
            return new JobResult.Seen(PodOutcome.NONE);
        }
    }

    /** The pod is created, and is waited for. */
    record Created(Instant since, PodOutcome outcome, Optional<Instant> refusedSince) implements JobState {
        @Override
        public JobState seen(Job job, CallResult<Map<String, Pod>> pods, Instant now) {
            Duration waited = Duration.between(since, now);
            boolean late = waited.compareTo(job.limit()) >= 0;
            if (late && pods instanceof Failed<Map<String, Pod>> failed) {
                return new Over(new JobResult.NotSeen(failed.unknown()), waited);
            }
            PodOutcome latest = pods.done()
                    .flatMap(all -> Optional.ofNullable(all.get(job.name())))
                    .map(pod -> PodOutcome.of(pod).after(outcome))
                    .orElse(outcome);
            Optional<Instant> refused =
                    latest.pullRefusal().isEmpty() ? Optional.empty() : refusedSince.or(() -> Optional.of(now));
            return late || job.over().test(latest) || hopeless(latest, refused, now)
                    ? new Over(new JobResult.Seen(latest), waited)
                    : new Created(since, latest, refused);
        }

        /** Whether its image was refused for so long, and for such a cause, that the next try will be refused too. */
        private static boolean hopeless(PodOutcome outcome, Optional<Instant> refusedSince, Instant now) {
            return refusedSince
                    .filter(first -> !first.plus(
                                    PullCause.of(outcome.pullRefusal()).patience())
                            .isAfter(now))
                    .isPresent();
        }

        /** A pod without a node may wait for one for long, and blocks no kubelet. */
        @Override
        public boolean hasImage() {
            return outcome.pulled() || outcome.ended() || !outcome.unplaced().isEmpty();
        }

        @Override
        public JobResult result() {
            return new JobResult.Seen(outcome);
        }
    }

    /** Nothing more is waited for. */
    record Over(JobResult result, Duration waited) implements JobState {
        @Override
        public boolean hasImage() {
            return true;
        }
    }
}
