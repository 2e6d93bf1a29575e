// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.existing.EmulatedExisting;
import io.osmo.backend.testkit.osmo.EmulatedOsmoService;
import io.osmo.backend.values.OsmoValues;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a preflight asks the OSMO service, the same for all providers. */
class ServicePreflightTest {
    private static final String TOKEN = "not-a-real-token-but-as-long-as-one-has-to-";
    private static final BackendSpec SPEC = BackendSpec.builder("train-west")
            .on("existing", "lab")
            .computePool("cpu", p -> p.instanceType("lab-8").scale(1, 4))
            .osmo(o -> o.release("6.4.0").serviceUrl("https://osmo.example.com").token(() -> TOKEN))
            .build();

    private final VirtualTime time = VirtualTime.create();
    private final EmulatedExisting cloud = EmulatedExisting.on(time)
            .nodes(1, "lab-4", Map.of("node-type", "operator"))
            .nodes(2, "lab-8", Map.of("node-type", "compute"));
    private final EmulatedOsmoService service = EmulatedOsmoService.on(time);
    private final OsmoBackends osmo = OsmoBackends.builder()
            .provider(cloud.provider())
            .scheduler(time)
            .osmoService(client -> client.url(service.url().toString()))
            .build();

    @AfterEach
    void close() {
        osmo.close();
        service.close();
        cloud.close();
    }

    private List<String> findings() {
        return findings(SPEC);
    }

    private List<String> findings(BackendSpec spec) {
        List<PreflightFinding> all = osmo.preflight(spec).findings().stream()
                .filter(finding -> finding.check().startsWith("preflight.osmo-"))
                .toList();
        assertThat(all).allMatch(f -> f.status() == Status.PASS || !f.remedy().isEmpty());
        assertThat(all.toString()).doesNotContain(TOKEN);
        return all.stream()
                .map(f -> f.status() + " " + f.check().substring("preflight.osmo-".length()) + " " + f.message())
                .toList();
    }

    private void ready() {
        service.declare(OsmoValues.of(SPEC));
        service.credential("train-west", TOKEN);
    }

    @Test
    void a_service_that_is_ready_passes() {
        ready();

        assertThat(findings())
                .containsExactly(
                        "PASS service OSMO 6.4.0 at " + service.url(),
                        "PASS token the OSMO service accepts osmo.token",
                        "PASS name no cluster has the name train-west in the OSMO service yet");
    }

    @Test
    void a_name_may_be_bound_to_this_cluster_and_to_no_other() {
        ready();
        String uid = cloud.cluster(SPEC.ref())
                .json("Namespace", "", "kube-system")
                .replaceAll(".*\"uid\":\"([^\"]*)\".*", "$1");
        var operator = service.operator("train-west").uid(uid).connect(TOKEN);
        assertThat(operator.connected()).isTrue();
        assertThat(findings()).contains("PASS name train-west is bound to this cluster");

        BackendSpec east =
                SPEC.toBuilder().osmo(o -> o.backendName("train-east")).build();
        service.declare(OsmoValues.of(east));
        service.credential("train-east", "b".repeat(43));
        assertThat(service.operator("train-east")
                        .uid("another")
                        .connect("b".repeat(43))
                        .connected())
                .isTrue();
        assertThat(findings(east))
                .anyMatch(f -> f.startsWith(
                        "FAIL name the OSMO service has train-east bound to the cluster another, and this one is "
                                + uid));
    }

    @Test
    void another_release_a_refused_token_and_a_service_that_is_none_are_told() {
        service.declare(OsmoValues.of(SPEC));
        BackendSpec other = SPEC.toBuilder().osmo(o -> o.release("6.4.1")).build();
        assertThat(findings(other).get(0))
                .isEqualTo("FAIL service the OSMO service is of release 6.4.0, and the spec is for 6.4.1");
        assertThat(findings().get(1)).startsWith("FAIL token ").contains("Access Token is invalid");

        service.faults().onCall("GET api/version").refuse(200, "", "<html>");
        assertThat(findings()).singleElement().asString().startsWith("UNKNOWN service ");
    }

    @Test
    void it_is_not_asked_unless_the_host_says_so() {
        try (OsmoBackends silent = OsmoBackends.builder()
                .provider(cloud.provider())
                .scheduler(time)
                .build()) {
            silent.preflight(SPEC);
        }

        assertThat(service.calls()).isEmpty();
    }
}
