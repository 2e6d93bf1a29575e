// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.node;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Names the nodes that other checks leave out, because OSMO cannot use them. They are no defect of the backend. */
public final class Scope extends AbstractCheck {

    public Scope() {
        super("node.scope", "all nodes in scope: OSMO can use them", Severity.INFO, Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(evidence.allNodes(), all -> {
            if (all.isEmpty()) {
                return skipped("no nodes");
            }
            List<NodeFacts> out =
                    all.stream().filter(n -> evidence.outOfScope(n).isPresent()).toList();
            if (out.isEmpty()) {
                return pass("all " + all.size() + " nodes");
            }
            Map<String, Long> reasons = out.stream()
                    .collect(Collectors.groupingBy(
                            n -> evidence.outOfScope(n).orElseThrow(), TreeMap::new, Collectors.counting()));
            return skipped(out.size() + " of " + all.size() + " nodes are out of scope, because OSMO cannot use them: "
                            + reasons.entrySet().stream()
                                    .map(e -> e.getValue() + " " + e.getKey())
                                    .collect(Collectors.joining(", ")))
                    .about(out);
        });
    }
}
