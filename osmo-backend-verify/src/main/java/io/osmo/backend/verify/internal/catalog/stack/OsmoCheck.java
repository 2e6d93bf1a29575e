// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.stack;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.OsmoFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A check of what the OSMO service says about the backend. */
public abstract class OsmoCheck extends AbstractCheck {
    protected OsmoCheck(String id, String title, Severity severity) {
        super(id, title, severity, Vantage.OSMO);
    }

    /** @param inCluster always {@link Vantage#KUBERNETES}: the check compares with the cluster */
    protected OsmoCheck(String id, String title, Severity severity, Vantage inCluster) {
        super(id, title, severity, Vantage.OSMO, inCluster);
    }

    protected abstract Finding judge(Evidence evidence, OsmoFacts osmo);

    @Override
    protected final Finding judge(Evidence evidence) {
        return given(evidence.snapshot().osmo(), osmo -> judge(evidence, osmo));
    }

    /** Judges a backend to which an operator has connected; other checks report one that is unknown or has never connected. */
    protected final Finding connected(OsmoFacts osmo, Function<OsmoFacts.Registration, Finding> judgment) {
        return given(
                osmo.registration(),
                found -> found.filter(OsmoFacts.Registration::bound)
                        .map(judgment)
                        .orElseGet(() -> skipped("no operator has connected as " + osmo.backend() + " yet")));
    }

    /** Judges the pools of the backend, if there are any. */
    protected final Finding pools(OsmoFacts osmo, Function<List<OsmoFacts.Pool>, Finding> judgment) {
        return given(
                osmo.ownPools(),
                pools -> pools.isEmpty()
                        ? skipped("no pool of the OSMO service belongs to " + osmo.backend())
                        : judgment.apply(pools));
    }

    /** Such as {@code pools cpu, gpu}. */
    protected static String names(List<OsmoFacts.Pool> pools) {
        return (pools.size() == 1 ? "pool " : "pools ")
                + pools.stream().map(OsmoFacts.Pool::name).collect(Collectors.joining(", "));
    }
}
