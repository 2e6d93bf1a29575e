// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import io.fabric8.kubernetes.api.model.Pod;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.probe.Probe;
import io.osmo.backend.verify.probe.Probes;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.NodeFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the jobs of a run are planned from. Pure.
 *
 * @param pools those that have nodes and are to be probed
 */
record ProbePlan(
        Probes probes,
        ClusterSnapshot snapshot,
        List<NodeFacts> nodes,
        List<ProbePool> pools,
        ProbePods pods,
        KaiObjects kai) {

    /** The jobs that a run needs. */
    static List<Job> of(
            Probes probes, ClusterSnapshot snapshot, List<NodeFacts> nodes, ProbePods pods, KaiObjects kai) {
        List<ProbePool> pools = ProbePool.withNodes(new Evidence(snapshot), nodes).stream()
                .filter(pool -> probes.covers(pool.name()))
                .toList();
        ProbePlan plan = new ProbePlan(probes, snapshot, nodes, pools, pods, kai);
        return Stream.of(Probe.values()).filter(probes::has).flatMap(plan::jobs).toList();
    }

    private Stream<Job> jobs(Probe kind) {
        return switch (kind) {
            case NETWORK -> NetworkJobs.fromPools(this);
            case IDLE_CONNECTION -> NetworkJobs.idle(this);
            case WORKFLOW_NAMESPACE -> NetworkJobs.fromWorkflows(this);
            case PULL -> PullJobs.of(this);
            case VOLUME -> VolumeJobs.of(this);
            case GPU -> GpuJobs.of(this);
            case KAI -> KaiJobs.of(this);
            case SCALE_FROM_ZERO -> ScaleUpJobs.of(this);
        };
    }

    /** The OSMO service, when its address is known and has no path. */
    Optional<String> service() {
        return snapshot.expectations()
                .serviceUrl()
                .map(url -> url.replaceFirst("/+$", ""))
                .filter(url -> url.matches("https?://[^\\s/?#@]+"));
    }

    /** A pod on a pool that runs a script. */
    Pod script(String name, ProbePool pool, Script script, Map<String, String> values) {
        Map<String, String> environment = new HashMap<>(values);
        probes.authorities().ifPresent(pem -> environment.put("AUTHORITIES", pem));
        return pods.script(name, probes.image(), ProbePods.Place.of(pool), script, environment, probes.deadline());
    }

    /** A job that needs nothing but its pod, and is over once that has ended. */
    Job job(Pod pod, Job.Lesson lesson) {
        return new Job(pod, List.of(), probes.deadline(), PodOutcome::over, lesson);
    }
}
