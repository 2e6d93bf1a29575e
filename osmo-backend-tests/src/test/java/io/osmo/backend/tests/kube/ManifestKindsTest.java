// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.kube;

import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.existing.EmulatedExisting;
import org.junit.jupiter.api.AfterAll;

/** On the emulated API server. */
class ManifestKindsTest extends ManifestKinds {
    private static final EmulatedExisting CLUSTER = EmulatedExisting.on(VirtualTime.create());

    @AfterAll
    static void close() {
        CLUSTER.close();
    }

    @Override
    ClusterAccess access() {
        return CLUSTER.cluster(new BackendRef("existing", "lab", "any")).access();
    }
}
