// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.kai;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.KaiCheck;
import io.osmo.backend.verify.snapshot.QueueFacts;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * KAI schedules from queues that have a parent, and the worker of OSMO's operator manages queues with its label; a queue without the
 * label blocks the worker. Only the OSMO service knows which queues there should be.
 */
public final class QueueParent extends KaiCheck {
    private static final String LABEL = "osmo.namespace";

    public QueueParent() {
        super(
                "kai.queue-parent",
                "queues of OSMO's pools with an existing parent queue and OSMO's label",
                Severity.ERROR);
    }

    @Override
    protected Finding judgeKai(Evidence evidence) {
        String namespace = evidence.expectations().workflowNamespace();
        return given(evidence.snapshot().stack().queues(), all -> {
            List<QueueFacts> queues =
                    all.stream().filter(q -> isOf(namespace, q)).toList();
            if (queues.isEmpty()) {
                return skipped("OSMO's operator has not created a queue for " + namespace + " yet");
            }
            for (QueueFacts queue : queues) {
                if (queue.parent() instanceof Fact.Unknown<String> unread) {
                    return unknown(unread.reason());
                }
            }
            Set<String> names = all.stream().map(QueueFacts::name).collect(Collectors.toSet());
            String unlabeled = queues.stream()
                    .filter(q -> !labeled(q))
                    .map(QueueFacts::name)
                    .collect(Collectors.joining(" "));
            return each(
                    queues,
                    "queues of OSMO",
                    q -> problem(namespace, q, names).isEmpty(),
                    q -> q.name() + " " + problem(namespace, q, names),
                    (unlabeled.isEmpty()
                                    ? ""
                                    : "kubectl label queue " + unlabeled + " " + LABEL + "=" + namespace + "; ")
                            + "kubectl -n " + evidence.expectations().operatorNamespace()
                            + " rollout restart deployment (the worker repairs the queues when it connects)");
        });
    }

    /** Judged by its name, unless its label names another namespace: names of namespaces may begin alike. */
    private static boolean isOf(String namespace, QueueFacts queue) {
        return (queue.name().equals(OsmoQueues.top(namespace)) || queue.name().startsWith(OsmoQueues.of(namespace, "")))
                && queue.osmoNamespace()
                        .known()
                        .filter(label -> !label.isEmpty() && !label.equals(namespace))
                        .isEmpty();
    }

    private static boolean labeled(QueueFacts queue) {
        return !queue.osmoNamespace().equals(Fact.of(""));
    }

    private static String problem(String namespace, QueueFacts queue, Set<String> names) {
        String parent = queue.parent().known().orElse("");
        if (parent.isEmpty() && !queue.name().equals(OsmoQueues.top(namespace))) {
            return "has no parent queue";
        }
        if (!parent.isEmpty() && !names.contains(parent)) {
            return "has the parent " + parent + ", which does not exist";
        }
        return labeled(queue) ? "" : "lacks the label " + LABEL;
    }
}
