// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.architecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** Leaves tests out, in folders of classes as well as in the jar of the testkit's tests. */
public final class ProductionCode implements ImportOption {
    @Override
    public boolean includes(Location location) {
        return !location.contains("/test-classes/") && !location.contains("/test/") && !location.contains("-tests.jar");
    }
}
