// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.cloud;

import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What verification knows about one managed Kubernetes service. Checks use this type and name no cloud themselves. To add a service,
 * implement this interface and add a line to {@link CloudServices}; methods with a default are about features that few services have.
 */
public interface CloudService {
    /** The service's usual name, such as {@code EKS}. */
    String name();

    /** Id of the provider that reports facts about this service. */
    String provider();

    // Recognition

    /** Whether a node is a machine of this cloud, whoever made a cluster of it. */
    boolean hosts(NodeFacts node);

    /** Whether a node belongs to a cluster that this service runs. */
    boolean runs(NodeFacts node);

    /** Whether this service built a version of Kubernetes; false where it does not mark its builds. */
    default boolean built(String version) {
        return false;
    }

    /** The mode in which the service creates nodes automatically, if the node is one of these; their labels and taints may change. */
    Optional<String> automaticMode(NodeFacts node);

    /** The serverless feature that the node represents, which runs single pods without a machine, such as {@code Fargate}. */
    default Optional<String> virtual(NodeFacts node) {
        return Optional.empty();
    }

    // Pools and nodes

    /** Key of the label that names the node pool of a node. */
    String poolLabel();

    /** Whether labels are those of a pool that the service reserves for its own system pods. */
    default boolean isSystemPool(Map<String, String> labels) {
        return false;
    }

    boolean isSpot(NodeFacts node);

    /** Keys of the taints that the service puts on spot nodes. */
    default Set<String> spotTaints() {
        return Set.of();
    }

    /** Whether a taint of this key comes and goes with the state of a node of this cloud. */
    default boolean isStateTaint(String key) {
        return false;
    }

    /** Whether the service has an autoscaler built in. */
    boolean autoscales();

    // Machines

    MachineTypes machines();

    /** Whether a node has NVIDIA GPUs according to its instance type and the service's own labels. */
    default boolean hasGpu(NodeFacts node) {
        return machines().hasGpu(node.instanceType());
    }

    /** How the service's own label says that GPUs of a node are shared or partitioned; empty if they are whole. */
    default Optional<String> gpuSharing(NodeFacts node) {
        return Optional.empty();
    }

    /** How many units of nvidia.com/gpu each GPU of a node counts as, by the service's own label; 1 where it has none. */
    default long gpuShares(NodeFacts node) {
        return 1;
    }

    /** Versions with which OSMO was validated on GPU nodes of this service, where those are limited. */
    default Optional<GpuValidation> gpuValidation() {
        return Optional.empty();
    }

    // Network

    /** Whether nodes like this one answer DNS without DNS pods. */
    boolean answersDns(NodeFacts node);

    /** Whether a DaemonSet is a network plugin of this service that enforces network policies. */
    boolean enforcesPolicies(WorkloadFacts daemonSet);

    /** Whether a node has a built-in network plugin that no DaemonSet shows. */
    default boolean hidesNetworkPlugin(NodeFacts node) {
        return false;
    }

    /** Names of the DaemonSets with flags that {@link #enforcesPolicies} needs. */
    default Set<String> networkPlugins() {
        return Set.of();
    }

    /** Name of a load balancer controller that accepts nodes with several firewalls of the cluster, where the usual one does not. */
    default Optional<String> loadBalancerController() {
        return Optional.empty();
    }

    /** Policies on egress that only this service's network plugin knows. */
    default List<EgressPolicy> egressPolicies() {
        return List.of();
    }

    // Storage

    List<StorageDriver> drivers();

    // GPU stack

    /** How to create a pool without NVIDIA's driver from the service, where each pool has that choice. */
    default Optional<String> poolWithoutGpuDriver() {
        return Optional.empty();
    }

    /** Label that turns the service's own NVIDIA device plugin off on a node, where it has one. */
    default Optional<String> devicePluginOff() {
        return Optional.empty();
    }

    /** Whether pods of a critical priority class need a quota that allows them, outside kube-system. */
    default boolean limitsCriticalPods() {
        return false;
    }

    /** Whether the service adds to webhooks of others, so that what manages them as well must leave that in place. */
    default boolean editsWebhooks() {
        return false;
    }

    // Remedies

    /**
     * What to do on this service, as a command if there is one. In it {@code NAME} and {@code REGION} are placeholders for those of the
     * cluster; other words in capitals are for the reader to choose.
     */
    String remedy(Remedy remedy);
}
