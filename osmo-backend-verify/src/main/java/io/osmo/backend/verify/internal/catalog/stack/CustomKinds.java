// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.stack;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.snapshot.CrdFacts;
import java.util.Optional;

/** Custom resource definitions. */
public final class CustomKinds {
    private CustomKinds() {}

    /** The definition of a custom kind, such as {@code queues.scheduling.run.ai}; empty when there is none. */
    public static Fact<Optional<CrdFacts>> definition(Evidence evidence, String name) {
        return evidence.snapshot()
                .stack()
                .crds()
                .map(all -> all.stream().filter(c -> c.name().equals(name)).findFirst());
    }

    /** Whether a version of a custom kind can be used. */
    public static Fact<Boolean> serves(Evidence evidence, String name, String version) {
        return definition(evidence, name)
                .map(crd -> crd.filter(c -> c.established() && c.served().contains(version))
                        .isPresent());
    }
}
