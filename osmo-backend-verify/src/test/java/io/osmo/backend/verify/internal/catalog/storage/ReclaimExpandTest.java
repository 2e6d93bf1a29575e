// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.storage;

import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.snapshot.StorageClassFacts;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReclaimExpandTest {
    private static final Instant DAY = Instant.parse("2026-01-01T00:00:00Z");

    private static StorageClassFacts storageClass(String name, String provisioner, Map<String, String> parameters) {
        return new StorageClassFacts(
                name, provisioner, parameters, true, true, "Delete", "WaitForFirstConsumer", Fact.of(DAY));
    }

    private static Cluster withDefault(Cluster cluster, StorageClassFacts storageClass) {
        cluster.storageClasses.set(0, storageClass);
        return cluster;
    }

    @Test
    void classes_of_files_may_bind_immediately() {
        Cluster cluster = withDefault(
                Clusters.goodAks(),
                new StorageClassFacts(
                        "azurefile-csi",
                        "file.csi.azure.com",
                        Map.of(),
                        true,
                        true,
                        "Delete",
                        "Immediate",
                        Fact.of(DAY)));

        assertThat(status(cluster, "storage.reclaim-expand")).isEqualTo(Status.PASS);
    }
}
