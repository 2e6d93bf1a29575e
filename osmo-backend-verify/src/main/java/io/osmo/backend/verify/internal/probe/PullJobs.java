// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.internal.catalog.stack.TestImages;
import io.osmo.backend.verify.internal.values.Images;
import io.osmo.backend.verify.probe.Probes;
import io.osmo.backend.verify.snapshot.PullFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** On each pool: whether images can be pulled. */
final class PullJobs {
    private PullJobs() {}

    static Stream<Job> of(ProbePlan plan) {
        Probes probes = plan.probes();
        List<String> images = Stream.concat(Stream.of(probes.image()), probes.images().stream())
                .distinct()
                .toList();
        List<String> testImages =
                TestImages.of(new Evidence(plan.snapshot())).known().orElse(List.of());
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < plan.pools().size(); i++) {
            ProbePool pool = plan.pools().get(i);
            jobs.addAll(pulls(plan, "pull-" + i, pool, images, findings -> findings.pulls));
            jobs.addAll(pulls(plan, "test-pull-" + i, pool, testImages, findings -> findings.testPulls));
        }
        return jobs.stream();
    }

    private static List<Job> pulls(
            ProbePlan plan,
            String prefix,
            ProbePool pool,
            List<String> images,
            Function<Findings, List<PullFacts>> into) {
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            jobs.add(pull(plan, prefix + "-" + i, pool, images.get(i), into));
        }
        return jobs;
    }

    private static Job pull(
            ProbePlan plan, String name, ProbePool pool, String image, Function<Findings, List<PullFacts>> into) {
        Probes probes = plan.probes();
        String host = Images.registryOf(image);
        boolean credential =
                probes.credentials().stream().map(Probes.Credential::registry).anyMatch(host::equals);
        return new Job(
                plan.pods().pullOnly(name, image, ProbePods.Place.of(pool), probes.deadline()),
                List.of(),
                probes.deadline(),
                outcome -> outcome.pulled() || outcome.refusedForGood(),
                (result, waited, warning, findings) -> into.apply(findings)
                        .add(new PullFacts(
                                pool.name() + " " + image,
                                pool.name(),
                                image,
                                host,
                                credential,
                                result.outcome().flatMap(o -> refusal(o, warning)))));
    }

    private static Fact<String> refusal(PodOutcome outcome, String warning) {
        PodOutcome told = warning.startsWith("Failed to pull image") ? outcome.withPullEvent(warning) : outcome;
        if (told.pulled()) {
            return Fact.of("");
        }
        return told.pullRefusal().isEmpty() ? Fact.unknown(told.hindrance()) : Fact.of(told.pullRefusal());
    }
}
