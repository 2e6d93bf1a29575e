// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.edits;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.spec.ApiEndpointBuilder;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.testkit.EmulatedClouds;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An edit that keeps callers from the API server says whom, since it may be whoever applies it. */
class ClosedApiTest {
    private static final String OFFICE = "203.0.113.0/24";

    private final EmulatedClouds clouds = EmulatedClouds.create();
    private final OsmoBackends osmo = clouds.open();

    private enum Cloud {
        AWS("us-west-2", "m7i.2xlarge"),
        GCP("us-central1", "n2-standard-8"),
        AZURE("westeurope", "Standard_D8s_v5");

        private final String region;
        private final String machine;

        Cloud(String region, String machine) {
            this.region = region;
            this.machine = machine;
        }

        private BackendSpec spec(Consumer<ApiEndpointBuilder> api, UnaryOperator<BackendSpecBuilder> change) {
            return change.apply(BackendSpec.builder("train-west")
                            .on(name().toLowerCase(Locale.ROOT), region)
                            .deletionProtection(false)
                            .apiEndpoint(api)
                            .computePool("cpu", p -> p.instanceType(machine).scale(1, 4)))
                    .build();
        }

        private BackendSpec spec(Consumer<ApiEndpointBuilder> api) {
            return spec(api, s -> s);
        }
    }

    @AfterEach
    void close() {
        osmo.close();
        clouds.close();
    }

    private List<String> said(BackendSpec spec) {
        return osmo.plan(spec).warnings().stream()
                .filter(text -> text.startsWith("The API server "))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void fewer_ranges(Cloud cloud) {
        osmo.apply(osmo.plan(cloud.spec(a -> a.publicAccess(OFFICE, "198.51.100.0/24"))));

        assertThat(said(cloud.spec(a -> a.publicAccess(OFFICE))))
                .singleElement()
                .asString()
                .startsWith("The API server will no longer answer 198.51.100.0/24 (apiEndpoint.publicCidrs).")
                .contains("If this host calls from there, an apply there cannot finish");
        assertThat(said(cloud.spec(a -> a.publicAccess("203.0.112.0/23", "198.51.100.0/24"))))
                .isEmpty();
        assertThat(said(cloud.spec(a -> a.publicAccess(OFFICE, "198.51.100.0/24"))))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"AWS", "GCP"})
    void a_public_api_server_becomes_private(Cloud cloud) {
        osmo.apply(osmo.plan(cloud.spec(a -> a.publicAccess(OFFICE))));

        assertThat(said(cloud.spec(ApiEndpointBuilder::privateOnly)))
                .singleElement()
                .asString()
                .startsWith("The API server will no longer answer callers from the internet, now " + OFFICE
                        + " (apiEndpoint.publicAccess).")
                .contains(
                        cloud == Cloud.AWS
                                ? "also so for this host, unless it is in the network of the backend"
                                : "kubeconfigs with its address stop working");
    }

    /** A public address takes the place of the name, unless the settings keep both. */
    @Test
    void the_name_of_a_private_api_server_on_gke() {
        osmo.apply(osmo.plan(Cloud.GCP.spec(ApiEndpointBuilder::privateOnly)));

        assertThat(said(Cloud.GCP.spec(a -> a.publicAccess(OFFICE))))
                .singleElement()
                .asString()
                .contains("by its DNS name")
                .contains("only by its address from " + OFFICE)
                .endsWith("Set settings.dnsEndpoint to true to keep it.");
        assertThat(said(Cloud.GCP.spec(
                        a -> a.publicAccess(OFFICE),
                        s -> s.settings(GkeSettings.builder().dnsEndpoint(true).build()))))
                .isEmpty();
    }
}
