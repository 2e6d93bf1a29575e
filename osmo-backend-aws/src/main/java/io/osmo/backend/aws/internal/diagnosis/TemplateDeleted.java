// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.diagnosis;

import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.spi.provider.JoinCause;
import io.osmo.backend.spi.provider.JoinEvidence;
import java.util.Optional;

/** The launch template of a node group was deleted, so that no instance can be launched. */
final class TemplateDeleted implements JoinCause<JoinFacts> {
    @Override
    public Optional<Cause> in(JoinEvidence<JoinFacts> evidence) {
        return evidence.facts()
                .templates()
                .known()
                .flatMap(existing -> evidence.facts().groups().stream()
                        .filter(group -> group.launchTemplate() != null
                                && !existing.contains(group.launchTemplate().id()))
                        .findFirst())
                .map(group -> new Cause(
                        "launch-template-deleted",
                        "Launch template " + group.launchTemplate().id() + " of node group " + group.nodegroupName()
                                + " no longer exists.",
                        "Plan and apply again: the plan creates a new template and a new node group."));
    }
}
