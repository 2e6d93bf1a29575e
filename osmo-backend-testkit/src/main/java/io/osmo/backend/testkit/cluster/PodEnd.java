// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster;

/** What becomes of a pod that has found a node. */
public sealed interface PodEnd {
    /** Its container ends. */
    record Exited(int code, String message) implements PodEnd {}

    /** Its image is pulled and its command does not exist. */
    record NotStarted() implements PodEnd {}

    /** Its image cannot be pulled, for this reason of the container runtime. */
    record NotPulled(String reason) implements PodEnd {}

    /** Its volume claim does not bind, for this reason of the storage driver, so that it finds no node after all. */
    record NoVolume(String reason) implements PodEnd {}

    /** Its scheduler gives it no place, for this reason. */
    record NotPlaced(String reason) implements PodEnd {}

    /** It runs and runs. */
    record Running() implements PodEnd {}
}
