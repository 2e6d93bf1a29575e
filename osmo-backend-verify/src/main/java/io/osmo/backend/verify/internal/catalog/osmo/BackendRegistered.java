// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.osmo;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.stack.OsmoCheck;
import io.osmo.backend.verify.snapshot.OsmoFacts;

/** A service that has a file of backends refuses an operator whose name is not in it, and stays silent about it. */
public final class BackendRegistered extends OsmoCheck {
    public BackendRegistered() {
        super("osmo.backend-registered", "a backend of this name in the OSMO service", Severity.ERROR);
    }

    @Override
    protected Finding judge(Evidence evidence, OsmoFacts osmo) {
        return given(
                osmo.registration(),
                found -> found.isPresent()
                        ? pass(osmo.backend())
                        : breach(
                                "the OSMO service knows no backend " + osmo.backend(),
                                "Merge osmo.values(spec).serviceYaml() into the values of the OSMO service and upgrade it."
                                        + " A 6.3 service that keeps backends in its database learns of it when the operator connects."));
    }
}
