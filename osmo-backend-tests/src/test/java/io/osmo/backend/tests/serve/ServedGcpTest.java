// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.NotFoundException;
import com.google.api.gax.rpc.UnauthenticatedException;
import com.google.api.gax.rpc.UnavailableException;
import com.google.auth.ApiKeyCredentials;
import com.google.auth.Credentials;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.GcpProvider;
import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.gcp.GcpTarget;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.cloud.ServedCloud;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Plain requests to the emulated services of Google Cloud. */
class ServedGcpTest {
    private static final String PROJECT = "projects/osmo-emulated";
    private static final String COMPUTE = "/compute/compute/v1/" + PROJECT;
    private static final String GKE = "/container/v1/" + PROJECT + "/locations/us-central1";
    private static final String KMS = "/cloudkms/v1/" + PROJECT + "/locations/us-central1/keyRings";

    private final EmulatedClouds clouds = EmulatedClouds.create();
    private final ServedCloud served =
            clouds.gcp().serve(Duration.ofSeconds(30)).orElseThrow();
    private final Curl google = new Curl(served.url(), "Bearer emulated");

    @AfterEach
    void stop() {
        served.close();
        clouds.close();
    }

    private GcpTarget target(Credentials credentials) {
        GcpTarget.Builder target =
                GcpTarget.builder(() -> "osmo-emulated", () -> credentials).attempts(1);
        for (String endpoint : served.environment().get("OSMO_GCP_ENDPOINTS").split(",", -1)) {
            String[] parts = endpoint.split("=", 2);
            target.endpoint(GcpService.valueOf(parts[0]), URI.create(parts[1]));
        }
        return target.build();
    }

    @Test
    void the_provider_makes_over_the_network_what_it_makes_in_this_process() {
        BackendSpec spec = BackendSpec.builder("train-central")
                .on("gcp", "us-central1")
                .deletionProtection(false)
                .computePool("cpu", p -> p.instanceType("n2-standard-8").scale(1, 2))
                .build();
        GoogleCredentials token = GoogleCredentials.create(new AccessToken("emulated", null));
        try (EmulatedClouds others = EmulatedClouds.create();
                OsmoBackends here = others.open();
                OsmoBackends there = OsmoBackends.builder()
                        .provider(new GcpProvider((region, settings) -> GcpClients.connect(target(token))))
                        .scheduler(VirtualTime.create())
                        .build()) {
            here.apply(here.plan(spec));

            there.apply(there.plan(spec));

            assertThat(clouds.gcp().inventory()).isEqualTo(others.gcp().inventory());
            assertThat(there.plan(spec).isEmpty()).isTrue();
            assertThat(there.list("gcp", "us-central1")).hasSize(1);
            assertThat(there.get(spec.ref())
                            .orElseThrow()
                            .access()
                            .orElseThrow()
                            .endpoint())
                    .isEqualTo(clouds.gcp().cluster(spec.ref()).endpoint());
            there.apply(there.planDestroy(spec.ref()));
            here.apply(here.planDestroy(spec.ref()));
            assertThat(clouds.gcp().inventory()).isEqualTo(others.gcp().inventory());
        }
    }

    @Test
    void grpc_is_refused_as_google_refuses_it() {
        String missing = PROJECT + "/locations/us-central1/clusters/none";
        try (GcpClients known =
                        GcpClients.connect(target(GoogleCredentials.create(new AccessToken("emulated", null))));
                GcpClients stranger = GcpClients.connect(target(ApiKeyCredentials.create("key")))) {
            Duration before = clouds.time().elapsed();
            assertThatThrownBy(() -> known.clusters().getCluster(missing))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining("clusters/none");
            assertThat(clouds.time().elapsed().minus(before)).isGreaterThanOrEqualTo(Duration.ofSeconds(30));
            assertThatThrownBy(() -> stranger.clusters().getCluster(missing))
                    .isInstanceOf(UnauthenticatedException.class)
                    .hasMessageContaining("missing required authentication credential");
            clouds.gcp().faults().onCall("container.GetCluster").nth(1).crashBefore();
            assertThatThrownBy(() -> known.clusters().getCluster(missing)).isInstanceOf(UnavailableException.class);
            served.close();
            assertThatThrownBy(() -> known.clusters().getCluster(missing)).isInstanceOf(UnavailableException.class);
        }
    }

    @Test
    void clients_without_credentials_get_a_token_from_the_metadata_server() {
        Curl metadata = new Curl(URI.create("http://" + served.environment().get("GCE_METADATA_HOST")), "");
        String token = "/computeMetadata/v1/instance/service-accounts/default/token";

        assertThat(metadata.send("GET", token, "", "Metadata-Flavor", "Google").text("/access_token"))
                .isEqualTo("emulated");
        assertThat(metadata.send("GET", "/", "", "Metadata-Flavor", "Google").header("Metadata-Flavor"))
                .isEqualTo("Google");
        assertThat(metadata.send("GET", "/computeMetadata/v1/project/project-id", "", "Metadata-Flavor", "Google")
                        .body())
                .isEqualTo("osmo-emulated");
        assertThat(metadata.send("GET", "/computeMetadata/v1/instance/zone", "", "Metadata-Flavor", "Google")
                        .status())
                .isEqualTo(404);
        // As a page in a browser would ask, which cannot set this header.
        assertThat(metadata.get(token).status()).isEqualTo(403);
    }

    private Curl.Answer post(String path, String body) {
        Curl.Answer answer = google.send("POST", path, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private void compute(String collection, String body) {
        String operation = post(COMPUTE + "/" + collection, body).text("/name");
        String scope = collection.substring(0, collection.lastIndexOf('/') + 1);
        google.poll(
                COMPUTE + "/" + (scope.isEmpty() ? "global/" : scope) + "operations/" + operation,
                answer -> answer.text("/status").equals("DONE"));
    }

    @Test
    void curl_makes_a_cluster_polls_its_operation_lists_and_deletes_it() {
        compute("global/networks", "{`name`:`n`,`autoCreateSubnetworks`:false}");
        compute(
                "regions/us-central1/subnetworks",
                "{`name`:`s`,`network`:`" + PROJECT + "/global/networks/n`,`ipCidrRange`:`10.0.0.0/20`,"
                        + "`secondaryIpRanges`:[{`rangeName`:`pods`,`ipCidrRange`:`10.4.0.0/14`},"
                        + "{`rangeName`:`services`,`ipCidrRange`:`10.8.0.0/20`}]}");

        Curl.Answer begun = post(
                GKE + "/clusters",
                "{`cluster`:{`name`:`c`,`network`:`" + PROJECT + "/global/networks/n`,`subnetwork`:`" + PROJECT
                        + "/regions/us-central1/subnetworks/s`,`ipAllocationPolicy`:{`useIpAliases`:true,"
                        + "`clusterSecondaryRangeName`:`pods`,`servicesSecondaryRangeName`:`services`},"
                        + "`nodePools`:[{`name`:`cpu`,`initialNodeCount`:1,`config`:{`machineType`:`n2-standard-4`}}]}}");

        assertThat(begun.text("/operationType")).isEqualTo("CREATE_CLUSTER");
        assertThat(google.get(GKE + "/clusters/c").text("/status")).isEqualTo("PROVISIONING");
        google.poll(
                GKE + "/operations/" + begun.text("/name"),
                answer -> answer.text("/status").equals("DONE"));
        assertThat(google.get(GKE + "/clusters/c").text("/status")).isEqualTo("RUNNING");
        assertThat(google.get(GKE + "/clusters").text("/clusters/0/name")).isEqualTo("c");
        Curl.Answer deletion = google.send("DELETE", GKE + "/clusters/c", "");
        google.poll(
                GKE + "/operations/" + deletion.text("/name"),
                answer -> answer.text("/status").equals("DONE"));
        Curl.Answer gone = google.get(GKE + "/clusters/c");
        assertThat(gone.status() + " " + gone.text("/error/code") + " " + gone.text("/error/status"))
                .isEqualTo("404 404 NOT_FOUND");
        assertThat(gone.text("/error/message")).contains("clusters/c");
    }

    @Test
    void services_that_the_provider_calls_by_grpc_are_reached_too() {
        post(KMS + "?keyRingId=r", "{}");
        post(KMS + "/r/cryptoKeys?cryptoKeyId=k", "{`purpose`:`ENCRYPT_DECRYPT`}");

        assertThat(google.get(KMS + "/r/cryptoKeys").text("/cryptoKeys/0/primary/state"))
                .isEqualTo("ENABLED");
        assertThat(google.get("/serviceusage/v1/" + PROJECT + "/services/container.googleapis.com")
                        .text("/state"))
                .isEqualTo("ENABLED");
        assertThat(google.get("/iam/v1/" + PROJECT + "/serviceAccounts").status())
                .isEqualTo(200);
        assertThat(google.get("/gkebackup/v1/" + PROJECT + "/locations/us-central1/backupPlans")
                        .status())
                .isEqualTo(200);
        assertThat(served.environment())
                .containsEntry("CLOUDSDK_API_ENDPOINT_OVERRIDES_CONTAINER", served.url() + "/container/")
                .containsEntry("CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE", served.url() + "/compute/compute/v1/")
                .containsEntry("CLOUDSDK_CORE_PROJECT", "osmo-emulated");
    }

    @Test
    void requests_are_refused_in_the_words_of_google() {
        Curl.Answer anonymous = new Curl(served.url(), "").get(GKE + "/clusters");
        assertThat(anonymous.status() + " " + anonymous.text("/error/status")).isEqualTo("401 UNAUTHENTICATED");
        assertThat(google.get("/v1/" + PROJECT).status()).isEqualTo(404);
        assertThat(google.send("POST", GKE + "/clusters", "{`color`:`red`}").text("/error/message"))
                .contains("Invalid JSON payload received", "color");
        assertThat(google.send("POST", GKE + "/clusters", "{").text("/error/status"))
                .isEqualTo("INVALID_ARGUMENT");
        clouds.gcp().faults().onCall("cloudkms.CreateKeyRing").nth(1).loseResponse();
        clouds.gcp().faults().onCall("cloudkms.CreateKeyRing").nth(1).crashAfter();
        assertThatThrownBy(() -> post(KMS + "?keyRingId=a", "{}")).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> post(KMS + "?keyRingId=b", "{}")).isInstanceOf(UncheckedIOException.class);
        assertThat(google.get(KMS).json().at("/keyRings")).hasSize(2);
    }
}
