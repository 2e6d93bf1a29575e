// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.kai;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Queue names are made of the namespace and the name of the pool in OSMO. */
public final class QueueNameLength extends AbstractCheck {
    private static final Predicate<String> LABEL =
            Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?").asMatchPredicate();

    public QueueNameLength() {
        super(
                "kai.queue-name-length",
                "queue names of at most 63 lower-case letters, digits and hyphens",
                Severity.WARNING);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        if (!evidence.expectations().known()) {
            return skipped("no spec names the pools");
        }
        String namespace = evidence.expectations().workflowNamespace();
        List<String> names = Stream.concat(
                        Stream.of(OsmoQueues.top(namespace)),
                        evidence.expectations().pools().stream().map(p -> OsmoQueues.of(namespace, p.name())))
                .toList();
        return each(names, "queue names", LABEL, n -> n, "Shorten the workflow namespace or the name of the pool.");
    }
}
