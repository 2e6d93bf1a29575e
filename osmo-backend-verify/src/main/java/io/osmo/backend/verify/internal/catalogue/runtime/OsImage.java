// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.runtime;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Amazon Linux 2 ends with Kubernetes 1.32, Ubuntu before 22.04 is out of support. */
public final class OsImage extends AbstractCheck {
    private static final Predicate<String> OLD =
            Pattern.compile("Amazon Linux 2( .*)?|Ubuntu (1\\d|20)\\..*").asMatchPredicate();

    public OsImage() {
        super(
                "runtime.os-image",
                "a node image that is still maintained",
                Requirement.RT_1,
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.nodes(),
                nodes -> each(
                        nodes,
                        "nodes",
                        n -> !OLD.test(n.osImage()),
                        NodeFacts::osImage,
                        "Move the pool to AL2023, Bottlerocket, Ubuntu 22.04 or newer, or Container-Optimized OS."));
    }
}
