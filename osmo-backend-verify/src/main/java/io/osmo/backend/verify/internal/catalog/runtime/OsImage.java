// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.runtime;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.internal.cloud.Remedy;
import io.osmo.backend.verify.internal.cloud.Retirement;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;

/** RT-1: judged by the dates on which vendors end the maintenance of their images. */
public final class OsImage extends AbstractCheck {
    public OsImage() {
        super(
                "runtime.os-image",
                "node images that are still maintained",
                Requirement.RT_1,
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
                                n -> Retirement.of(Retirement.Subject.OS_IMAGE, n.osImage(), today)
                                        .isEmpty(),
                                NodeFacts::osImage,
                                CloudServices.remedy(evidence.snapshot(), Remedy.REPLACE_NODE_IMAGE))));
    }
}
