// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.cloud;

import static io.osmo.backend.verify.fixture.Clusters.finding;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CloudServicesTest {
    @TestFactory
    Stream<DynamicTest> every_service_has_a_remedy_for_everything() {
        return Stream.concat(CloudServices.all().stream(), Stream.of(new Unmanaged("the cloud")))
                .flatMap(service -> Arrays.stream(Remedy.values())
                        .map(remedy -> DynamicTest.dynamicTest(
                                service.name() + " " + remedy,
                                () -> assertThat(service.remedy(remedy)).isNotBlank())));
    }

    @Test
    void names_providers_and_pool_labels_are_unique() {
        assertThat(CloudServices.all()).extracting(CloudService::name).doesNotHaveDuplicates();
        assertThat(CloudServices.all()).extracting(CloudService::provider).doesNotHaveDuplicates();
        assertThat(CloudServices.all()).extracting(CloudService::poolLabel).doesNotHaveDuplicates();
        assertThat(CloudServices.names()).isEqualTo("EKS, GKE or AKS");
    }

    @Test
    void a_class_of_an_in_tree_driver_is_served_by_the_csi_driver() {
        assertThat(CloudServices.driver("kubernetes.io/gce-pd"))
                .hasValueSatisfying(driver -> assertThat(driver.name()).isEqualTo("pd.csi.storage.gke.io"));
        assertThat(CloudServices.driver("kubernetes.io/cinder"))
                .hasValueSatisfying(driver -> assertThat(driver.name()).isEqualTo("cinder.csi.openstack.org"));
        assertThat(CloudServices.driver("rancher.io/local-path")).isEmpty();
    }

    @Test
    void drivers_have_one_name_each() {
        assertThat(CloudServices.all().stream().flatMap(s -> s.drivers().stream()))
                .extracting(StorageDriver::name)
                .doesNotHaveDuplicates();
    }

    @Test
    void remedies_are_commands_of_the_clusters_cloud() {
        Cluster eks = Clusters.goodEks();
        Cluster gke = Clusters.goodGke();
        Cluster aks = Clusters.goodAks();
        for (Cluster cluster : List.of(eks, gke, aks)) {
            cluster.secretsKey = Optional.empty();
            cluster.publicCidrs = List.of("0.0.0.0/0");
            cluster.highlyAvailable = false;
            cluster.pinnedVersion = Optional.of("1.33.11");
        }

        for (String check : List.of("control-plane.etcd-encryption", "network.api-authorized-ranges")) {
            assertThat(finding(eks, check).next()).startsWith("aws eks ").contains("--region us-west-2", "train-west");
            assertThat(finding(gke, check).next())
                    .startsWith("gcloud container clusters update train-west --location us-central1");
            assertThat(finding(aks, check).next()).startsWith("az aks update --resource-group GROUP --name train-west");
        }
        assertThat(finding(aks, "control-plane.high-availability").next()).endsWith("--tier standard");
        assertThat(finding(aks, "control-plane.version-pin").next()).endsWith("--kubernetes-version 1.33");

        gke.provider = "oci";
        assertThat(finding(gke, "control-plane.etcd-encryption").next())
                .as("another provider")
                .isEqualTo("Change it with the tools of oci.");
    }
}
