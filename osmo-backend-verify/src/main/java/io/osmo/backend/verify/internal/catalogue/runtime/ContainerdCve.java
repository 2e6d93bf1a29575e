// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.runtime;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import org.semver4j.Semver;

/** CVE-2024-40635 is mended in 1.7.27 and 2.0.4: newer than the floor is not always mended. */
public final class ContainerdCve extends AbstractCheck {
    private static final Semver FROM = Semver.create(2, 0, 0).withPreRelease("alpha");
    private static final Semver MENDED = Semver.create(2, 0, 4);

    public ContainerdCve() {
        super(
                "runtime.containerd-cve",
                "no containerd 2.0.0 to 2.0.3 (CVE-2024-40635)",
                Requirement.RT_1,
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.nodes().map(Containerd::on),
                nodes -> {
                    List<NodeFacts> unreadable = Containerd.unreadable(nodes);
                    if (!unreadable.isEmpty() && nodes.stream().noneMatch(ContainerdCve::open)) {
                        return unknown(unreadable.get(0).runtimeVersion() + " names no version")
                                .about(unreadable);
                    }
                    return each(
                            nodes,
                            "containerd nodes",
                            n -> !open(n),
                            NodeFacts::runtimeVersion,
                            "Move the pool to a newer node image of the cloud.");
                });
    }

    private static boolean open(NodeFacts node) {
        return Containerd.runs(node, v -> v.isGreaterThanOrEqualTo(FROM) && v.isLowerThan(MENDED));
    }
}
