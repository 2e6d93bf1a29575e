// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.osmo;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.kai.OsmoQueues;
import io.osmo.backend.verify.internal.catalog.stack.OsmoCheck;
import io.osmo.backend.verify.snapshot.OsmoFacts;
import io.osmo.backend.verify.snapshot.QueueFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The worker creates the queues each time it connects. Without them workflows wait, although the pool is online. Their parents are judged
 * with those of all queues.
 */
public final class Queues extends OsmoCheck {
    public Queues() {
        super(
                "osmo.queues",
                "a queue of the scheduler for every pool of the backend",
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence, OsmoFacts osmo) {
        return connected(
                osmo,
                backend -> pools(
                        osmo,
                        pools -> given(evidence.snapshot().stack().queues(), all -> judge(evidence, pools, all))));
    }

    private Finding judge(Evidence evidence, List<OsmoFacts.Pool> pools, List<QueueFacts> all) {
        String namespace = evidence.expectations().workflowNamespace();
        Set<String> existing = all.stream().map(QueueFacts::name).collect(Collectors.toSet());
        return each(
                pools.stream()
                        .map(pool -> OsmoQueues.of(namespace, pool.name()))
                        .toList(),
                "queues",
                existing::contains,
                name -> "no queue " + name,
                "kubectl -n " + evidence.expectations().operatorNamespace()
                        + " rollout restart deployment (the worker creates queues when it connects and KAI is installed)");
    }
}
