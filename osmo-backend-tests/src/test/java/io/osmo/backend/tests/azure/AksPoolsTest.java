// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.azure;

import static io.osmo.backend.tests.azure.AksBackend.GPU;
import static io.osmo.backend.tests.azure.AksBackend.POOL_DELETE;
import static io.osmo.backend.tests.azure.AksBackend.POOL_PUT;
import static io.osmo.backend.tests.azure.AksBackend.gpu;
import static io.osmo.backend.tests.azure.AksBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.ApplyHandle;
import io.osmo.backend.ApplyOptions;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.GpuDriver;
import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.error.OperationCancelledException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.error.UnsupportedChangeException;
import io.osmo.backend.plan.Action;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.fault.Call;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Agent pools: their names, what is fixed when they are made, and what AKS refuses in the end. */
class AksPoolsTest {
    private static final String BEHIND_A_TAINT =
            "; pods that do not tolerate kubernetes.azure.com/scalesetpriority=spot:NoSchedule cannot move there";

    private static final String POOLS = "resourceGroups/" + AksBackend.GROUP
            + "/providers/Microsoft.ContainerService/managedClusters/" + AksBackend.NAME + "/agentPools";

    private static BackendSpec named(String first, String second) {
        return spec(s -> s.gpuPool(first, p -> p.instanceType(GPU).scale(0, 2))
                .gpuPool(second, p -> p.instanceType(GPU).scale(0, 3)));
    }

    /** A name of AKS has twelve letters and digits at most; that of the spec is read back from a tag. */
    @Test
    void long_names_become_valid_ones_that_are_found_again_in_another_process() {
        BackendSpec spec = named("h100-training-east", "h100-training-west");
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec);
            List<String> names = backend.requests(POOL_PUT).stream()
                    .map(call -> call.path().substring(call.path().lastIndexOf('/') + 1))
                    .toList();
            assertThat(names)
                    .allMatch(name -> name.matches("[a-z][a-z0-9]{0,11}"))
                    .contains("operator", "cpu", "h100tre0e351")
                    .doesNotHaveDuplicates();

            try (OsmoBackends next = backend.clouds.open()) {
                assertThat(next.plan(spec).changes()).isEmpty();
                List<CloudFacts.Pool> pools = next.get(spec.ref())
                        .orElseThrow()
                        .facts()
                        .pools()
                        .known()
                        .orElseThrow();
                assertThat(pools)
                        .extracting(CloudFacts.Pool::specPool)
                        .contains(Optional.of("h100-training-east"), Optional.of("h100-training-west"));

                Plan plan = next.plan(named("h100-training-east", "h100-training-north"));

                assertThat(plan.changes())
                        .filteredOn(change -> change.resource().kind().equals("agent-pool"))
                        .extracting(change -> change.action() + " " + change.resource())
                        .containsExactlyInAnyOrder(
                                Action.CREATE + " agent-pool/h100-training-north",
                                Action.DELETE + " agent-pool/h100-training-west");
            }
        }
    }

    private static Stream<Arguments> fixed() {
        BackendSpec wide =
                spec(s -> s.gpuPool("gpu", p -> p.instanceType(GPU).scale(0, 2).diskGib(512)));
        BackendSpec zoned =
                spec(s -> s.gpuPool("gpu", p -> p.instanceType(GPU).scale(0, 2).zones("2")));
        BackendSpec spot =
                spec(s -> s.gpuPool("gpu", p -> p.instanceType(GPU).scale(0, 2).spot(true)));
        BackendSpec other = spec(s ->
                s.gpuPool("gpu", p -> p.instanceType("Standard_NC40ads_H100_v5").scale(0, 2)));
        return Stream.of(
                Arguments.of(
                        "gpuProfile.driver: None -> Install",
                        gpu(AksSettings.builder().gpuDriver(GpuDriver.AKS).build())),
                Arguments.of("osDiskSizeGB", wide),
                Arguments.of("availabilityZones", zoned),
                Arguments.of("scaleSetPriority", spot),
                Arguments.of("vmSize", other));
    }

    /** A second agent pool takes the place of the first one, which goes once that is ready. */
    @ParameterizedTest
    @MethodSource("fixed")
    void what_is_fixed_at_creation_takes_a_new_pool_beside_the_old_one(String field, BackendSpec changed) {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(gpu(AksSettings.defaults()));

            Plan plan = backend.osmo.plan(changed);

            assertThat(plan.disruption()).as("it has no nodes yet").isEqualTo(Disruption.NONE);
            String because = " because .*" + Pattern.quote(field.split(":")[0]) + ".* cannot be changed in place";
            assertThat(plan.changes())
                    .filteredOn(change -> change.resource().kind().equals("agent-pool"))
                    .extracting(change -> change.action() + " " + change.resource() + " " + change.reason())
                    .satisfiesExactly(
                            created -> assertThat(created)
                                    .matches("CREATE agent-pool/gpu[a-z0-9]{6} replaces agent-pool/gpu" + because),
                            deleted -> assertThat(deleted)
                                    .matches("DELETE agent-pool/gpu is replaced by agent-pool/gpu.{6}" + because
                                            + Pattern.quote(field.equals("scaleSetPriority") ? BEHIND_A_TAINT : "")));
            assertThat(plan.changes())
                    .filteredOn(change -> change.resource().kind().equals("agent-pool"))
                    .allSatisfy(change -> assertThat(change.fields())
                            .extracting(FieldChange::toString)
                            .anyMatch(difference -> difference.startsWith(field)));
            backend.azure().forgetCalls();
            backend.osmo.apply(plan);
            assertThat(backend.azure().calls())
                    .extracting(Call::operation)
                    .filteredOn(call -> call.equals(POOL_PUT) || call.equals(POOL_DELETE))
                    .as(field)
                    .containsExactly(POOL_PUT, POOL_DELETE);
            assertThat(backend.osmo.plan(changed).changes()).isEmpty();
        }
    }

    @Test
    void what_only_a_new_cluster_can_have_is_refused_in_words() {
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());

            assertThatThrownBy(() -> backend.osmo.plan(spec(s -> s.apiEndpoint(a -> a.publicAccess("203.0.113.0/24")))))
                    .isInstanceOf(UnsupportedChangeException.class)
                    .hasMessageContaining("apiEndpoint.publicAccess: false -> true (aks-cluster/backend)")
                    .hasMessageContaining("replacing it would destroy the backend");
        }
    }

    /** The list of VM sizes can name zones in which AKS makes no pool: learned only when it refuses. */
    @Test
    void a_zone_that_aks_refuses_although_it_is_listed_is_told_in_its_words() {
        try (AksBackend backend = new AksBackend()) {
            backend.azure()
                    .faults()
                    .onCall(POOL_PUT)
                    .refuse(
                            400,
                            "AvailabilityZoneNotSupported",
                            "The zone(s) '3' for resource 'cpu' is not supported. The supported zones for location"
                                    + " 'eastus2' are '1,2'");

            assertThatThrownBy(() -> backend.osmo.apply(backend.osmo.plan(spec())))
                    .isInstanceOf(PartialApplyException.class)
                    .hasMessageContaining("AvailabilityZoneNotSupported")
                    .hasMessageContaining("supported zones for location 'eastus2' are '1,2'");
        }
    }

    /** What an apply has asked for goes on after it is cancelled. If that fails, it is no answer to the next apply. */
    @Test
    void a_failure_after_a_cancellation_does_not_fail_the_next_apply() {
        String type = "Standard_D4s_v5";
        BackendSpec more =
                spec(s -> s.computePool("etl", p -> p.instanceType(type).scale(1, 2)));
        try (AksBackend backend = new AksBackend()) {
            backend.applied(spec());
            int before = backend.calls(POOL_PUT).size();
            backend.azure().faults().stockOut(type, AksBackend.REGION);
            ApplyHandle handle = backend.osmo.start(backend.osmo.plan(more), ApplyOptions.defaults());
            backend.time().after(Duration.ofSeconds(60), handle::cancel);

            assertThatThrownBy(handle::await).isInstanceOf(OperationCancelledException.class);
            assertThat(backend.calls(POOL_PUT)).hasSize(before + 1);
            backend.time().advance(Duration.ofHours(1));
            assertThat(backend.rest().get(POOLS + "/etl").body().at("/properties/provisioningState"))
                    .hasToString("\"Failed\"");
            backend.azure().faults().restock(type, AksBackend.REGION);

            backend.applied(more);
        }
    }
}
