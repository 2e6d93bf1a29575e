// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.PermissionDeniedException;
import com.google.api.gax.rpc.ResourceExhaustedException;
import com.google.api.gax.rpc.StatusCode;
import com.google.api.gax.rpc.UnavailableException;
import com.google.api.gax.rpc.UnimplementedException;
import com.google.container.v1.GetJSONWebKeysRequest;
import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.internal.gcp.GcpModels;
import io.osmo.backend.testkit.internal.gcp.GcpTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DispatcherTest extends GcpTest {
    @Test
    void unknown_fields_are_refused_and_recorded() {
        String path = "/compute/v1/projects/" + PROJECT + "/global/networks";
        assertThatThrownBy(() -> rest().post(
                                GcpService.COMPUTE, path, json("{'name':'n','autoCreateSubnetworks':false,'bogus':1}")))
                .hasMessageContaining("Cannot find field: bogus");
        assertThatThrownBy(() -> rest().get(GcpService.COMPUTE, path + "?labels=x"))
                .hasMessageContaining("Cannot find field: labels");
        assertThatThrownBy(() -> rest().get(GcpService.COMPUTE, path + "/a/b/c"))
                .hasMessageContaining("was not found on this server");

        assertThat(models.violations()).hasSize(2);
        models = GcpModels.create();
    }

    @Test
    void faults_follow_their_rules() {
        gcp.faults().onCall("compute.networks.insert").nth(2).loseResponse();
        gcp.faults().onCall("container.Get*").times(1).throttle();
        gcp.faults().onCall("cloudkms.*").failWith5xx();
        gcp.faults().onCall("container.ListClusters").deny();
        network("a");

        assertThatThrownBy(() -> network("b")).isInstanceOf(ApiException.class);
        assertThat(gcp.inventory()).containsExactly("networks a", "networks b");
        assertThat(gcp.calls()).hasSize(2);
        assertThatThrownBy(() -> clients.clusters().getServerConfig(PARENT))
                .isInstanceOf(ResourceExhaustedException.class);
        assertThat(clients.clusters().getServerConfig(PARENT).getChannelsList()).hasSize(4);
        assertThatThrownBy(this::key).isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> clients.clusters().listClusters(PARENT)).isInstanceOf(PermissionDeniedException.class);
    }

    @Test
    void a_crash_ends_the_process_on_both_wires_and_a_slow_call_takes_longer() {
        gcp.faults().onCall("compute.networks.insert").nth(1).crashAfter();
        assertThatThrownBy(() -> run(() -> network("a"))).isInstanceOf(VirtualTime.SimulatedCrash.class);
        assertThat(gcp.inventory()).containsExactly("networks a");

        gcp.faults().onCall("cloudkms.CreateKeyRing").nth(1).crashBefore();
        assertThatThrownBy(() -> run(() -> {
                    try {
                        key();
                    } catch (ApiException caught) {
                        // Swallowing it does not help: no later call takes effect.
                        network("b");
                    }
                }))
                .isInstanceOf(VirtualTime.SimulatedCrash.class);
        assertThat(gcp.inventory()).containsExactly("networks a");

        gcp.faults().onCall("compute.networks.*").delay(Duration.ofSeconds(30));
        Instant begun = time.now();
        run(() -> network("c"));
        assertThat(Duration.between(begun, time.now())).isEqualTo(Duration.ofMillis(30_200));
    }

    private void run(Runnable work) {
        try {
            time.await(
                    time.call(() -> {
                        work.run();
                        return true;
                    }),
                    Duration.ofHours(1));
        } catch (java.util.concurrent.TimeoutException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void methods_that_are_not_emulated_say_so() {
        assertThatThrownBy(() -> clients.clusters()
                        .getJSONWebKeys(GetJSONWebKeysRequest.newBuilder()
                                .setParent(CLUSTER)
                                .build()))
                .isInstanceOf(UnimplementedException.class)
                .hasMessageContaining("container.GetJSONWebKeys is not emulated");
        assertThatThrownBy(() -> clients.networks().getEffectiveFirewalls(PROJECT, "n"))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> assertThat(e.getStatusCode().getCode()).isEqualTo(StatusCode.Code.UNIMPLEMENTED));
    }
}
