// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.osmo.backend.cluster.Fact;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * One pod and what is learned from it.
 *
 * @param needs what must be there before it, in this order
 * @param limit how long it is waited for
 * @param over whether there is nothing more to wait for
 */
record Job(Pod pod, List<Need> needs, Duration limit, Predicate<PodOutcome> over, Lesson lesson) {
    /** An object beside the pod, and the right that making it takes. */
    record Need(Right right, HasMetadata object) {}

    /** Turns what has become of a pod into facts. */
    @FunctionalInterface
    interface Lesson {
        /**
         * @param outcome unknown when the pod could not be made
         * @param waited how long it was waited for
         * @param event what the cluster last warned of, about the pod or its claim; empty when it did not
         */
        void learn(Fact<PodOutcome> outcome, Duration waited, String event, Findings findings);
    }

    String name() {
        return pod.getMetadata().getName();
    }
}
