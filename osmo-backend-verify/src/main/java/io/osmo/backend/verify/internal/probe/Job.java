// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.osmo.backend.cluster.Fact;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One pod and what is learned from it.
 *
 * @param claim volume claim that it needs
 * @param limit how long it is waited for
 * @param over whether there is nothing more to wait for
 */
record Job(Pod pod, Optional<PersistentVolumeClaim> claim, Duration limit, Predicate<PodOutcome> over, Lesson lesson) {
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
