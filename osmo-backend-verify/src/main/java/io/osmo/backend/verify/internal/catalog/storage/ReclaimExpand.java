// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.storage;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;

/** ST-1: what claims need in a cluster with several zones. Shared files can be used from any zone, so they may bind immediately. */
public final class ReclaimExpand extends AbstractCheck {

    public ReclaimExpand() {
        super(
                "storage.reclaim-expand",
                "a default class that allows expansion, deletes volumes, and binds on first consumer",
                Requirement.ST_1,
                Severity.INFO,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.snapshot().storage().storageClasses(),
                classes -> Drivers.defaultClass(classes)
                        .map(c -> {
                            String observed = (c.expandable() ? "expandable" : "not expandable") + ", "
                                    + c.reclaimPolicy() + ", " + c.bindingMode();
                            return c.expandable()
                                            && c.reclaimPolicy().equals("Delete")
                                            && (c.bindingMode().equals("WaitForFirstConsumer")
                                                    || Drivers.isFiles(Drivers.of(c)))
                                    ? pass(observed)
                                    : breach(observed, "Create a new default class: these fields cannot be changed.")
                                            .about(List.of(c));
                        })
                        .orElseGet(() -> skipped("no default StorageClass")));
    }
}
