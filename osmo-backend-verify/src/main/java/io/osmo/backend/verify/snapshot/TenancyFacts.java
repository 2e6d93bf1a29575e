// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;
import java.util.List;

/**
 * What governs single namespaces.
 *
 * @param claims volume claims of the two OSMO namespaces
 * @param networkPolicies network policies of the two OSMO namespaces
 * @param quotas resource quotas of the GPU Operator's namespace
 */
public record TenancyFacts(
        Fact<List<ClaimFacts>> claims, Fact<List<NetworkPolicyFacts>> networkPolicies, Fact<List<QuotaFacts>> quotas) {
    /** None of it was read, for this reason. */
    public static TenancyFacts unknown(String reason) {
        return new TenancyFacts(Fact.unknown(reason), Fact.unknown(reason), Fact.unknown(reason));
    }
}
