// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.verify.internal.cloud.CloudService;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A node as the Kubernetes API shows it.
 *
 * @param taints taints; one with an effect that is not known here is among them with the effect NoSchedule
 * @param conditions status by type, such as {@code Ready → True}
 * @param capacity Kubernetes quantities by resource, as written
 * @param allocatable Kubernetes quantities by resource, as written
 * @param providerId such as {@code rke2://node-1}; empty when the node has none
 * @param runtimeVersion such as {@code containerd://2.1.4}
 * @param unknownTaints the taints with an effect that is not known here, as {@code kubectl} prints them
 */
public record NodeFacts(
        String name,
        Map<String, String> labels,
        List<Taint> taints,
        boolean unschedulable,
        String providerId,
        List<String> podCidrs,
        List<String> internalIps,
        Map<String, String> conditions,
        Map<String, String> capacity,
        Map<String, String> allocatable,
        String kubeletVersion,
        String runtimeVersion,
        String osImage,
        String architecture,
        Fact<List<String>> unknownTaints) {
    /** Label by which OSMO's documents distinguish node pools (OP-4, CN-3). */
    public static final String NODE_TYPE = "node-type";

    /** Label by which OSMO's GPU platform selects nodes; it must be {@code true}. */
    public static final String GPU_PRESENT = "nvidia.com/gpu.present";

    /** Labels that name a pool although no cloud sets them: of Karpenter, and of clusters older than the services' own labels. */
    private static final List<String> OTHER_POOL_LABELS = List.of("karpenter.sh/nodepool", "agentpool");

    public NodeFacts {
        labels = Map.copyOf(labels);
        taints = List.copyOf(taints);
        podCidrs = List.copyOf(podCidrs);
        internalIps = List.copyOf(internalIps);
        conditions = Map.copyOf(conditions);
        capacity = Map.copyOf(capacity);
        allocatable = Map.copyOf(allocatable);
        unknownTaints = unknownTaints.map(List::copyOf);
    }

    /** Value of the label {@code node-type}; empty when the node has none. */
    public String nodeType() {
        return label(NODE_TYPE);
    }

    /** Value of a label; empty when the node has none. */
    public String label(String key) {
        return labels.getOrDefault(key, "");
    }

    /** Name of its instance type; empty when the node does not say. */
    public String instanceType() {
        return label("node.kubernetes.io/instance-type");
    }

    public String zone() {
        return label("topology.kubernetes.io/zone");
    }

    /** Name of the cloud's node pool that the node belongs to, by the label that each cloud sets. */
    public Optional<String> pool() {
        return poolLabel().map(labels::get);
    }

    /** Key of the label that names the node's pool. */
    public Optional<String> poolLabel() {
        return Stream.concat(CloudServices.all().stream().map(CloudService::poolLabel), OTHER_POOL_LABELS.stream())
                .filter(labels::containsKey)
                .findFirst();
    }

    public boolean ready() {
        return "True".equals(conditions.get("Ready"));
    }

    /** Ready and not cordoned: what OSMO counts as available. */
    public boolean available() {
        return ready() && !unschedulable;
    }

    @Override
    public String toString() {
        return "node/" + name;
    }
}
