// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.storage;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.values.Quantities;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;

/** OSMO's smallest recommended size is 50 GiB. */
public final class Ephemeral extends AbstractCheck {
    private static final long LEAST = 50L << 30;

    public Ephemeral() {
        super(
                "storage.ephemeral",
                "50 GiB of ephemeral storage or more for pods on each compute node",
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.computeNodes()
                        .map(all -> all.stream()
                                .filter(n -> n.allocatable().containsKey("ephemeral-storage"))
                                .toList()),
                nodes -> each(
                        nodes,
                        "compute nodes",
                        n -> size(n) >= LEAST,
                        n -> Quantities.gib(size(n)),
                        "Give the pool a larger disk: images and files of tasks share it."));
    }

    private static long size(NodeFacts node) {
        return Quantities.amount(node.allocatable().getOrDefault("ephemeral-storage", ""))
                .orElse(0);
    }
}
