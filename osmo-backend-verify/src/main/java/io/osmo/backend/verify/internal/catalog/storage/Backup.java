// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.storage;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;

/** ST-3: recommended, and on by default in production. */
public final class Backup extends AbstractCheck {

    public Backup() {
        super(
                "storage.backup",
                "a cloud-native backup that covers the cluster",
                Requirement.ST_3,
                Severity.WARNING,
                Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        if (!evidence.expectations().production()) {
            return skipped("a development backend");
        }
        return given(
                evidence.snapshot().cloud().flatMap(CloudFacts::backup),
                backup -> backup.covered()
                        ? pass(backup.description())
                        : breach(backup.description(), "Turn backup on in the spec, then apply it."));
    }
}
