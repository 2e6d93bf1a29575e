// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.edits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.UnsupportedChangeException;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.testkit.EmulatedClouds;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is fixed once a backend exists is refused by its path in the spec, which is all that the host can edit, and once. */
class FixedFieldsTest {
    private final EmulatedClouds clouds = EmulatedClouds.create();
    private final OsmoBackends osmo = clouds.open();

    private enum Cloud {
        AWS("us-west-2", "m7i.2xlarge", "vpc/main", "eks-cluster/main"),
        GCP("us-central1", "n2-standard-8", "subnetwork/main", "subnetwork/main"),
        AZURE("westeurope", "Standard_D8s_v5", "virtual-network/backend", "aks-cluster/backend");

        private final String region;
        private final String machine;
        private final String network;
        private final String services;

        Cloud(String region, String machine, String network, String services) {
            this.region = region;
            this.machine = machine;
            this.network = network;
            this.services = services;
        }

        private BackendSpec spec(UnaryOperator<BackendSpecBuilder> change) {
            return change.apply(BackendSpec.builder("train-west")
                            .on(name().toLowerCase(Locale.ROOT), region)
                            .deletionProtection(false)
                            .computePool("cpu", p -> p.instanceType(machine).scale(1, 4)))
                    .build();
        }
    }

    @AfterEach
    void close() {
        osmo.close();
        clouds.close();
    }

    private void refused(BackendSpec spec, String... changes) {
        assertThatExceptionOfType(UnsupportedChangeException.class)
                .isThrownBy(() -> osmo.plan(spec))
                .satisfies(refused -> {
                    assertThat(refused.changes()).containsExactly(changes);
                    assertThat(refused.remedy())
                            .isEqualTo(
                                    "Set the fields of the spec back to their current values, or create another backend."
                                            + " Nothing was changed.");
                });
    }

    @ParameterizedTest
    @EnumSource
    void ranges_of_the_network(Cloud cloud) {
        osmo.apply(osmo.plan(cloud.spec(s -> s)));

        refused(
                cloud.spec(s -> s.network(n -> n.cidr("10.8.0.0/16"))),
                "network.cidr: 10.0.0.0/16 -> 10.8.0.0/16 (" + cloud.network + ")");
        refused(
                cloud.spec(s -> s.network(n -> n.cidr("10.0.0.0/17"))),
                "network.cidr: 10.0.0.0/16 -> 10.0.0.0/17 (" + cloud.network + ")");
        refused(
                cloud.spec(s -> s.network(n -> n.serviceCidr("172.21.0.0/16"))),
                "network.serviceCidr: 172.20.0.0/16 -> 172.21.0.0/16 (" + cloud.services + ")");
    }

    @Test
    void the_range_of_pods_on_gke() {
        osmo.apply(osmo.plan(Cloud.GCP.spec(s -> s)));

        refused(
                Cloud.GCP.spec(s -> s.settings(
                        GkeSettings.builder().podCidr("100.72.0.0/14").build())),
                "settings.podCidr: 100.64.0.0/14 -> 100.72.0.0/14 (subnetwork/main)");
    }

    @Test
    void a_public_api_server_on_aks() {
        osmo.apply(osmo.plan(Cloud.AZURE.spec(s -> s.apiEndpoint(api -> api.publicAccess("203.0.113.0/24")))));

        refused(
                Cloud.AZURE.spec(s -> s.apiEndpoint(api -> api.privateOnly())),
                "apiEndpoint.publicAccess: true -> false (aks-cluster/backend)");
    }
}
