// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.runtime;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;

/** OSMO's images exist for these two. In a cluster with both, images of workflows must exist for both too: a warning. */
public final class Arch extends AbstractCheck {

    private static final String AMD = "amd64";
    private static final String ARM = "arm64";

    public Arch() {
        super("runtime.arch", "amd64 or arm64 on every node", Severity.ERROR, Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(evidence.nodes(), nodes -> {
            List<NodeFacts> arm = nodes.stream().filter(n -> of(n, ARM)).toList();
            long amd = nodes.stream().filter(n -> of(n, AMD)).count();
            return amd + arm.size() == nodes.size() && amd > 0 && !arm.isEmpty()
                    ? breach(
                                    Severity.WARNING,
                                    amd + " nodes with " + AMD + ", " + arm.size() + " with " + ARM,
                                    "Build workflow images for both, or give OSMO's platforms the nodeSelector"
                                            + " kubernetes.io/arch; some clouds taint arm64 nodes with that key.")
                            .about(arm)
                    : each(
                            nodes,
                            "nodes",
                            n -> of(n, AMD) || of(n, ARM),
                            n -> "architecture " + n.architecture(),
                            "Use machines with x86-64 or Arm processors.");
        });
    }

    private static boolean of(NodeFacts node, String architecture) {
        return node.architecture().equals(architecture);
    }
}
