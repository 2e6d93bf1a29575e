// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.diagnosis;

import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.spi.provider.JoinCause;
import io.osmo.backend.spi.provider.JoinEvidence;
import java.util.Optional;

/** The role of the nodes was deleted. */
final class NodeRoleMissing implements JoinCause<JoinFacts> {
    @Override
    public Optional<Cause> in(JoinEvidence<JoinFacts> evidence) {
        return evidence.facts()
                .policies()
                .known()
                .filter(Optional::isEmpty)
                .map(none -> new Cause(
                        "node-role-deleted",
                        "The IAM role " + evidence.facts().role() + " of the nodes no longer exists.",
                        "Plan and apply again: the plan creates the role again. Nodes get it when they are replaced."));
    }
}
