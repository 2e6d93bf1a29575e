// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.spec;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules that need neither a provider nor the cloud. */
public final class SpecRules {
    private SpecRules() {}

    /** Everything that is wrong with a spec, in the order of its fields. */
    public static List<Violation> check(BackendSpec spec) {
        List<Violation> violations = new ArrayList<>();
        if (spec.computePools().isEmpty()) {
            violations.add(new Violation(
                    "computePools",
                    Optional.of("CN-1"),
                    "none",
                    "at least one pool for workflows",
                    "Add one with computePool(…) or gpuPool(…)."));
        }
        return violations;
    }
}
