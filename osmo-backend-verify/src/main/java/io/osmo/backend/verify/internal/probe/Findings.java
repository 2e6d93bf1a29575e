// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import io.osmo.backend.verify.snapshot.GpuProbeFacts;
import io.osmo.backend.verify.snapshot.IdleFacts;
import io.osmo.backend.verify.snapshot.KaiProbeFacts;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import io.osmo.backend.verify.snapshot.PullFacts;
import io.osmo.backend.verify.snapshot.ReachFacts;
import io.osmo.backend.verify.snapshot.ScaleUpFacts;
import io.osmo.backend.verify.snapshot.VolumeProbeFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the probes have found out so far. */
final class Findings {
    final List<ReachFacts> reaches = new ArrayList<>();
    final List<ReachFacts> workflowReaches = new ArrayList<>();
    final List<IdleFacts> idle = new ArrayList<>();
    final List<PullFacts> pulls = new ArrayList<>();
    final List<PullFacts> testPulls = new ArrayList<>();
    final List<VolumeProbeFacts> volumes = new ArrayList<>();
    final List<GpuProbeFacts> gpus = new ArrayList<>();
    final List<KaiProbeFacts> kai = new ArrayList<>();
    final List<ScaleUpFacts> scaleUps = new ArrayList<>();

    ProbeFacts facts(Optional<String> leftBehind) {
        return new ProbeFacts(
                reaches, workflowReaches, idle, pulls, testPulls, volumes, gpus, kai, scaleUps, leftBehind);
    }
}
