// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One pod and what is learned from it.
 *
 * @param needs what has to exist before the pod, in this order
 * @param limit how long to wait for the pod
 * @param over whether nothing more is to be waited for
 */
record Job(Pod pod, List<Need> needs, Duration limit, Predicate<PodOutcome> over, Lesson lesson) {
    /** An object, and the right that creating it needs. */
    record Need(Right right, HasMetadata object) {}

    /** Turns the result of a job into facts. */
    @FunctionalInterface
    interface Lesson {
        /**
         * @param waited how long was waited for it
         * @param warning the cluster's last warning about the pod or its claim; empty when there was none
         */
        void learn(JobResult result, Duration waited, String warning, Findings findings);
    }

    /** All objects to create, in this order. */
    List<Need> objects() {
        return Stream.concat(needs.stream(), Stream.of(new Need(Right.CREATE_PODS, pod)))
                .toList();
    }

    /** Image of its pod. */
    String image() {
        return pod.getSpec().getContainers().get(0).getImage();
    }

    String name() {
        return pod.getMetadata().getName();
    }
}
