// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.storage;

import io.osmo.backend.verify.snapshot.StorageClassFacts;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The disk drivers of the three clouds. */
final class Drivers {
    static final Set<String> OF_CLOUDS =
            Set.of("ebs.csi.aws.com", "ebs.csi.eks.amazonaws.com", "pd.csi.storage.gke.io", "disk.csi.azure.com");

    private Drivers() {}

    static Optional<StorageClassFacts> defaultClass(List<StorageClassFacts> classes) {
        return classes.stream().filter(StorageClassFacts::defaultClass).findFirst();
    }
}
