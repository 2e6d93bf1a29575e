// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.diagnosis.Diagnosis;
import io.osmo.backend.diagnosis.PoolDiagnosis;
import io.osmo.backend.diagnosis.PoolDiagnosis.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Finds out why nodes of pools did not join. The first cause in the list that the evidence shows is reported, so root causes come before
 * those that may be consequences. Stateless.
 *
 * @param <C> one backend of one cloud
 * @param <F> evidence that only one cloud has
 */
public final class Diagnostics<C extends ProviderContext, F> {
    private final EvidenceReader<C, F> reader;
    private final List<JoinCause<F>> causes;

    /** @param causes the most specific one first; warnings about nodes, which are the same on all clouds, are added at the end */
    public Diagnostics(EvidenceReader<C, F> reader, List<JoinCause<F>> causes) {
        this.reader = reader;
        List<JoinCause<F>> all = new ArrayList<>(causes);
        all.addAll(NodeComplaint.all());
        this.causes = List.copyOf(all);
    }

    CompletableFuture<Diagnosis> run(Observation<C> observation, CompletableFuture<Fact<ClusterNodes>> nodes) {
        return reader.read(observation, nodes)
                .thenApply(pools -> new Diagnosis(
                        observation.context().ref().toString(),
                        pools.stream()
                                .sorted(Comparator.comparing(JoinEvidence::pool))
                                .map(this::judge)
                                .toList()));
    }

    private PoolDiagnosis judge(JoinEvidence<F> evidence) {
        Optional<Cause> cause = evidence.joined()
                ? Optional.empty()
                : causes.stream().flatMap(each -> each.in(evidence).stream()).findFirst();
        Status status = cause.isPresent() ? Status.CAUSE_FOUND : evidence.joined() ? Status.JOINED : Status.UNKNOWN;
        return new PoolDiagnosis(evidence.pool(), status, cause, evidence.lines(), evidence.gaps());
    }
}
