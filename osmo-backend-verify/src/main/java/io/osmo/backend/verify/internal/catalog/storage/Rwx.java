// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.storage;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.internal.cloud.Remedy;
import io.osmo.backend.verify.snapshot.StorageClassFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.Set;
import java.util.stream.Collectors;

/** A block disk can be attached to one node at a time. */
public final class Rwx extends AbstractCheck {
    public Rwx() {
        super(
                "storage.rwx",
                "no ReadWriteMany claim on disks that only one node can use",
                Requirement.ST_2,
                Severity.INFO,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.snapshot().tenancy().claims(),
                claims -> given(evidence.snapshot().storage().storageClasses(), classes -> {
                    Set<String> blocks = classes.stream()
                            .filter(c -> Drivers.isCloudDisk(Drivers.of(c)))
                            .map(StorageClassFacts::name)
                            .collect(Collectors.toSet());
                    String fallback = Drivers.defaultClass(classes)
                            .map(StorageClassFacts::name)
                            .orElse("");
                    return each(
                            claims,
                            "volume claims",
                            c -> !c.accessModes().contains("ReadWriteMany")
                                    || !blocks.contains(c.storageClass().orElse(fallback)),
                            c -> "ReadWriteMany of class " + c.storageClass().orElse(fallback),
                            CloudServices.remedy(evidence.snapshot(), Remedy.SHARE_FILES));
                }));
    }
}
