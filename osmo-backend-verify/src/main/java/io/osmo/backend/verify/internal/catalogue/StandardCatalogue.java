// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue;

import io.osmo.backend.verify.check.Check;
import io.osmo.backend.verify.internal.catalogue.runtime.ContainerdVersion;
import java.util.List;

/** All checks that come with this library, in the order in which reports show them. */
public final class StandardCatalogue {
    private StandardCatalogue() {}

    public static List<Check> checks() {
        return List.of(new ContainerdVersion());
    }
}
