// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.node;

import io.osmo.backend.spec.Taint;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.rules.Taints;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.stream.Collectors;

/** OSMO does not use a node with a taint that no platform tolerates. */
public final class TransientTaints extends AbstractCheck {

    public TransientTaints() {
        super(
                "node.transient-taints",
                "no taint for a temporary state of a node",
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.nodes(),
                nodes -> each(
                        nodes,
                        "nodes",
                        n -> transients(n).isEmpty(),
                        n -> transients(n),
                        "Verify again in a few minutes. If the taint stays, check the cloud's controller in kube-system;"
                                + " node.kubernetes.io/out-of-service is removed by whoever set it: kubectl taint node NAME KEY-."));
    }

    private static String transients(NodeFacts node) {
        return node.taints().stream()
                .filter(Taints::tellsMoreThanConditions)
                .map(Taint::key)
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
