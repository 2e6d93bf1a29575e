// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.probe;

/** A kind of probe. */
public enum Probe {
    /** From each pool: DNS, TCP, TLS and HTTP to registries and to the OSMO service. */
    NETWORK,
    /**
     * From the operator's pool: whether a connection to the OSMO service on which nothing is said for 69 s is still there. Takes as
     * long.
     */
    IDLE_CONNECTION,
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
    /**
     * From the namespace of workflows, under the network policies that stand in it: HTTP and WebSocket to the OSMO service. The pod is
     * owned by the namespace of the probes and goes with it.
     */
    WORKFLOW_NAMESPACE,
    /** In each pool that is empty: waits for its first node. Starts machines, which cost money until they are taken away again. */
    SCALE_FROM_ZERO
}
