// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import java.util.List;
import java.util.Optional;

/**
 * What temporary pods inside the cluster found out. Empty lists where a kind of probe was not asked for or had nothing to do.
 *
 * @param reaches what answered, from each pool
 * @param workflowReaches what answered from the namespace of workflows
 * @param idle whether an idle connection to the OSMO service is kept
 * @param pulls what was pulled, on each pool
 * @param testPulls what was pulled of the images that OSMO's tests of a backend need, on each pool; empty while none are set up
 * @param volumes what was written, in each zone
 * @param gpus what GPUs were seen, on each pool that has any
 * @param kai whether KAI schedules, on each pool of compute nodes; empty while it is not installed
 * @param scaleUps whether empty pools brought a node
 * @param leftBehind what could not be removed again, and why; empty when everything was
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
