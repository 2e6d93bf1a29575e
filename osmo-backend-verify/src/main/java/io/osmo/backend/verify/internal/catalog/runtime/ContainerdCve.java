// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.runtime;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.values.Versions;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.function.Predicate;
import org.semver4j.Semver;

/**
 * Not every version above the minimum has the fix. CVE-2024-40635 is fixed in 1.7.27 and 2.0.4, its successor <a
 * href="https://nvd.nist.gov/vuln/detail/CVE-2026-46680">CVE-2026-46680</a> in 1.7.32, 2.0.9, 2.2.4 and 2.3.1. Both let an image run
 * as root although its pod forbids that; kubelets 1.34 and newer prevent the second. Advisories with fixes that vendors port to older
 * versions without saying so are not judged.
 */
public final class ContainerdCve extends AbstractCheck {
    private static final String FIRST = "CVE-2024-40635";
    private static final String SECOND = "CVE-2026-46680";
    private static final Predicate<Semver> HAS_FIRST =
            between(Semver.create(2, 0, 0).withPreRelease("alpha"), Semver.create(2, 0, 4));
    private static final Predicate<Semver> HAS_SECOND = between(Semver.create(1, 7, 27), Semver.create(1, 7, 32))
            .or(between(Semver.create(2, 0, 4), Semver.create(2, 0, 9)))
            .or(between(Semver.create(2, 1, 0), Semver.create(2, 2, 4)))
            .or(between(Semver.create(2, 3, 0), Semver.create(2, 3, 1)));
    private static final Semver PROOF = Semver.create(1, 34, 0);

    public ContainerdCve() {
        super(
                "runtime.containerd-cve",
                "no containerd version with CVE-2024-40635 or CVE-2026-46680, which let images run as root",
                Requirement.RT_1,
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(evidence.nodes().map(ContainerdNodes::on), nodes -> {
            List<NodeFacts> unreadable = ContainerdNodes.unreadable(nodes);
            if (!unreadable.isEmpty() && nodes.stream().allMatch(n -> hole(n).isEmpty())) {
                return unknown(unreadable.get(0).runtimeVersion() + " is not a version")
                        .about(unreadable);
            }
            return each(
                    nodes,
                    "containerd nodes",
                    n -> hole(n).isEmpty(),
                    n -> n.runtimeVersion() + " with " + hole(n),
                    "Move the pool to a newer node image.");
        });
    }

    private static String hole(NodeFacts node) {
        if (ContainerdNodes.runs(node, HAS_FIRST)) {
            return FIRST;
        }
        boolean proof = Versions.parse(node.kubeletVersion())
                .filter(PROOF::isLowerThanOrEqualTo)
                .isPresent();
        return !proof && ContainerdNodes.runs(node, HAS_SECOND) ? SECOND : "";
    }

    private static Predicate<Semver> between(Semver from, Semver fixed) {
        return v -> v.isGreaterThanOrEqualTo(from) && v.isLowerThan(fixed);
    }
}
