// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster;

/** How a pod that a client created ends. */
public sealed interface PodEnd {
    /** Its container ends. */
    record Exited(int code, String message) implements PodEnd {}

    /** Its image was pulled, but its command does not exist. */
    record NotStarted() implements PodEnd {}

    /** Its image cannot be pulled, for this reason of the container runtime. */
    record NotPulled(String reason) implements PodEnd {}

    /** Its volume claim is not bound, for this reason of the storage driver, so it is not scheduled. */
    record NoVolume(String reason) implements PodEnd {}

    /** It is not scheduled, for this reason. */
    record NotPlaced(String reason) implements PodEnd {}

    /** It keeps running. */
    record Running() implements PodEnd {}
}
