// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.storage;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.internal.cloud.StorageDriver;
import io.osmo.backend.verify.snapshot.StorageClassFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** SC-2: some clouds encrypt every disk, others where the class or the account asks for it. */
public final class Encryption extends AbstractCheck {

    public Encryption() {
        super(
                "storage.encryption",
                "encrypted volumes of the default class",
                Requirement.SC_2,
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(evidence.snapshot().storage().storageClasses(), classes -> {
            Optional<StorageClassFacts> found = Drivers.defaultClass(classes);
            if (found.isEmpty()) {
                return skipped("no default StorageClass");
            }
            StorageClassFacts its = found.get();
            String driver = Drivers.of(its);
            StorageDriver.Encryption how =
                    CloudServices.driver(driver).map(StorageDriver::encryption).orElseGet(StorageDriver.Unknown::new);
            if (how instanceof StorageDriver.Always) {
                return pass("always, by the cloud");
            }
            return how instanceof StorageDriver.OnRequest parameters
                    ? onRequest(evidence, its, parameters)
                    : unknown("how " + driver + " encrypts is not known");
        });
    }

    private Finding onRequest(Evidence evidence, StorageClassFacts its, StorageDriver.OnRequest parameters) {
        Map<String, String> values = its.parameters().entrySet().stream()
                .collect(Collectors.toMap(e -> e.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue, (a, b) -> a));
        if (!values.getOrDefault(parameters.key(), "").isEmpty()) {
            return pass("with a customer-managed key");
        }
        if (values.getOrDefault(parameters.flag(), "").equals("true")) {
            return pass("with the account's key");
        }
        return given(
                evidence.snapshot().cloud().flatMap(CloudFacts::volumeEncryption),
                account -> account.byDefault()
                        ? pass("by the account's default")
                        : breach(
                                        "neither by the class nor by the account",
                                        "Create a default class with " + parameters.flag() + ": \"true\".")
                                .about(List.of(its)));
    }
}
