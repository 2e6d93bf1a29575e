// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.storage;

import static io.osmo.backend.verify.fixture.Clusters.finding;
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

class DefaultClassTest {
    private static final Instant DAY = Instant.parse("2026-01-01T00:00:00Z");

    private static StorageClassFacts storageClass(String name, String provisioner, Map<String, String> parameters) {
        return new StorageClassFacts(
                name, provisioner, parameters, true, true, "Delete", "WaitForFirstConsumer", Fact.of(DAY));
    }

    private static Cluster withDefault(Cluster cluster, StorageClassFacts storageClass) {
        cluster.storageClasses.set(0, storageClass);
        return cluster;
    }

    /** As Kubernetes chooses: the newest, whatever the order of the list. */
    @Test
    void the_newest_of_several_defaults_is_judged() {
        Cluster cluster = withDefault(Clusters.goodEks(), storageClass("a-old", "kubernetes.io/aws-ebs", Map.of()));
        cluster.storageClasses.add(new StorageClassFacts(
                "z-new",
                "ebs.csi.aws.com",
                Map.of("encrypted", "true"),
                true,
                true,
                "Delete",
                "WaitForFirstConsumer",
                Fact.of(DAY.plusSeconds(1))));

        assertThat(status(cluster, "storage.cloud-native")).isEqualTo(Status.PASS);
        assertThat(status(cluster, "storage.encryption")).isEqualTo(Status.PASS);
        assertThat(finding(cluster, "storage.default-class").observed()).contains("z-new is used as the newest");
        assertThat(finding(cluster, "storage.default-class").next())
                .contains("storageclass.kubernetes.io/is-default-class=false")
                .contains("storageclass.beta.kubernetes.io/is-default-class-");
    }
}
