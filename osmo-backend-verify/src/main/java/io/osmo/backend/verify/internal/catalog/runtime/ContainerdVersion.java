// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.runtime;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import org.semver4j.Semver;

/** RT-1: the minimum is the 1.7 release that fixed CVE-2024-40635. */
public final class ContainerdVersion extends AbstractCheck {
    private static final Semver FLOOR = Semver.create(1, 7, 27);

    public ContainerdVersion() {
        super(
                "runtime.containerd-version",
                "containerd 1.7.27 or newer on every node",
                Requirement.RT_1,
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(evidence.nodes().map(ContainerdNodes::on), nodes -> {
            List<NodeFacts> unreadable = ContainerdNodes.unreadable(nodes);
            if (!unreadable.isEmpty() && nodes.stream().noneMatch(n -> ContainerdNodes.runs(n, FLOOR::isGreaterThan))) {
                return unknown(unreadable.get(0).runtimeVersion() + " is not a version")
                        .about(unreadable);
            }
            return each(
                    nodes,
                    "containerd nodes",
                    n -> !ContainerdNodes.runs(n, FLOOR::isGreaterThan),
                    NodeFacts::runtimeVersion,
                    "Move the pool to a newer node image, then drain and replace these nodes.");
        });
    }
}
