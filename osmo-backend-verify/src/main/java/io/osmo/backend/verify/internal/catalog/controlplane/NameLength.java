// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.controlplane;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The rule that the spec has for names of new backends: what every service accepts, and short enough for names that are derived from
 * it, such as roles and DNS labels. Some services accept longer names, with capitals and underscores.
 */
public final class NameLength extends AbstractCheck {
    private static final Predicate<String> NAME =
            Pattern.compile("[a-z]([-a-z0-9]{0,38}[a-z0-9])?").asMatchPredicate();

    public NameLength() {
        super(
                "control-plane.name-length",
                "a cluster name of at most 40 lower-case letters, digits and hyphens",
                Severity.WARNING,
                Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                // Without a control plane the name may be that of no cluster.
                evidence.controlPlane()
                        .flatMap(read -> evidence.snapshot().cloud().map(CloudFacts::clusterName)),
                name -> NAME.test(name)
                        ? pass(name)
                        : breach(name, "A cluster cannot be renamed; name the next one like that."));
    }
}
