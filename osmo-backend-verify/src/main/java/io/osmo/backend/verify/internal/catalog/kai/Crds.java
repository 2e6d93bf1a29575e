// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.kai;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.KaiCheck;
import io.osmo.backend.verify.snapshot.CrdFacts;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Without them OSMO's operator creates no queues, and reports that only in its log. */
public final class Crds extends KaiCheck {
    private static final String ANY = "";
    private static final Map<String, String> WANTED = Map.of(
            "podgroups.scheduling.run.ai", "v2alpha2",
            "queues.scheduling.run.ai", "v2",
            "bindrequests.scheduling.run.ai", ANY);

    public Crds() {
        super("kai.crds", "KAI's custom resource definitions served in the versions that OSMO uses", Severity.ERROR);
    }

    @Override
    protected Finding judgeKai(Evidence evidence) {
        return given(
                evidence.snapshot().stack().crds(),
                all -> each(
                        WANTED.keySet().stream().sorted().toList(),
                        "definitions",
                        name -> problem(all, name).isEmpty(),
                        name -> name + " " + problem(all, name),
                        "Install KAI before OSMO's operator, then restart the operator's worker."));
    }

    private static String problem(List<CrdFacts> all, String name) {
        return all.stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .map(c -> !c.established()
                        ? "is not established"
                        : ANY.equals(WANTED.get(name)) || c.served().contains(WANTED.get(name))
                                ? ""
                                : "serves " + new TreeSet<>(c.served()) + ", not " + WANTED.get(name))
                .orElse("is missing");
    }
}
