// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.storage;

import static io.osmo.backend.verify.fixture.Clusters.finding;
import static io.osmo.backend.verify.fixture.Clusters.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.fixture.KubeObjects;
import io.osmo.backend.verify.snapshot.CsiNodeFacts;
import io.osmo.backend.verify.snapshot.StorageClassFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsiDriverTest {
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
    void a_class_of_an_in_tree_driver_is_served_by_the_csi_driver() {
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
    void a_provisioner_that_is_not_csi_needs_a_probe(String provisioner) {
        Cluster cluster = withDefault(Clusters.goodEks(), storageClass("local", provisioner, Map.of()));

        assertThat(status(cluster, "storage.csi-driver")).isEqualTo(Status.UNKNOWN);
        assertThat(finding(cluster, "storage.csi-driver").next()).contains("storage.pvc-probe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"driver.longhorn.io", "rook-ceph.rbd.csi.ceph.com", "efs.csi.aws.com"})
    void a_third_party_driver_on_every_node_passes(String driver) {
        Cluster cluster = withDefault(Clusters.goodEks(), storageClass("c", driver, Map.of()));
        cluster.csiDrivers.add(driver);
        cluster.csiNodes.replaceAll(n -> new CsiNodeFacts(n.node(), List.of("ebs.csi.aws.com", driver)));

        assertThat(status(cluster, "storage.csi-driver")).isEqualTo(Status.PASS);
    }

    @Test
    void a_driver_with_a_controller_needs_it_ready() {
        Cluster gone = Clusters.goodEks();
        gone.deployments.removeIf(d -> d.name().equals("ebs-csi-controller"));
        Cluster down = Clusters.goodEks().change("ebs-csi-controller", d -> KubeObjects.ready(d, 0));
        Cluster auto = Clusters.goodEks();
        auto.deployments.removeIf(d -> d.name().equals("ebs-csi-controller"));
        auto.onto("ebs.csi.eks.amazonaws.com", "auto");

        assertThat(status(gone, "storage.csi-driver")).isEqualTo(Status.FAIL);
        assertThat(status(down, "storage.csi-driver")).isEqualTo(Status.FAIL);
        assertThat(status(auto, "storage.csi-driver")).isEqualTo(Status.PASS);
    }
}
