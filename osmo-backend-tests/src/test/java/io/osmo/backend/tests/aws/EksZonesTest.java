// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.verify.BackendVerifier;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The zones of a backend and of its pools, when a spec leaves them to us (CP-3, CN-1); the region sells p5.48xlarge in a and b. */
class EksZonesTest {
    private static BackendSpec spec(UnaryOperator<BackendSpecBuilder> change) {
        return EksBackend.spec(change);
    }

    private static BackendSpec withGpus(String type, int max) {
        return spec(s -> s.gpuPool("gpu", p -> p.instanceType(type).scale(0, max)));
    }

    private static BackendSpec namedZones(String... zones) {
        return spec(s -> s.network(n -> n.zones(zones))
                .gpuPool("gpu", p -> p.instanceType("p5.48xlarge").scale(0, 2)));
    }

    private static List<String> violations(EksBackend backend, BackendSpec spec) {
        return catchThrowableOfType(InvalidSpecException.class, () -> backend.osmo.plan(spec)).violations().stream()
                .map(Violation::toString)
                .toList();
    }

    private static List<String> standing(EksBackend backend, String kind) {
        return backend.aws().inventory().stream()
                .filter(line -> line.startsWith(kind))
                .toList();
    }

    private static List<String> groups(EksBackend backend) {
        return standing(backend, "node-group ").stream()
                .map(line -> line.split(" ")[1])
                .toList();
    }

    /** The specification on the first page of the design, word for word. */
    @Test
    void the_first_specification_that_anyone_writes_is_planned_applied_and_proven() {
        String ngcKey = "not-a-real-key";
        String token = "not-a-real-token-but-as-long-as-one-has-to-";
        BackendSpec spec = BackendSpec.builder("train-west")
                .on("aws", "us-west-2")
                .computePool("cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 20))
                .gpuPool("h100", p -> p.instanceType("p5.48xlarge").scale(0, 8))
                .pullSecret("nvcr.io", "$oauthtoken", () -> ngcKey)
                .osmo(o -> o.serviceUrl("https://osmo.example.com").token(() -> token))
                .build();
        try (EksBackend backend = new EksBackend()) {
            assertThat(backend.osmo.preflight(spec).toString())
                    .contains("pool h100: p5.48xlarge sold in us-west-2a, us-west-2b (CN-1)");
            Plan plan = backend.osmo.plan(spec);
            assertThat(EksBackend.ids(plan))
                    .contains(
                            "CREATE subnet/private-us-west-2c",
                            "CREATE node-group/h100-us-west-2a",
                            "CREATE node-group/h100-us-west-2b")
                    .doesNotContain("CREATE node-group/h100-us-west-2c");

            BackendVerifier.standard().verify(backend.osmo.apply(plan)).requirePassed();

            assertThat(backend.osmo.plan(spec).changes()).isEmpty();
        }
    }

    @Test
    void zones_are_picked_so_that_each_gpu_pool_finds_one() {
        try (EksBackend backend = new EksBackend()) {
            // p6-b200.48xlarge is sold in c only; of two zones the second would else be b.
            BackendSpec spec = spec(s -> s.network(n -> n.zoneCount(2))
                    .gpuPool("h100", p -> p.instanceType("p5.48xlarge").scale(0, 2))
                    .gpuPool("b200", p -> p.instanceType("p6-b200.48xlarge").scale(0, 2)));
            backend.applied(spec);
            assertThat(groups(backend)).contains("h100-us-west-2a", "b200-us-west-2c");
            assertThat(standing(backend, "subnet ")).hasSize(4);
        }
    }

    @Test
    void zones_that_stand_are_kept() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec(s -> s.network(n -> n.zoneCount(2))));
            BackendSpec b200 = spec(s -> s.network(n -> n.zoneCount(2))
                    .gpuPool("b200", p -> p.instanceType("p6-b200.48xlarge").scale(0, 2)));

            assertThat(violations(backend, b200))
                    .containsExactly("computePools[1].instanceTypes (CN-1): given p6-b200.48xlarge in us-west-2a,"
                            + " us-west-2b; allowed: a zone of the backend among those that sell it: us-west-2c. Name"
                            + " such a zone as that of pool b200, and zones for the pools whose types it does not sell,"
                            + " or choose another type.");

            BackendSpec third = b200.toBuilder()
                    .changePool("b200", p -> p.zones("us-west-2c"))
                    .build();
            assertThat(EksBackend.ids(backend.osmo.plan(third)))
                    .as("a pool keeps its zones while the spec lists them")
                    .contains("CREATE subnet/private-us-west-2c")
                    .noneMatch(change -> change.contains("node-group/cpu"));
            backend.applied(third);
            assertThat(groups(backend)).contains("b200-us-west-2c");
        }
    }

    @Test
    void more_zones_are_offered_when_only_they_serve_all_pools() {
        try (EksBackend backend = new EksBackend()) {
            // One pool is in a, and only b sells p5en.48xlarge, only c p6-b200.48xlarge.
            BackendSpec spec = spec(s -> s.network(n -> n.zoneCount(2))
                    .computePool("edge", p -> p.instanceType("m7i.xlarge").zones("us-west-2a"))
                    .gpuPool("h200", p -> p.instanceType("p5en.48xlarge").scale(0, 2))
                    .gpuPool("b200", p -> p.instanceType("p6-b200.48xlarge").scale(0, 2)));

            assertThat(violations(backend, spec))
                    .containsExactly("network.zoneCount (CP-3): given 2; allowed: at least 3, since no 2 zones sell the"
                            + " types of all pools; us-west-2a, us-west-2b, us-west-2c do. Ask for 3 zones, or choose"
                            + " other types.");

            backend.osmo.plan(spec.toBuilder().network(n -> n.zoneCount(3)).build());
        }
    }

    @Test
    void zones_that_the_spec_names_have_to_sell_the_type_somewhere() {
        try (EksBackend backend = new EksBackend()) {
            BackendSpec spec = namedZones("us-west-2c", "us-west-2d");

            assertThat(violations(backend, spec))
                    .containsExactly(
                            "computePools[1].instanceTypes (CN-1): given p5.48xlarge in us-west-2c, us-west-2d;"
                                    + " allowed: a zone of the backend among those that sell it: us-west-2a, us-west-2b. Add such"
                                    + " a zone to network.zones, or choose another type.");

            backend.applied(namedZones("us-west-2b", "us-west-2c"));
            assertThat(groups(backend)).contains("gpu-us-west-2b").doesNotContain("gpu-us-west-2c");
        }
    }

    @Test
    void a_smaller_pool_stays_where_it_stands() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(withGpus("p5.48xlarge", 2).toBuilder()
                    .changePool("gpu", p -> p.zones("us-west-2b").scale(0, 1))
                    .build());

            backend.applied(withGpus("p5.48xlarge", 1));

            assertThat(groups(backend)).contains("gpu-us-west-2b").doesNotContain("gpu-us-west-2a");
            backend.applied(withGpus("p5.48xlarge", 2));
            assertThat(groups(backend)).contains("gpu-us-west-2a", "gpu-us-west-2b");
        }
    }
}
