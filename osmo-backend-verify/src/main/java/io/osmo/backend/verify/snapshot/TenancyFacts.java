// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;
import java.util.List;

/**
 * What governs single namespaces.
 *
 * @param claims volume claims of the two OSMO namespaces
 * @param networkPolicies network policies of the two OSMO namespaces
 * @param quotas resource quotas of the two OSMO namespaces and of the GPU Operator's
 * @param limitRanges limit ranges of the two OSMO namespaces
 * @param foreignPolicies policies of other APIs on the egress of pods in the two OSMO namespaces
 */
public record TenancyFacts(
        Fact<List<ClaimFacts>> claims,
        Fact<List<NetworkPolicyFacts>> networkPolicies,
        Fact<List<QuotaFacts>> quotas,
        Fact<List<LimitRangeFacts>> limitRanges,
        Fact<List<ForeignPolicyFacts>> foreignPolicies) {
    /** None of it was read, for this reason. */
    public static TenancyFacts unknown(String reason) {
        return new TenancyFacts(
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason),
                Fact.unknown(reason));
    }
}
