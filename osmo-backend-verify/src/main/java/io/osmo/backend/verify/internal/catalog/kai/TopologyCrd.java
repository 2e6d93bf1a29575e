// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.kai;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.CustomKinds;
import io.osmo.backend.verify.internal.catalog.stack.KaiCheck;

/** Required for pools with topology keys; part of KAI since 0.12. */
public final class TopologyCrd extends KaiCheck {

    public TopologyCrd() {
        super("kai.topology-crd", "KAI's Topology definition served as v1alpha1", Severity.WARNING);
    }

    @Override
    protected Finding judgeKai(Evidence evidence) {
        return given(
                CustomKinds.serves(evidence, "topologies.kai.scheduler", "v1alpha1"),
                served -> served ? pass("served") : breach("not served", "Upgrade KAI to 0.12 or newer."));
    }
}
