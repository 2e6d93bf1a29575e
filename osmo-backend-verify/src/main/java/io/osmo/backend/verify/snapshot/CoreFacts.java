// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;
import java.util.List;

/**
 * Objects of Kubernetes' own kinds that every cluster has.
 *
 * @param secrets Secrets of the two OSMO namespaces
 */
public record CoreFacts(
        Fact<List<NodeFacts>> nodes,
        Fact<List<PodFacts>> pods,
        Fact<List<NamespaceFacts>> namespaces,
        Fact<List<WorkloadFacts>> deployments,
        Fact<List<WorkloadFacts>> daemonSets,
        Fact<List<SecretFacts>> secrets,
        Fact<List<PriorityClassFacts>> priorityClasses) {
    /** None of it was read, for this reason. */
    public static CoreFacts unknown(String reason) {
        return new CoreFacts(
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason));
    }
}
