// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.kai;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.internal.catalogue.installed.Installed;
import java.util.List;
import java.util.Optional;

/** Flags of KAI's schedulers as they are in force, whatever a chart's values say: from 0.10 to 0.14 those are not heeded. */
final class SchedulerFlags {
    private SchedulerFlags() {}

    /**
     * Values of a flag by the schedulers that run, or else by their shards; empty when nobody sets it.
     *
     * @param name in lower case without dashes
     */
    static Fact<List<String>> of(Evidence evidence, String name) {
        return Installed.kai(evidence)
                .flatMap(kai -> evidence.snapshot().stack().shards().map(shards -> {
                    List<String> running = kai.stream()
                            .flatMap(d -> d.template().stream())
                            .flatMap(t -> t.containers().stream())
                            .flatMap(c -> c.flag(name).stream())
                            .toList();
                    return running.isEmpty()
                            ? shards.stream()
                                    .flatMap(s -> Optional.ofNullable(s.args().get(name)).stream())
                                    .toList()
                            : running;
                }));
    }

    /** How to set it, in each version of KAI. */
    static String next(String flag, String value) {
        return "kubectl patch schedulingshard default --type merge -p '{\"spec\":{\"args\":{\"" + flag + "\":\"" + value
                + "\"}}}' (KAI 0.10 to 0.14); scheduler.args of the chart (0.15 and newer)";
    }
}
