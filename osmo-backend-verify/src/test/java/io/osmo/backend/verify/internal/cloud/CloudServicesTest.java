// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
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
    void services_are_told_apart_by_name_provider_and_pool_label() {
        assertThat(CloudServices.all()).extracting(CloudService::name).doesNotHaveDuplicates();
        assertThat(CloudServices.all()).extracting(CloudService::provider).doesNotHaveDuplicates();
        assertThat(CloudServices.all()).extracting(CloudService::poolLabel).doesNotHaveDuplicates();
        assertThat(CloudServices.names()).isEqualTo("EKS, GKE or AKS");
    }

    @Test
    void a_class_of_a_driver_that_kubernetes_once_held_is_served_by_its_successor() {
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
}
