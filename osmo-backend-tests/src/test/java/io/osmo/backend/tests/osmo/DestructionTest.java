// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.osmo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.GuardedException;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.existing.EmulatedExisting;
import io.osmo.backend.testkit.osmo.EmulatedOsmoService;
import io.osmo.backend.testkit.osmo.OsmoCharts;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A destruction says what the OSMO service still has of the backend: nothing in a cloud removes that. */
class DestructionTest {
    private static final String TOKEN = "not-a-real-token-but-as-long-as-one-has-to-";

    private static BackendSpec spec(String provider, String region, String cpu, String release) {
        return BackendSpec.builder("train-west")
                .on(provider, region)
                .deletionProtection(false)
                .computePool("cpu", p -> p.instanceType(cpu).scale(1, 4))
                .osmo(o -> o.release(release)
                        .serviceUrl("https://osmo.example.com")
                        .token(() -> TOKEN))
                .build();
    }

    private static List<String> ofService(List<Leftover> leftovers) {
        return leftovers.stream()
                .filter(left -> left.kind().equals("osmo-backend"))
                .map(Leftover::toString)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "aws, us-west-2, m7i.2xlarge, 6.4.0",
        "gcp, us-central1, n2-standard-8, 6.3.1",
        "azure, eastus2, Standard_D8s_v5, 6.4.0",
    })
    void plan_and_end_say_what_to_remove_at_the_service(String provider, String region, String cpu, String release) {
        BackendSpec spec = spec(provider, region, cpu, release);
        try (EmulatedClouds clouds = EmulatedClouds.create();
                EmulatedOsmoService service = EmulatedOsmoService.builder(clouds.time())
                        .release(release)
                        .build();
                OsmoBackends osmo = clouds.open(host ->
                        host.osmoService(client -> client.url(service.url().toString())))) {
            Backend backend = osmo.apply(osmo.plan(spec));
            register(service, release);
            assertThat(osmo.planDestroy(spec).warnings())
                    .as("the service has never heard of it")
                    .isEmpty();
            service.declare(osmo.values(spec, backend));

            Plan plan = osmo.planDestroy(spec);
            List<String> left = ofService(osmo.apply(plan).leftovers());

            String entries = (release.startsWith("6.4") ? "configuration" : "services.configs")
                    + ", backends.train-west, podTemplates.train-west-cpu, pools.default";
            assertThat(plan.warnings())
                    .singleElement()
                    .asString()
                    .contains("pool default")
                    .contains(entries);
            assertThat(left)
                    .singleElement()
                    .asString()
                    .contains("the OSMO service still has it")
                    .contains(entries);
            assertThat(ofService(osmo.leftovers(spec))).isEqualTo(left);
            assertThat(plan + plan.toJson() + left).doesNotContain(TOKEN);

            service.faults().onCall("GET api/configs/backend/train-west").refuse(502, "", "bad gateway");
            assertThat(ofService(osmo.leftovers(spec)))
                    .singleElement()
                    .asString()
                    .contains("whether the OSMO service still has it is not known: ");
        }
    }

    private static void register(EmulatedOsmoService service, String release) {
        if (release.startsWith("6.4")) {
            service.credential("train-west", TOKEN);
        } else {
            service.token(TOKEN, LocalDate.of(2027, 6, 1), "osmo-backend");
        }
    }

    /** As workflows do. */
    private static void run(EmulatedCluster cluster) {
        cluster.put(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Pod",
                "metadata",
                Map.of(
                        "name",
                        "wf-1",
                        "namespace",
                        "osmo-workflows",
                        "finalizers",
                        List.of("osmo.nvidia.com/cleanup"))));
    }

    @Test
    void workflows_are_not_left_behind_whoever_installed_the_operator() {
        VirtualTime time = VirtualTime.create();
        try (EmulatedExisting cloud = EmulatedExisting.on(time)
                        .nodes(1, "lab-4", Map.of("node-type", "operator"))
                        .nodes(1, "lab-8", Map.of("node-type", "compute"));
                OsmoBackends osmo = OsmoBackends.builder()
                        .provider(cloud.provider())
                        .scheduler(time)
                        .build()) {
            BackendSpec spec = spec("existing", "lab", "lab-8", "6.3.1");
            osmo.apply(osmo.plan(spec));
            EmulatedCluster cluster = cloud.cluster(spec.ref());
            run(cluster);

            assertThat(osmo.planDestroy(spec.ref()).guards())
                    .singleElement()
                    .satisfies(guard -> assertThat(guard.remedy())
                            .contains("No operator runs in the cluster")
                            .contains("osmo.nvidia.com/cleanup"));
            OsmoCharts.installOperator(cluster, osmo.values(spec), "of-someone-else");
            Plan plan = osmo.planDestroy(spec.ref());
            assertThat(plan.guards()).singleElement().satisfies(guard -> {
                assertThat(guard.subject()).isEqualTo("workflows of OSMO");
                assertThat(guard.toString()).contains("osmo-workflows/wf-1").contains("Cancel the workflows");
            });
            assertThatThrownBy(() -> osmo.apply(plan)).isInstanceOf(GuardedException.class);
            assertThat(osmo.plan(spec).guards()).as("nothing is removed").isEmpty();

            BackendSpec without = spec.toBuilder()
                    .osmo(o -> o.workflowNamespace("other-workflows"))
                    .build();
            assertThat(osmo.plan(without).guards())
                    .as("a namespace that is no longer in the spec")
                    .hasSize(1);
        }
    }

    @Test
    void a_cluster_goes_with_its_workflows_when_no_operator_is_left() {
        BackendSpec spec = spec("aws", "us-west-2", "m7i.2xlarge", "6.3.1");
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            osmo.apply(osmo.plan(spec));
            EmulatedCluster cluster = clouds.aws().cluster(spec.ref());
            run(cluster);

            assertThat(osmo.planDestroy(spec.ref()).guards()).isEmpty();
            OsmoCharts.installOperator(cluster, osmo.values(spec), "osmo-operator");
            assertThat(osmo.planDestroy(spec.ref()).guards()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"6.3.1, deleteBackend", "6.4.0, backend-operator-train-west"})
    void a_service_that_is_not_asked_is_told_of_all_the_same(String release, String entry) {
        BackendSpec spec = spec("aws", "us-west-2", "m7i.2xlarge", release);
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            assertThat(osmo.planDestroy(spec).warnings())
                    .singleElement()
                    .asString()
                    .startsWith("If the service still has the backend (it was not asked)")
                    .contains(entry);
            assertThat(ofService(osmo.leftovers(spec))).isEmpty();
            assertThat(osmo.planDestroy(spec.ref()).warnings()).isEmpty();
        }
    }
}
