// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.storage;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.Optional;

/** An empty class is not the default class: no volume is provisioned for it. */
public final class EmptyClassTrap extends AbstractCheck {

    public EmptyClassTrap() {
        super(
                "storage.empty-class-trap",
                "no volume claim in the OSMO namespaces with an empty storage class",
                Requirement.ST_2,
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.snapshot().tenancy().claims(),
                claims -> each(
                        claims,
                        "volume claims",
                        c -> !c.storageClass().equals(Optional.of(""))
                                || c.phase().equals("Bound"),
                        c -> "the storage class is empty",
                        "Leave storageClassName out to use the default class, or set it."));
    }
}
