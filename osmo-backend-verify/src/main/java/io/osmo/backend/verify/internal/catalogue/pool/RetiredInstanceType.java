// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.pool;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.data.Retirement;
import io.osmo.backend.verify.snapshot.Vantage;

/** CN-1: types that the cloud no longer sells, some of which stand in OSMO's own examples. */
public final class RetiredInstanceType extends AbstractCheck {
    public RetiredInstanceType() {
        super(
                "pool.compute.instance-type-retired",
                "machines of a type that is still sold",
                Requirement.CN_1,
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.nodes(),
                nodes -> given(
                        evidence.today(),
                        today -> each(
                                nodes,
                                "nodes",
                                n -> Retirement.of(
                                                Retirement.Subject.INSTANCE_TYPE,
                                                n.label("node.kubernetes.io/instance-type"),
                                                today)
                                        .isEmpty(),
                                n -> n.label("node.kubernetes.io/instance-type"),
                                "Move to a current type: g5 or g6 and newer, NCads_H100_v5, g2-standard.")));
    }
}
