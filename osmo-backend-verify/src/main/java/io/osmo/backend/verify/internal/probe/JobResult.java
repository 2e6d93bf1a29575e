// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.internal.probe.CallResult.Failed;

/** What became of a job. */
sealed interface JobResult {
    /** What became of its pod; unknown when it has none, or when the API server no longer answers. */
    Fact<PodOutcome> outcome();

    /**
     * The outcome of a pod that has ended; unknown, with what hindered it, when it has not.
     *
     * @param warning the cluster's last warning about the pod; empty when there was none
     */
    default Fact<PodOutcome> ended(String warning) {
        return outcome().flatMap(o -> o.ended() ? Fact.of(o) : Fact.unknown(o.hindrance(warning)));
    }

    record Seen(PodOutcome pod) implements JobResult {
        @Override
        public Fact<PodOutcome> outcome() {
            return Fact.of(pod);
        }
    }

    /** The pod, or something that it needs, could not be created. */
    record NotCreated(Failed<?> failure) implements JobResult {
        @Override
        public Fact<PodOutcome> outcome() {
            return failure.unknown();
        }
    }

    /** The time was up before anything could be seen. */
    record NotSeen(Fact<PodOutcome> outcome) implements JobResult {
        NotSeen(String reason) {
            this(Fact.unknown(reason));
        }
    }
}
