// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.registry;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OperatorCheck;
import io.osmo.backend.verify.internal.catalog.stack.OsmoOperator;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;
import java.util.Set;

/** The image behind {@code latest} changes without notice; operator and service are then of different releases. */
public final class TagPinned extends OperatorCheck {

    public TagPinned() {
        super("registry.tag-pinned", "images of OSMO's operator pinned to a release tag", Severity.WARNING);
    }

    @Override
    protected Finding judge(Evidence evidence, List<WorkloadFacts> deployments) {
        return each(
                deployments,
                "deployments",
                d -> OsmoOperator.main(d).digest()
                        || !Set.of("", "latest").contains(OsmoOperator.main(d).tag()),
                d -> OsmoOperator.main(d).image(),
                "Set global.osmoImageTag in the chart to the release of the OSMO service.");
    }
}
