// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;
import java.util.List;

/**
 * What has been installed on top of Kubernetes: the KAI scheduler, the GPU Operator, and what both depend on. A list is known to
 * be empty where the custom resource definition of its kind is not served.
 *
 * @param crds existing custom resource definitions that matter to OSMO
 * @param shards scheduling shards of KAI
 * @param schedulerNames scheduler names by which pods select KAI, of all its configurations that set one
 * @param queues queues of KAI
 * @param clusterPolicies configurations of the GPU Operator
 * @param runtimeClasses names of runtime classes
 * @param webhooks admission webhooks of KAI, and those of others on objects of OSMO that must answer
 * @param admissionPolicies ValidatingAdmissionPolicies that may refuse pods of OSMO
 * @param endpoints how many addresses are ready behind each service of the namespaces kube-system and kai-scheduler
 * @param helmReleases newest revision of each release in the namespaces of OSMO's operator, KAI and the GPU Operator
 * @param operatorLogs what was found in the logs of OSMO's operator, for each container that has started; empty before it is installed
 */
public record StackFacts(
        Fact<List<CrdFacts>> crds,
        Fact<List<ShardFacts>> shards,
        Fact<List<String>> schedulerNames,
        Fact<List<QueueFacts>> queues,
        Fact<List<ClusterPolicyFacts>> clusterPolicies,
        Fact<List<String>> runtimeClasses,
        Fact<List<WebhookFacts>> webhooks,
        Fact<List<AdmissionPolicyFacts>> admissionPolicies,
        Fact<List<EndpointFacts>> endpoints,
        Fact<List<HelmReleaseFacts>> helmReleases,
        Fact<List<LogFacts>> operatorLogs) {
    /** Namespace in which KAI's documentation installs its chart. */
    public static final String KAI_NAMESPACE = "kai-scheduler";

    /** Namespace in which the GPU Operator's documentation installs it. */
    public static final String GPU_NAMESPACE = "gpu-operator";

    /** None of it was read, for this reason. */
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
                Fact.unknown(reason),
                Fact.unknown(reason));
    }
}
