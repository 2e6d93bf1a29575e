// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.storage;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;

/** ST-1: the drivers that were part of Kubernetes are gone. */
public final class CloudNative extends AbstractCheck {

    public CloudNative() {
        super(
                "storage.cloud-native",
                "a default StorageClass on the cloud's own CSI driver for disks",
                Requirement.ST_1,
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.snapshot().storage().storageClasses(),
                classes -> Drivers.defaultClass(classes)
                        .map(c -> Drivers.isCloudDisk(c.provisioner())
                                ? pass(c.provisioner())
                                : breach(
                                                c.provisioner(),
                                                "Create a default class on " + Drivers.ofCloud(evidence) + ".")
                                        .about(List.of(c)))
                        .orElseGet(() -> skipped("no default StorageClass")));
    }
}
