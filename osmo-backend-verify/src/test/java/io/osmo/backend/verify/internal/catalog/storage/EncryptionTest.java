// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.storage;

import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.snapshot.StorageClassFacts;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionTest {
    private static final Instant DAY = Instant.parse("2026-01-01T00:00:00Z");

    private static StorageClassFacts storageClass(String name, String provisioner, Map<String, String> parameters) {
        return new StorageClassFacts(
                name, provisioner, parameters, true, true, "Delete", "WaitForFirstConsumer", Fact.of(DAY));
    }

    private static Cluster withDefault(Cluster cluster, StorageClassFacts storageClass) {
        cluster.storageClasses.set(0, storageClass);
        return cluster;
    }

    @ParameterizedTest
    @ValueSource(strings = {"kmsKeyId", "kmskeyid", "KmsKeyId"})
    void a_key_in_the_class_turns_encryption_on(String parameter) {
        Cluster cluster = withDefault(
                Clusters.goodEks(), storageClass("gp3", "ebs.csi.aws.com", Map.of(parameter, "arn:aws:kms:key-1")));

        assertThat(finding(cluster, "storage.encryption").observed()).isEqualTo("with a customer-managed key");
        assertThat(status(cluster, "storage.encryption")).isEqualTo(Status.PASS);
    }

    @ParameterizedTest
    @CsvSource({
        "file.csi.azure.com, PASS",
        "kubernetes.io/azure-file, PASS",
        "kubernetes.io/gce-pd, PASS",
        "filestore.csi.storage.gke.io, PASS",
        "efs.csi.aws.com, UNKNOWN",
        "driver.longhorn.io, UNKNOWN",
        "rook-ceph.rbd.csi.ceph.com, UNKNOWN"
    })
    void drivers_that_always_encrypt_are_known(String provisioner, Status status) {
        Cluster cluster = withDefault(Clusters.goodAks(), storageClass("c", provisioner, Map.of()));

        assertThat(status(cluster, "storage.encryption")).isEqualTo(status);
    }

    @Test
    void without_facts_of_the_account_default_encryption_is_unknown() {
        Cluster cluster = withDefault(Clusters.goodEks(), storageClass("gp3", "ebs.csi.aws.com", Map.of()));
        assertThat(status(cluster, "storage.encryption")).isEqualTo(Status.WARN);

        cluster.volumeEncryption = new CloudFacts.DiskEncryption(true, Optional.empty());
        assertThat(status(cluster, "storage.encryption")).isEqualTo(Status.PASS);
        assertThat(status(cluster.blind("volumeEncryption"), "storage.encryption"))
                .isEqualTo(Status.UNKNOWN);
    }
}
