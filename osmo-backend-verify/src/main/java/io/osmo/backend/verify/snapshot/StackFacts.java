// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;
import java.util.List;

/**
 * What has been installed on top of Kubernetes: the KAI scheduler, the GPU Operator, and what both rest on. Where the custom
 * resource definition of a kind is not served, there are no objects of it, which is known.
 *
 * @param crds custom resource definitions that OSMO has to do with, as far as they exist
 * @param shards scheduling shards of KAI
 * @param schedulerNames names by which pods ask for KAI, of all its configurations that name one
 * @param queues queues of KAI
 * @param clusterPolicies configurations of the GPU Operator
 * @param runtimeClasses names of runtime classes
 * @param webhooks admission webhooks of KAI
 * @param endpoints how many addresses are ready behind each service of the namespaces kube-system and kai-scheduler
 * @param helmReleases newest revision of each release in the namespaces of OSMO's operator, KAI and the GPU Operator
 * @param operatorLogs what the logs of OSMO's operator tell, of each container that has been started; empty before it is installed
 */
public record StackFacts(
        Fact<List<CrdFacts>> crds,
        Fact<List<ShardFacts>> shards,
        Fact<List<String>> schedulerNames,
        Fact<List<QueueFacts>> queues,
        Fact<List<ClusterPolicyFacts>> clusterPolicies,
        Fact<List<String>> runtimeClasses,
        Fact<List<WebhookFacts>> webhooks,
        Fact<List<EndpointFacts>> endpoints,
        Fact<List<HelmReleaseFacts>> helmReleases,
        Fact<List<LogFacts>> operatorLogs) {
    /** Namespace that KAI's chart is installed to by its own documentation. */
    public static final String KAI_NAMESPACE = "kai-scheduler";

    /** Namespace that the GPU Operator is installed to by its own documentation. */
    public static final String GPU_NAMESPACE = "gpu-operator";

    /** Nothing of it was read, for that reason. */
    public static StackFacts unknown(String reason) {
        return new StackFacts(
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason));
    }
}
