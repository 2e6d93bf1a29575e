// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.aws;

import static io.osmo.backend.tests.aws.EksBackend.NAME;
import static io.osmo.backend.tests.aws.EksBackend.REGION;
import static io.osmo.backend.tests.aws.EksBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.Backend;
import io.osmo.backend.error.GuardedException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.testkit.fault.Call;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Destroying takes along what the cluster's controllers have made, and tells what is left. */
class EksDestroyTest {
    @Test
    void load_balancers_volumes_interfaces_groups_and_logs_of_the_cluster_go_too() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec());
            backend.aws().plantLoadBalancer(REGION, NAME, "web");
            backend.aws().plantVolume(REGION, NAME, "data");
            assertThat(backend.aws().inventory()).anyMatch(line -> line.startsWith("volume"));

            Backend destroyed = backend.destroyed();

            assertThat(backend.remains()).isEmpty();
            assertThat(destroyed.leftovers()).extracting(Leftover::kind).containsOnly("kms-key");
        }
    }

    @Test
    void services_and_claims_are_deleted_while_their_controllers_run() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec());
            var cluster = backend.aws().cluster(REGION, NAME);
            cluster.put(Map.of(
                    "apiVersion",
                    "v1",
                    "kind",
                    "Service",
                    "metadata",
                    Map.of("name", "web", "namespace", "default"),
                    "spec",
                    Map.of("type", "LoadBalancer")));
            cluster.put(Map.of(
                    "apiVersion",
                    "v1",
                    "kind",
                    "PersistentVolumeClaim",
                    "metadata",
                    Map.of("name", "data", "namespace", "default"),
                    "spec",
                    Map.of("accessModes", List.of("ReadWriteOnce"))));

            var plan = backend.osmo.planDestroy(spec().ref());
            assertThat(EksBackend.ids(plan)).contains("DELETE workload/load-balancers", "DELETE workload/volumes");
            backend.osmo.apply(plan);

            assertThat(cluster.has("Service", "default", "web")).isFalse();
            assertThat(cluster.has("PersistentVolumeClaim", "default", "data")).isFalse();
            assertThat(backend.remains()).isEmpty();
        }
    }

    /** Nothing else of ours would be left to look for it again. */
    @Test
    void a_log_group_that_was_refused_goes_with_the_next_destruction() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec());
            backend.aws().faults().onCall("logs:DeleteLogGroup").deny();
            assertThatThrownBy(backend::destroyed)
                    .isInstanceOf(PartialApplyException.class)
                    .hasMessageContaining("sweep/log-group");
            backend.aws().faults().clear();

            backend.destroyed();

            assertThat(backend.remains()).isEmpty();
        }
    }

    @Test
    void an_endpoint_goes_before_the_route_tables_that_its_routes_are_in() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec(s -> s));
            backend.aws().forgetCalls();

            backend.destroyed();

            assertThat(backend.aws().calls())
                    .extracting(Call::operation)
                    .filteredOn(Set.of("ec2:DeleteVpcEndpoints", "ec2:DeleteRouteTable")::contains)
                    .startsWith("ec2:DeleteVpcEndpoints")
                    .contains("ec2:DeleteRouteTable");
        }
    }

    @Test
    void a_protected_cluster_stays() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec(s -> s.deletionProtection(true)));

            assertThatThrownBy(backend::destroyed)
                    .isInstanceOfSatisfying(
                            GuardedException.class,
                            refused -> assertThat(refused.remedy()).contains("Set deletionProtection to false"));

            assertThat(backend.aws().inventory()).contains("cluster train-west 1.35 ACTIVE");
        }
    }

    @Test
    void a_development_backend_applies_and_goes_without_a_trace() {
        try (EksBackend backend = new EksBackend()) {
            var spec = spec(s -> s.profile(io.osmo.backend.spec.Profile.DEVELOPMENT));
            backend.applied(spec);

            backend.destroyed();

            assertThat(backend.remains()).isEmpty();
        }
    }
}
