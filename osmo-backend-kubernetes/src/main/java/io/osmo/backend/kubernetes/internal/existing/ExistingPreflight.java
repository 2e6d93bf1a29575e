// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.existing;

import io.osmo.backend.spi.provider.Preflight;
import java.util.List;

/** The questions that can be answered before anything is created; a new one is one line here. */
final class ExistingPreflight {
    static final Preflight<ExistingContext> PREFLIGHT = new Preflight<>(
            new IdentityCheck(), List.of(new NamesCheck(), new VersionCheck(), new RightsCheck(), new PoolsCheck()));

    private ExistingPreflight() {}
}
