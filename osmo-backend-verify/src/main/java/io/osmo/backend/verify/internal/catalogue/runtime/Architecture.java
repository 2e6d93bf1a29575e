// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.runtime;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;

/** OSMO's images are made for these two. */
public final class Architecture extends AbstractCheck {

    public Architecture() {
        super("runtime.arch", "amd64 or arm64 on every node", Severity.ERROR, Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.nodes(),
                nodes -> each(
                        nodes,
                        "nodes",
                        n -> n.architecture().equals("amd64")
                                || n.architecture().equals("arm64"),
                        NodeFacts::architecture,
                        "Use machines with x86-64 or Arm processors."));
    }
}
