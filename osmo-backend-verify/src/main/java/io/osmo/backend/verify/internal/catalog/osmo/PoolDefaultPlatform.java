// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.osmo;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OsmoCheck;
import io.osmo.backend.verify.snapshot.OsmoFacts;

/** A task that names no platform gets the default one of its pool. */
public final class PoolDefaultPlatform extends OsmoCheck {
    public PoolDefaultPlatform() {
        super(
                "osmo.pool-default-platform",
                "an existing default platform in every pool of the backend",
                Severity.WARNING);
    }

    @Override
    protected Finding judge(Evidence evidence, OsmoFacts osmo) {
        return pools(
                osmo,
                pools -> each(
                        pools,
                        "pools of the backend",
                        p -> p.platforms().contains(p.defaultPlatform()),
                        p -> p.defaultPlatform().isEmpty()
                                ? "no default platform"
                                : "the default platform " + p.defaultPlatform() + ", which does not exist",
                        "Set default_platform of the pool to one of its platforms."));
    }
}
