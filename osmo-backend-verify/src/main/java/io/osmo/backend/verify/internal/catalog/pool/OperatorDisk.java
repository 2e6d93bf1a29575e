// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;

/** OP-2: the default of some services is 20 GiB. */
public final class OperatorDisk extends AbstractCheck {

    public OperatorDisk() {
        super(
                "pool.operator.disk",
                "a root disk of 50 GiB or more for the operator pool",
                Requirement.OP_2,
                Severity.ERROR,
                Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.pools(),
                pools -> eachKnown(
                        Pools.operator(pools),
                        "operator pools",
                        CloudFacts.Pool::diskGib,
                        gib -> gib >= 50,
                        p -> p.diskGib().known().orElse(0) + " GiB",
                        "Set the disk of the operator pool to 50 GiB or more and replace its nodes."));
    }
}
