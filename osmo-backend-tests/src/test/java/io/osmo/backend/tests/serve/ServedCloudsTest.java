// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.ServedClouds;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ServedCloudsTest {
    private static Set<Thread> servers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("HTTP-Dispatcher"))
                .collect(Collectors.toSet());
    }

    @Test
    void all_clouds_with_endpoints_are_served_until_it_is_closed() throws Exception {
        Set<Thread> before = servers();
        try (EmulatedClouds clouds = EmulatedClouds.create()) {
            Curl azure;
            try (ServedClouds served = clouds.serve()) {
                assertThat(served.ids()).containsExactlyInAnyOrder("aws", "azure", "gcp");
                assertThat(served.environment())
                        .containsEntry("AWS_ENDPOINT_URL", served.url("aws").toString())
                        .containsKeys("AZURE_SUBSCRIPTION_ID", "CLOUDSDK_API_ENDPOINT_OVERRIDES_CONTAINER");
                assertThat(served.toString().lines()).contains("azure  " + served.url("azure"));
                assertThat(served.url("azure").getHost()).isEqualTo("127.0.0.1");
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> served.url("existing"))
                        .withMessageContaining("aws");
                azure = new Curl(served.url("azure"), "Bearer emulated");
                Duration begin = clouds.time().elapsed();
                assertThat(azure.get("/subscriptions?api-version=2022-12-01").status())
                        .isNotEqualTo(500);
                assertThat(clouds.time().elapsed().minus(begin))
                        .isEqualTo(clouds.time().latency().plusSeconds(30));
                // A call of this process that waits for the server decides itself how time passes.
                begin = clouds.time().elapsed();
                clouds.time().await(clouds.time().call(() -> azure.get("/")), Duration.ofHours(1));
                assertThat(clouds.time().elapsed().minus(begin))
                        .isEqualTo(clouds.time().latency());
            }
            assertThatThrownBy(() -> azure.get("/")).isInstanceOf(UncheckedIOException.class);
        }
        assertThat(servers()).isSubsetOf(before);
    }

    @Test
    void the_clouds_stop_their_servers_though_a_client_has_not_sent_all() throws Exception {
        Set<Thread> before = servers();
        EmulatedClouds clouds = EmulatedClouds.create();
        ServedClouds served = clouds.serve();
        try (Socket client = new Socket("127.0.0.1", served.url("aws").getPort())) {
            client.getOutputStream()
                    .write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            clouds.close();
        }
        served.close();
        assertThat(servers()).isSubsetOf(before);
    }
}
