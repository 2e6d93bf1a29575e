// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.probe.Probes;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.VolumeProbeFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** In each zone: whether a pod can claim a volume and write to it. */
final class VolumeJobs {
    private static final String HOSTNAME = "kubernetes.io/hostname";
    /** Names of nodes in one pod: a manifest has its limits. */
    private static final int MOST = 200;

    private static final String ZONE = "topology.kubernetes.io/zone";

    private VolumeJobs() {}

    static Stream<Job> of(ProbePlan plan) {
        Map<String, List<NodeFacts>> zones = plan.nodes().stream()
                .filter(ProbePool::ofPool)
                .collect(Collectors.groupingBy(NodeFacts::zone, TreeMap::new, Collectors.toList()));
        List<Job> jobs = new ArrayList<>();
        zones.forEach((zone, nodes) -> jobs.add(job(plan, "volume-" + jobs.size(), zone, nodes)));
        return jobs.stream();
    }

    private static Job job(ProbePlan plan, String name, String zone, List<NodeFacts> nodes) {
        Probes probes = plan.probes();
        ProbePods.Place place = new ProbePods.Place(
                zone.isEmpty() ? Map.of() : Map.of(ZONE, zone),
                ProbePool.lasting(nodes),
                nodes.stream()
                        .map(node -> node.label(HOSTNAME))
                        .filter(host -> !host.isEmpty())
                        .limit(MOST)
                        .toList());
        return new Job(
                plan.pods().volume(name, probes.image(), place, probes.deadline()),
                List.of(new Job.Need(Right.CREATE_CLAIMS, plan.pods().claim(name))),
                probes.deadline(),
                PodOutcome::over,
                (result, waited, warning, findings) -> findings.volumes.add(
                        new VolumeProbeFacts(zone, result.outcome().flatMap(o -> refusal(o, warning)))));
    }

    /** A claim that does not bind keeps the pod from being placed, or from starting; the cluster's warnings say so. */
    private static Fact<String> refusal(PodOutcome outcome, String warning) {
        if (outcome.ended()) {
            return Answers.volume(outcome.said());
        }
        String said = warning.isEmpty() ? outcome.unplaced() : warning;
        boolean aboutVolumes = said.toLowerCase(Locale.ROOT).matches("(?s).*(volume|claim|provision|storageclass).*");
        return aboutVolumes ? Fact.of(said) : Fact.unknown(outcome.hindrance());
    }
}
