// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.storage;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.StorageClassFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;

/** ST-1: of several default classes Kubernetes uses the newest, which is easy to miss. */
public final class DefaultClass extends AbstractCheck {

    public DefaultClass() {
        super(
                "storage.default-class",
                "exactly one default StorageClass",
                Requirement.ST_1,
                Severity.ERROR,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(evidence.snapshot().storage().storageClasses(), classes -> {
            List<StorageClassFacts> defaults =
                    classes.stream().filter(StorageClassFacts::defaultClass).toList();
            return switch (defaults.size()) {
                case 0 ->
                    breach(
                            "no default among " + classes.size(),
                            "Create a default class on " + Drivers.ofCloud(evidence) + ".");
                case 1 -> pass(defaults.get(0).name());
                default ->
                    breach(
                                    Severity.WARNING,
                                    defaults.size() + " defaults; "
                                            + Drivers.defaultClass(defaults)
                                                    .orElseThrow()
                                                    .name()
                                            + " is used as the newest",
                                    "For all but one: kubectl annotate storageclass NAME --overwrite"
                                            + " storageclass.kubernetes.io/is-default-class=false"
                                            + " storageclass.beta.kubernetes.io/is-default-class-")
                            .about(defaults);
            };
        });
    }
}
