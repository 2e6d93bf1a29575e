// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import java.util.List;

/**
 * A pod.
 *
 * @param node node that it is bound to; empty when it is not bound
 * @param phase such as {@code Running}
 * @param controller kind of its controlling owner, such as {@code DaemonSet}; {@code Node} for static pods; empty when none
 * @param cpuMillis CPU that it takes from its node, in thousandths of a CPU, as the scheduler counts: containers and sidecars, or the
 *     largest init container, or what the pod as a whole requests, and overhead
 * @param memoryBytes memory that it takes from its node, likewise
 * @param storageBytes ephemeral storage that it takes from its node, likewise
 * @param unschedulable why the scheduler could not place it; empty when it did or has not tried yet
 * @param containers states of its containers; read only for OSMO's operator and for KAI
 */
public record PodFacts(
        String namespace,
        String name,
        String node,
        String phase,
        String controller,
        long cpuMillis,
        long memoryBytes,
        long storageBytes,
        String unschedulable,
        List<ContainerFacts> containers) {
    public PodFacts {
        containers = List.copyOf(containers);
    }

    /** Whether it still holds what it requested. */
    public boolean active() {
        return !phase.equals("Succeeded") && !phase.equals("Failed");
    }

    /** Whether it belongs to its node: created by a DaemonSet or by the kubelet itself. */
    public boolean nodeBound() {
        return controller.equals("DaemonSet") || controller.equals("Node");
    }

    @Override
    public String toString() {
        return "pod/" + namespace + "/" + name;
    }
}
