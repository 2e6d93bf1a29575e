// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.internal.catalog.stack.Kai;
import io.osmo.backend.verify.internal.probe.CallResult.Cause;
import io.osmo.backend.verify.snapshot.KaiProbeFacts;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Where KAI is installed, on each pool of compute nodes: whether it schedules a pod. */
final class KaiJobs {
    /** How long KAI may take for a pod that has room. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final Pattern NO_ROOM = Pattern.compile("(?i)insufficient|enough resource");

    private KaiJobs() {}

    static Stream<Job> of(ProbePlan plan) {
        if (!Kai.takesPods(new Evidence(plan.snapshot())).known().orElse(false)) {
            return Stream.empty();
        }
        return IntStream.range(0, plan.pools().size())
                .filter(i -> plan.pools().get(i).compute())
                .mapToObj(i -> job(plan, "kai-" + i, plan.pools().get(i)));
    }

    private static Job job(ProbePlan plan, String name, ProbePool pool) {
        Duration deadline = plan.probes().deadline();
        Duration limit = deadline.compareTo(LIMIT) < 0 ? deadline : LIMIT;
        return new Job(
                plan.kai()
                        .scheduled(plan.pods().momentary(name, plan.probes().image(), ProbePods.Place.of(pool), limit)),
                plan.kai().needs(name),
                limit,
                PodOutcome::over,
                (result, waited, warning, findings) ->
                        findings.kai.add(new KaiProbeFacts(pool.name(), refusal(result, waited, warning))));
    }

    /** A refusal by KAI's webhook is an answer, not the lack of one. */
    private static Fact<String> refusal(JobResult result, Duration waited, String warning) {
        return result instanceof JobResult.NotCreated not && not.failure().cause() == Cause.KAI_WEBHOOK
                ? Fact.of(not.failure().reason())
                : result.outcome().flatMap(outcome -> refusal(outcome, waited, warning));
    }

    /** A pool that is full says nothing about KAI. */
    private static Fact<String> refusal(PodOutcome outcome, Duration waited, String warning) {
        if (outcome.ended()) {
            return outcome.exit().filter(code -> code == 0).isPresent()
                    ? Fact.of("")
                    : Fact.unknown("KAI placed the pod, which then failed: " + outcome.reason());
        }
        if (outcome.placed()) {
            return Fact.unknown("KAI placed the pod, but " + outcome.hindrance());
        }
        String said = warning.isEmpty() ? outcome.unplaced() : warning;
        if (NO_ROOM.matcher(said).find()) {
            return Fact.unknown("no room for the pod: " + said);
        }
        return Fact.of(said.isEmpty() ? "no scheduler took the pod within " + waited.toSeconds() + " s" : said);
    }
}
