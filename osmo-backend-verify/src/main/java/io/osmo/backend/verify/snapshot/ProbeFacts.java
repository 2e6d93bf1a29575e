// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import java.util.List;
import java.util.Optional;

/**
 * What temporary pods inside the cluster found out. A list is empty where that kind of probe was not requested or
 * had nothing to do.
 *
 * @param reaches what could be reached from each pool
 * @param workflowReaches what could be reached from the namespace of workflows
 * @param idle whether an idle connection to the OSMO service is kept
 * @param pulls which images could be pulled on each pool
 * @param testPulls which images of OSMO's tests of a backend could be pulled on each pool; empty if no tests are set up
 * @param volumes whether a volume could be written in each zone
 * @param gpus which GPUs were seen on each pool that has any
 * @param kai whether KAI schedules on each pool of compute nodes; empty if it is not installed
 * @param scaleUps whether empty pools got a node
 * @param leftBehind what could not be removed afterward, and why; empty if everything was removed
 */
public record ProbeFacts(
        List<ReachFacts> reaches,
        List<ReachFacts> workflowReaches,
        List<IdleFacts> idle,
        List<PullFacts> pulls,
        List<PullFacts> testPulls,
        List<VolumeProbeFacts> volumes,
        List<GpuProbeFacts> gpus,
        List<KaiProbeFacts> kai,
        List<ScaleUpFacts> scaleUps,
        Optional<String> leftBehind) {
    public ProbeFacts {
        reaches = List.copyOf(reaches);
        workflowReaches = List.copyOf(workflowReaches);
        idle = List.copyOf(idle);
        pulls = List.copyOf(pulls);
        testPulls = List.copyOf(testPulls);
        volumes = List.copyOf(volumes);
        gpus = List.copyOf(gpus);
        kai = List.copyOf(kai);
        scaleUps = List.copyOf(scaleUps);
    }
}
