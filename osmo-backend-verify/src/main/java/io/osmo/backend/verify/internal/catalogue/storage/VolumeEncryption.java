// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.storage;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.StorageClassFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Optional;

/** SC-2: Google and Azure encrypt every disk, AWS where the class or the account asks for it. */
public final class VolumeEncryption extends AbstractCheck {

    public VolumeEncryption() {
        super(
                "storage.encryption",
                "volumes of the default class encrypted",
                Requirement.SC_2,
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(evidence.snapshot().storageClasses(), classes -> {
            Optional<StorageClassFacts> found = Drivers.defaultClass(classes);
            if (found.isEmpty()) {
                return skipped("no default StorageClass");
            }
            StorageClassFacts its = found.get();
            if (!its.provisioner().startsWith("ebs.csi.")) {
                return Drivers.OF_CLOUDS.contains(its.provisioner())
                        ? pass("by the cloud, always")
                        : unknown("how " + its.provisioner() + " encrypts is not known");
            }
            if ("true".equals(its.parameters().get("encrypted"))) {
                return pass(
                        its.parameters().containsKey("kmsKeyId")
                                ? "with a key of the customer"
                                : "with the account's key");
            }
            return given(
                    evidence.snapshot().cloud().flatMap(CloudFacts::volumeEncryption),
                    account -> account.byDefault()
                            ? pass("by the account's default")
                            : breach(
                                            "neither by the class nor by the account",
                                            "Create a default class with encrypted: \"true\".")
                                    .about(List.of(its)));
        });
    }
}
