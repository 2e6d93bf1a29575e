// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import io.osmo.backend.verify.snapshot.GpuProbeFacts;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** On each pool with GPUs: whether a container sees the one that it asks for. */
final class GpuJobs {
    private GpuJobs() {}

    static Stream<Job> of(ProbePlan plan) {
        return IntStream.range(0, plan.pools().size())
                .filter(i -> plan.pools().get(i).gpu())
                .mapToObj(i -> job(plan, "gpu-" + i, plan.pools().get(i)));
    }

    private static Job job(ProbePlan plan, String name, ProbePool pool) {
        return plan.job(
                plan.pods()
                        .gpu(plan.pods()
                                .script(
                                        name,
                                        plan.probes().gpuImage(),
                                        ProbePods.Place.of(pool),
                                        Script.GPU,
                                        Map.of(),
                                        plan.probes().deadline())),
                (result, waited, warning, findings) -> findings.gpus.add(
                        new GpuProbeFacts(pool.name(), result.ended(warning).flatMap(o -> Answers.gpu(o.said())))));
    }
}
