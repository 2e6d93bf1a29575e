// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.registry;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.probe.ProbeCheck;
import io.osmo.backend.verify.internal.catalog.probe.ProbeRemedies;
import io.osmo.backend.verify.internal.catalog.stack.TestImages;
import io.osmo.backend.verify.internal.rules.PullCause;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import io.osmo.backend.verify.snapshot.PullFacts;

/** If OSMO's backend tests are set up, each pool can pull their images. */
public final class TestRunnerImages extends ProbeCheck {
    public TestRunnerImages() {
        super(
                "registry.test-runner-images",
                "images of OSMO's backend tests that every pool can pull, where tests are set up",
                Severity.WARNING);
    }

    @Override
    protected Finding judge(ProbeFacts facts, Evidence evidence) {
        return facts.testPulls().isEmpty()
                ? given(
                        TestImages.of(evidence),
                        images -> skipped(
                                images.isEmpty()
                                        ? "no backend tests are set up (chart: global.backendTestNamespace)"
                                        : "no image was pulled"))
                : all(
                        facts.testPulls(),
                        "pulls",
                        PullFacts::refusal,
                        String::isEmpty,
                        ProbeRemedies::pull,
                        refusal -> PullCause.of(refusal).next()
                                + " global.osmoImageLocation has no effect on these images: set"
                                + " backendTestRunner.podTemplate.image.repository and initContainer.image, and waive this"
                                + " check once you have.");
    }
}
