// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.AbortedException;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.cloud.compute.v1.AggregatedListMachineTypesRequest;
import com.google.cloud.compute.v1.ListNetworksRequest;
import com.google.cloud.compute.v1.Network;
import com.google.cloud.compute.v1.Router;
import com.google.cloud.compute.v1.RouterNat;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.internal.gcp.GcpTest;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class ComputeEngineTest extends GcpTest {
    @Test
    void a_network_is_not_ready_before_its_operation_is_done() {
        network("n");
        assertThat(clients.networks().get(PROJECT, "n").getSelfLink()).endsWith("/global/networks/n");
        assertThat(clients.globalOperations().list(PROJECT).iterateAll())
                .singleElement()
                .satisfies(o -> assertThat(o.getStatus().name()).isEqualTo("RUNNING"));

        refused("resourceNotReady", () -> subnetwork("s", "n", "10.0.0.0/20", "10.100.0.0/16"));
        refused("cannot be found", () -> subnetwork("s", "m", "10.0.0.0/20", "10.100.0.0/16"));
        // The REST client knows only one meaning of 409.
        assertThatThrownBy(() -> network("n"))
                .isInstanceOf(AbortedException.class)
                .hasStackTraceContaining("alreadyExists");
        assertThatThrownBy(() -> network("Bad_Name")).isInstanceOf(InvalidArgumentException.class);

        time.advance(Duration.ofMinutes(1));
        assertThat(clients.globalOperations().list(PROJECT).iterateAll())
                .singleElement()
                .satisfies(o -> assertThat(o.getStatus().name()).isEqualTo("DONE"));
        subnetwork("s", "n", "10.0.0.0/20", "10.100.0.0/16");
    }

    @Test
    void ranges_that_overlap_are_refused() {
        readyNetwork();

        refused("conflicts with existing subnetwork 's'", () -> subnetwork("t", "n", "10.0.8.0/24", "10.101.0.0/16"));
        refused("conflicts", () -> subnetwork("t", "n", "10.1.0.0/20", "10.100.128.0/20"));
        refused("conflicts", () -> subnetwork("t", "n", "10.100.0.0/20", "10.101.0.0/16"));
        refused("Must be a CIDR range", () -> subnetwork("t", "n", "10.1.0.1/20", "10.101.0.0/16"));
    }

    @Test
    void resources_in_use_cannot_be_deleted() {
        readyNetwork();
        var unused = clients.routers()
                .insertCallable()
                .call(com.google.cloud.compute.v1.InsertRouterRequest.newBuilder()
                        .setProject(PROJECT)
                        .setRegion(REGION)
                        .setRouterResource(Router.newBuilder()
                                .setName("r")
                                .setNetwork("projects/" + PROJECT + "/global/networks/n")
                                .addNats(RouterNat.newBuilder()
                                        .setName("nat")
                                        .setNatIpAllocateOption("AUTO_ONLY")
                                        .setSourceSubnetworkIpRangesToNat("ALL_SUBNETWORKS_ALL_IP_RANGES")))
                        .build());
        time.advance(Duration.ofMinutes(1));

        refused("resourceInUseByAnotherResource", () -> delete("networks", "global/networks/n"));
        delete("routers", "regions/" + REGION + "/routers/r");
        delete("subnetworks", "regions/" + REGION + "/subnetworks/s");
        time.advance(Duration.ofMinutes(1));
        delete("networks", "global/networks/n");
        time.advance(Duration.ofMinutes(1));
        assertThat(gcp.inventory()).isEmpty();
        refused("was not found", () -> delete("networks", "global/networks/n"));
    }

    @Test
    void a_repeated_request_id_has_no_second_effect_and_lists_come_in_pages() {
        for (String name : List.of("a", "b", "c")) {
            network(name);
        }
        var request = com.google.cloud.compute.v1.InsertNetworkRequest.newBuilder()
                .setProject(PROJECT)
                .setRequestId("11111111-2222-4333-8444-555555555555")
                .setNetworkResource(Network.newBuilder().setName("d").setAutoCreateSubnetworks(false))
                .build();
        assertThat(clients.networks().insertCallable().call(request).getName())
                .isEqualTo(clients.networks().insertCallable().call(request).getName());
        gcp.forgetCalls();

        assertThat(clients.networks().list(PROJECT).iterateAll())
                .extracting(Network::getName)
                .containsExactly("a", "b", "c", "d");
        assertThat(gcp.calls()).hasSize(2).allMatch(Call::reads);
        assertThat(clients.networks()
                        .list(ListNetworksRequest.newBuilder()
                                .setProject(PROJECT)
                                .setFilter("(name eq \"[bc]\") OR (name = d)")
                                .build())
                        .iterateAll())
                .hasSize(3);
        refused(
                "Invalid list filter",
                () -> clients.networks()
                        .list(ListNetworksRequest.newBuilder()
                                .setProject(PROJECT)
                                .setFilter("bogus = 1")
                                .build()));
    }

    @Test
    void machine_types_are_listed_with_their_accelerators() {
        reopen(b -> b);
        var found = StreamSupport.stream(
                        clients.machineTypes()
                                .aggregatedList(AggregatedListMachineTypesRequest.newBuilder()
                                        .setProject(PROJECT)
                                        .setFilter("name eq \"n1-standard-4.*|a3-highgpu-8g\"")
                                        .build())
                                .iterateAll()
                                .spliterator(),
                        false)
                .filter(e -> e.getKey().startsWith("zones/" + REGION))
                .flatMap(e -> e.getValue().getMachineTypesList().stream())
                .map(t -> t.getName() + " " + t.getZone() + " " + t.getAcceleratorsCount())
                .toList();

        assertThat(found)
                .contains("n1-standard-4 us-central1-a 0", "a3-highgpu-8g us-central1-a 1")
                .noneMatch(t -> t.contains("nvidia"));
        assertThat(clients.regions().get(PROJECT, REGION).getQuotasList())
                .anySatisfy(q -> assertThat(q.getMetric()).isEqualTo("NVIDIA_T4_GPUS"));
    }
}
