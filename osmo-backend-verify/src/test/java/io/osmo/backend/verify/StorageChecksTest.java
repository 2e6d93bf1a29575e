// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify;

import static io.osmo.backend.verify.Clusters.finding;
import static io.osmo.backend.verify.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.Clusters.Cluster;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.snapshot.CsiNodeFacts;
import io.osmo.backend.verify.snapshot.StorageClassFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Default classes of clusters of many kinds. */
class StorageChecksTest {
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
    void a_key_of_the_customer_is_the_wish_to_encrypt(String parameter) {
        Cluster cluster = withDefault(
                Clusters.goodEks(), storageClass("gp3", "ebs.csi.aws.com", Map.of(parameter, "arn:aws:kms:key-1")));

        assertThat(finding(cluster, "storage.encryption").observed()).isEqualTo("with a key of the customer");
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
    void what_a_cloud_always_encrypts_is_known(String provisioner, Status status) {
        Cluster cluster = withDefault(Clusters.goodAks(), storageClass("c", provisioner, Map.of()));

        assertThat(status(cluster, "storage.encryption")).isEqualTo(status);
    }

    @Test
    void a_class_of_a_driver_that_kubernetes_once_held_is_served_by_its_successor() {
        Cluster cluster = withDefault(
                Clusters.goodEks(), storageClass("gp2", "kubernetes.io/aws-ebs", Map.of("encrypted", "true")));

        assertThat(status(cluster, "storage.csi-driver")).isEqualTo(Status.PASS);
        assertThat(status(cluster, "storage.encryption")).isEqualTo(Status.PASS);
        assertThat(status(cluster, "storage.cloud-native")).isEqualTo(Status.WARN);
        assertThat(finding(cluster, "storage.cloud-native").next())
                .isEqualTo("Create a default class on ebs.csi.aws.com.");

        cluster.csiDrivers.clear();
        assertThat(status(cluster, "storage.csi-driver")).isEqualTo(Status.FAIL);
        assertThat(finding(cluster, "storage.csi-driver").next()).contains("--addon-name aws-ebs-csi-driver");
    }

    /** Such a provisioner is an ordinary deployment: nothing in the API tells that it is one. */
    @ParameterizedTest
    @ValueSource(
            strings = {"rancher.io/local-path", "microk8s.io/hostpath", "cluster.local/nfs-subdir-external-provisioner"
            })
    void whether_a_provisioner_that_is_no_csi_driver_works_only_a_probe_tells(String provisioner) {
        Cluster cluster = withDefault(Clusters.goodEks(), storageClass("local", provisioner, Map.of()));

        assertThat(status(cluster, "storage.csi-driver")).isEqualTo(Status.UNKNOWN);
        assertThat(finding(cluster, "storage.csi-driver").next()).contains("storage.pvc-probe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver.longhorn.io", "rook-ceph.rbd.csi.ceph.com", "efs.csi.aws.com"})
    void a_driver_that_is_installed_on_every_node_passes_whoever_made_it(String driver) {
        Cluster cluster = withDefault(Clusters.goodEks(), storageClass("c", driver, Map.of()));
        cluster.csiDrivers.add(driver);
        cluster.csiNodes.replaceAll(n -> new CsiNodeFacts(n.node(), List.of("ebs.csi.aws.com", driver)));

        assertThat(status(cluster, "storage.csi-driver")).isEqualTo(Status.PASS);
    }

    @Test
    void amazons_driver_needs_its_controller() {
        Cluster gone = Clusters.goodEks();
        gone.deployments.removeIf(d -> d.name().equals("ebs-csi-controller"));
        Cluster down = Clusters.goodEks().change("ebs-csi-controller", d -> Clusters.ready(d, 0));
        Cluster auto = Clusters.goodEks();
        auto.deployments.removeIf(d -> d.name().equals("ebs-csi-controller"));
        auto.onto("ebs.csi.eks.amazonaws.com", "auto");

        assertThat(status(gone, "storage.csi-driver")).isEqualTo(Status.FAIL);
        assertThat(status(down, "storage.csi-driver")).isEqualTo(Status.FAIL);
        assertThat(status(auto, "storage.csi-driver")).isEqualTo(Status.PASS);
    }

    /** As Kubernetes chooses: the newest, whatever the order of the list. */
    @Test
    void of_several_defaults_the_newest_is_judged() {
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
        assertThat(finding(cluster, "storage.default-class").observed()).contains("z-new counts as the newest");
        assertThat(finding(cluster, "storage.default-class").next())
                .contains("storageclass.kubernetes.io/is-default-class=false")
                .contains("storageclass.beta.kubernetes.io/is-default-class-");
    }

    @Test
    void files_need_not_wait_for_the_zone_of_a_pod() {
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

    @Test
    void without_an_account_to_look_at_encryption_by_default_is_unknown() {
        Cluster cluster = withDefault(Clusters.goodEks(), storageClass("gp3", "ebs.csi.aws.com", Map.of()));
        assertThat(status(cluster, "storage.encryption")).isEqualTo(Status.WARN);

        cluster.volumeEncryption = new CloudFacts.DiskEncryption(true, Optional.empty());
        assertThat(status(cluster, "storage.encryption")).isEqualTo(Status.PASS);
        assertThat(status(cluster.blind("volumeEncryption"), "storage.encryption"))
                .isEqualTo(Status.UNKNOWN);
    }
}
