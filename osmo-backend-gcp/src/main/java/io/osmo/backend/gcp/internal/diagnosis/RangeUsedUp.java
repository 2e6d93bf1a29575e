// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.diagnosis;

import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.spi.provider.JoinCause;
import io.osmo.backend.spi.provider.JoinEvidence;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of addresses has no free ones left. Google names the range in its error: that of pods is a secondary one of the subnet.
 *
 * @see <a href="https://cloud.google.com/kubernetes-engine/docs/how-to/flexible-pod-cidr">GKE: IP ranges</a>
 */
final class RangeUsedUp implements JoinCause<JoinFacts> {
    private static final Pattern EXHAUSTED = Pattern.compile("IP_SPACE_EXHAUSTED|IP space of .* is exhausted");

    @Override
    public Optional<Cause> in(JoinEvidence<JoinFacts> evidence) {
        JoinFacts facts = evidence.facts();
        return evidence.said(EXHAUSTED)
                .map(said -> !facts.podRange().isEmpty() && said.text().contains("-" + facts.podRange() + "'")
                        ? new Cause(
                                "pod-range-used-up",
                                "The range " + facts.podRange()
                                        + " has too few free addresses for the pods of another node.",
                                "Add a secondary range to the cluster, or allow fewer pods per node.")
                        : new Cause(
                                "node-range-used-up",
                                "The subnet of the nodes has no free address.",
                                "Free addresses, or expand the range of the subnet: gcloud compute networks subnets"
                                        + " expand-ip-range."));
    }
}
