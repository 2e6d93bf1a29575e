// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import io.fabric8.kubernetes.api.model.Pod;
import io.osmo.backend.verify.probe.Probes;
import io.osmo.backend.verify.snapshot.ScaleUpFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** On each empty pool: whether it gets a node for a pod. */
final class ScaleUpJobs {
    private ScaleUpJobs() {}

    static Stream<Job> of(ProbePlan plan) {
        List<Job> jobs = new ArrayList<>();
        ProbePool.empty(plan.snapshot(), plan.nodes()).stream()
                .filter(pool -> plan.probes().covers(pool.name()))
                .forEach(pool -> jobs.add(job(plan, "scale-" + jobs.size(), pool)));
        return jobs.stream();
    }

    private static Job job(ProbePlan plan, String name, ProbePool pool) {
        Probes probes = plan.probes();
        Pod pod = plan.pods().pullOnly(name, probes.image(), ProbePods.Place.of(pool), probes.scaleUpDeadline());
        return new Job(
                pool.gpu() ? plan.pods().gpu(pod) : pod,
                List.of(),
                probes.scaleUpDeadline(),
                PodOutcome::placed,
                (result, waited, warning, findings) -> findings.scaleUps.add(new ScaleUpFacts(
                        pool.name(),
                        result.outcome()
                                .map(o -> new ScaleUpFacts.Outcome(
                                        o.placed(),
                                        waited.toSeconds(),
                                        o.placed() ? "" : warning.isEmpty() ? o.unplaced() : warning)))));
    }
}
