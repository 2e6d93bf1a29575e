// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.azure;

import static io.osmo.backend.tests.azure.AksBackend.CLUSTER_PUT;
import static io.osmo.backend.tests.azure.AksBackend.GROUP;
import static io.osmo.backend.tests.azure.AksBackend.NAME;
import static io.osmo.backend.tests.azure.AksBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.testkit.fault.Call;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** ARM says how long it wants to be left alone, and is left alone for so long. */
class AksThrottlingTest {
    /** What ARM asks for when a rule throttles it. */
    private static final Duration ASKED = Duration.ofSeconds(10);

    private static List<Duration> pauses(List<Call> calls) {
        return java.util.stream.IntStream.range(1, calls.size())
                .mapToObj(i ->
                        Duration.between(calls.get(i - 1).at(), calls.get(i).at()))
                .toList();
    }

    @Test
    void a_write_that_was_throttled_comes_again_when_arm_says() {
        try (AksBackend backend = new AksBackend()) {
            backend.azure().faults().onCall(CLUSTER_PUT).times(3).throttle();

            backend.applied(spec());

            assertThat(pauses(backend.calls(CLUSTER_PUT))).hasSize(3).allMatch(pause -> pause.compareTo(ASKED) >= 0);
        }
    }

    /** Asking how an operation goes is throttled too, which ends neither the operation nor the waiting for it. */
    @Test
    void asking_about_a_running_operation_pauses_as_long_as_arm_says() {
        try (AksBackend backend = new AksBackend()) {
            backend.azure()
                    .faults()
                    .onCalls(call -> call.operation().equals("POLL Microsoft.ContainerService"))
                    .times(4)
                    .throttle();

            backend.applied(spec(s -> s.backup(b -> b.enabled(false))));

            List<Call> polls = backend.calls("POLL Microsoft.ContainerService");
            assertThat(pauses(polls.subList(0, 5))).allMatch(pause -> pause.compareTo(ASKED) >= 0);
            assertThat(backend.calls(CLUSTER_PUT)).hasSize(1);
        }
    }

    /** AKS takes twenty changes of a cluster at once and then one a minute. */
    @Test
    void the_bucket_of_a_cluster_that_others_have_emptied_is_waited_for() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            String cluster =
                    "resourceGroups/" + GROUP + "/providers/Microsoft.ContainerService/managedClusters/" + NAME;
            int status = 0;
            for (int i = 0; i < 30 && status != 429; i++) {
                // Refused for want of an identity, and counted nevertheless.
                status = backend.rest().put(cluster, "{`location`:`eastus2`}").status();
            }
            assertThat(status).isEqualTo(429);
            backend.azure().forgetCalls();

            backend.applied(spec(s ->
                    s.settings(AksSettings.builder().upgradeChannel("patch").build())));

            assertThat(backend.calls(CLUSTER_PUT)).as("one refused, one taken").hasSize(2);
        }
    }
}
