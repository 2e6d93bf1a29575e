// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.probe;

/** A kind of probe. */
public enum Probe {
    /** From each pool: DNS, TCP, TLS and HTTP to registries and to the OSMO service. */
    NETWORK,
    /** On each pool: pulls images. */
    PULL,
    /** In each zone: claims a volume of the default class, 1 GiB, and writes to it. */
    VOLUME,
    /** On each pool with GPUs: asks for one and lists it. Needs a GPU that is free. */
    GPU,
    /**
     * Where KAI is installed, on each pool of compute nodes: has it schedule a pod, as OSMO does, in a queue below a parent. Queues
     * belong to no namespace; these two are owned by that of the probes and go with it.
     */
    KAI,
    /** In each pool that is empty: waits for its first node. Starts machines, which cost money until they are taken away again. */
    SCALE_FROM_ZERO
}
