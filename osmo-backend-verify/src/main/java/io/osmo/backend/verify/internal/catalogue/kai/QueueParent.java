// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.kai;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalogue.stack.KaiCheck;
import io.osmo.backend.verify.snapshot.QueueFacts;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * KAI schedules from queues that are part of another, and the worker of OSMO's operator keeps those that have its label: one
 * that was made without it is in the worker's way. Which queues there should be, only the OSMO service knows.
 */
public final class QueueParent extends KaiCheck {
    private static final String LABEL = "osmo.namespace";

    public QueueParent() {
        super(
                "kai.queue-parent",
                "queues of OSMO's pools within a queue that exists, with OSMO's label",
                Severity.ERROR);
    }

    @Override
    protected Finding judgeKai(Evidence evidence) {
        String namespace = evidence.expectations().workflowNamespace();
        return given(evidence.snapshot().stack().queues(), all -> {
            List<QueueFacts> queues =
                    all.stream().filter(q -> isOf(namespace, q)).toList();
            if (queues.isEmpty()) {
                return skipped("OSMO's operator has made no queue for " + namespace + " yet");
            }
            for (QueueFacts queue : queues) {
                if (queue.parent() instanceof Fact.Unknown<String> unread) {
                    return unknown(unread.reason());
                }
            }
            Set<String> names = all.stream().map(QueueFacts::name).collect(Collectors.toSet());
            String unlabelled = queues.stream()
                    .filter(q -> !labelled(q))
                    .map(QueueFacts::name)
                    .collect(Collectors.joining(" "));
            return each(
                    queues,
                    "queues of OSMO",
                    q -> problem(namespace, q, names).isEmpty(),
                    q -> q.name() + " " + problem(namespace, q, names),
                    (unlabelled.isEmpty()
                                    ? ""
                                    : "kubectl label queue " + unlabelled + " " + LABEL + "=" + namespace + "; ")
                            + "kubectl -n " + evidence.expectations().operatorNamespace()
                            + " rollout restart deployment (the worker mends the queues when it connects)");
        });
    }

    /** By its name, unless its label says that it is of another namespace whose name begins alike. */
    private static boolean isOf(String namespace, QueueFacts queue) {
        return (queue.name().equals(OsmoQueues.top(namespace)) || queue.name().startsWith(OsmoQueues.of(namespace, "")))
                && queue.osmoNamespace()
                        .known()
                        .filter(label -> !label.isEmpty() && !label.equals(namespace))
                        .isEmpty();
    }

    private static boolean labelled(QueueFacts queue) {
        return !queue.osmoNamespace().equals(Fact.of(""));
    }

    private static String problem(String namespace, QueueFacts queue, Set<String> names) {
        String parent = queue.parent().known().orElse("");
        if (parent.isEmpty() && !queue.name().equals(OsmoQueues.top(namespace))) {
            return "is not part of a queue";
        }
        if (!parent.isEmpty() && !names.contains(parent)) {
            return "is part of " + parent + ", which does not exist";
        }
        return labelled(queue) ? "" : "lacks the label " + LABEL;
    }
}
