// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.existing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.error.GuardedException;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.existing.EmulatedExisting;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cluster that refuses, fails, and holds what it should not. */
class HostileClusterTest {
    private static final BackendSpec SPEC = BackendSpec.builder("train-west")
            .on("existing", "lab")
            .computePool("cpu", p -> p.instanceType("lab-8").scale(2, 4))
            .pullSecret("nvcr.io", "$oauthtoken", () -> "not-a-real-password")
            .build();

    private final VirtualTime time = VirtualTime.create();
    private final EmulatedExisting cluster =
            EmulatedExisting.on(time).nodes(2, "lab-8", Map.of("node-type", "compute"));
    private final OsmoBackends osmo =
            OsmoBackends.builder().provider(cluster.provider()).scheduler(time).build();

    @BeforeEach
    void apply() {
        osmo.apply(osmo.plan(SPEC));
        cluster.forgetCalls();
    }

    @AfterEach
    void close() {
        osmo.close();
        cluster.close();
    }

    /** An empty plan would say that there is nothing to delete. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "namespaces",
                "secrets",
                "priorityclasses.scheduling.k8s.io",
                "storageclasses.storage.k8s.io",
                "configmaps",
                "nodes"
            })
    void what_must_not_be_listed_is_not_said_to_be_absent(String resource) {
        cluster.cluster(SPEC.ref()).deny("list", resource);

        for (var asking : Map.<String, org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
                        "plan", () -> osmo.plan(SPEC),
                        "planDestroy", () -> osmo.planDestroy(SPEC.ref()),
                        "planDestroy of the spec", () -> osmo.planDestroy(SPEC),
                        "get", () -> osmo.get(SPEC.ref()),
                        "leftovers", () -> osmo.leftovers(SPEC.ref()))
                .entrySet()) {
            assertThatThrownBy(asking.getValue())
                    .as(asking.getKey())
                    .isInstanceOfSatisfying(CloudException.class, refused -> {
                        assertThat(refused.error()).isEqualTo(CloudError.NOT_AUTHORISED);
                        assertThat(refused.remedy()).contains("permission");
                    })
                    .hasMessageContaining("cannot list resource")
                    .hasMessageContaining(resource.replaceFirst("\\..*", ""));
        }
    }

    @Test
    void a_destruction_is_not_planned_while_a_part_of_the_api_fails() {
        cluster.faults().onCalls(call -> call.operation().contains("secrets")).failWith5xx();

        assertThatThrownBy(() -> osmo.planDestroy(SPEC.ref()))
                .isInstanceOfSatisfying(
                        CloudException.class,
                        failed -> assertThat(failed.error()).isEqualTo(CloudError.UNAVAILABLE));

        cluster.faults().clear();
        assertThat(osmo.planDestroy(SPEC.ref()).changes()).isNotEmpty();
    }

    @Test
    void a_namespace_whose_pods_must_not_be_listed_is_not_deleted() {
        cluster.cluster(SPEC.ref()).deny("list", "pods");

        Plan plan = osmo.planDestroy(SPEC.ref());

        assertThat(plan.guards())
                .singleElement()
                .extracting(Guard::toString)
                .asString()
                .startsWith("workflows of OSMO: whether any runs in what is removed is not known")
                .contains("cannot list resource \"pods\"");
        assertThatThrownBy(() -> osmo.apply(plan)).isInstanceOf(GuardedException.class);
        assertThat(cluster.calls()).allMatch(call -> call.reads());
    }
}
