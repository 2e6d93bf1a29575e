// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.stack;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Evidence;
import java.util.List;
import java.util.stream.Stream;

/**
 * Images of OSMO's backend tests, as in the chart's value {@code backendTestRunner.podTemplate}. {@code global.osmoImageLocation},
 * which moves all other images to a mirror, has no effect on them.
 */
public final class TestImages {
    private static final String CONFIG_VALIDATOR = "docker.io/library/ubuntu:22.04";
    private static final String RUNNER = "nvcr.io/nvidia/osmo/backend-test-runner";

    private TestImages() {}

    /** Empty if the worker has no namespace for tests. The runner has the tag of the worker. */
    public static Fact<List<String>> of(Evidence evidence) {
        return OsmoOperator.of(evidence)
                .map(deployments -> deployments.stream()
                        .map(OsmoOperator::main)
                        .filter(worker -> worker.flag("testrunnernamespace").isPresent())
                        .flatMap(worker -> worker.tag().isEmpty()
                                ? Stream.of(CONFIG_VALIDATOR)
                                : Stream.of(CONFIG_VALIDATOR, RUNNER + ":" + worker.tag()))
                        .distinct()
                        .toList());
    }
}
