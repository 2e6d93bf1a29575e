// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.probe;

/** A kind of probe. */
public enum Probe {
    /** From each pool: DNS, TCP, TLS and HTTP to registries and to the OSMO service. */
    NETWORK,
    /**
     * From the operator's pool: whether a connection to the OSMO service is still open after it was idle for 64 s. Takes that
     * long.
     */
    IDLE_CONNECTION,
    /** On each pool: pulls images. */
    PULL,
    /** In each zone: claims a volume of the default class, 1 GiB, and writes to it. */
    VOLUME,
    /** On each pool with GPUs: requests one GPU and lists it. Needs a free GPU. */
    GPU,
    /**
     * Where KAI is installed, on each pool of compute nodes: lets KAI schedule a pod, as OSMO does, in a queue below a parent
     * queue. Queues are cluster-scoped; these two are owned by the probes' namespace and are deleted with it.
     */
    KAI,
    /**
     * From the namespace of workflows, under its network policies: HTTP and WebSocket to the OSMO service. The pod is owned by the
     * probes' namespace and is deleted with it.
     */
    WORKFLOW_NAMESPACE,
    /** In each empty pool: waits for its first node. Starts machines, which cost money until the pool is scaled down again. */
    SCALE_FROM_ZERO
}
