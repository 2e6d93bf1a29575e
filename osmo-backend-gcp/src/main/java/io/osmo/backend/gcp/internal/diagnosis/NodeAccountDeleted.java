// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.diagnosis;

import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.spi.provider.JoinCause;
import io.osmo.backend.spi.provider.JoinEvidence;
import java.util.Optional;

/** The service account of the nodes was deleted. */
final class NodeAccountDeleted implements JoinCause<JoinFacts> {
    @Override
    public Optional<Cause> in(JoinEvidence<JoinFacts> evidence) {
        return evidence.facts()
                .account()
                .known()
                .filter(exists -> !exists)
                .map(gone -> new Cause(
                        "node-account-deleted",
                        "The service account " + evidence.facts().email() + " of the nodes no longer exists.",
                        "Plan and apply again to create a new one, or undelete it within 30 days of its deletion: gcloud beta iam"
                                + " service-accounts undelete."));
    }
}
