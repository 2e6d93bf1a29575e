// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.storage;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;

/** SC-2. */
public final class NodeDisks extends AbstractCheck {

    public NodeDisks() {
        super(
                "storage.node-disks",
                "encrypted root disks in every pool",
                Requirement.SC_2,
                Severity.WARNING,
                Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.pools(),
                pools -> eachKnown(
                        pools,
                        "pools",
                        CloudFacts.Pool::diskEncrypted,
                        encrypted -> encrypted,
                        p -> p.name() + " is not encrypted",
                        "Turn on disk encryption in the pool's template, then replace its nodes."));
    }
}
