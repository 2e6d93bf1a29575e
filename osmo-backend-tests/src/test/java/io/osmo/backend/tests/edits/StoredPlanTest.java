// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.edits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.osmo.backend.ApplyOptions;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.OperationCancelledException;
import io.osmo.backend.error.StalePlanException;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A plan that was stored, and is applied when another cluster has the name of the one that it was made for. */
class StoredPlanTest {
    private static final String GONE = "it was made for a cluster that no longer exists";

    private final EmulatedClouds clouds = EmulatedClouds.create();
    private final OsmoBackends osmo = clouds.open();

    @AfterEach
    void close() {
        osmo.close();
        clouds.close();
    }

    private static BackendSpec spec(String cloud, String region, String machine) {
        return BackendSpec.builder("train-west")
                .on(cloud, region)
                .deletionProtection(false)
                .computePool("cpu", p -> p.instanceType(machine).scale(1, 2))
                .computePool("other", p -> p.instanceType(machine).scale(1, 2))
                .build();
    }

    private void madeAgain(BackendSpec spec) {
        osmo.apply(osmo.planDestroy(spec.ref()));
        clouds.time().advance(Duration.ofDays(40));
        osmo.apply(osmo.plan(spec));
    }

    /** Queues deliver twice. */
    @ParameterizedTest
    @CsvSource({"aws, us-west-2, m7i.2xlarge", "gcp, us-central1, n2-standard-8", "azure, westeurope, Standard_D8s_v5"})
    void a_destruction_that_comes_twice_leaves_a_backend_that_was_made_again(
            String cloud, String region, String machine) {
        BackendSpec spec = spec(cloud, region, machine);
        osmo.apply(osmo.plan(spec));
        Plan stored = osmo.planFromJson(osmo.toJson(osmo.planDestroy(spec.ref())));
        madeAgain(spec);
        int nodes = clouds.cloud(cloud).cluster(spec.ref()).nodes().size();

        assertThatExceptionOfType(StalePlanException.class)
                .isThrownBy(() -> osmo.apply(stored))
                .withMessageContaining(GONE)
                .satisfies(e ->
                        assertThat(e.remedy()).isEqualTo("Plan again, and look at the new plan. Nothing was changed."));

        assertThat(clouds.cloud(cloud).cluster(spec.ref()).nodes()).hasSize(nodes);
        assertThat(osmo.plan(spec).changes()).isEmpty();
    }

    /** Every resource would be a line of its own. */
    @ParameterizedTest
    @CsvSource({"aws, us-west-2, m7i.2xlarge", "gcp, us-central1, n2-standard-8", "azure, westeurope, Standard_D8s_v5"})
    void an_edit_of_a_backend_that_is_gone_is_refused_in_one_line(String cloud, String region, String machine) {
        BackendSpec spec = spec(cloud, region, machine);
        osmo.apply(osmo.plan(spec));
        Plan edit = osmo.plan(spec.toBuilder().tag("team", "robots").build());
        osmo.apply(osmo.planDestroy(spec.ref()));

        assertThatExceptionOfType(StalePlanException.class)
                .isThrownBy(() -> osmo.apply(edit))
                .satisfies(e -> assertThat(e.differences())
                        .singleElement()
                        .asString()
                        .matches("the cluster and all \\d+ resources of the backend are gone \\(([\\w./-]+, ){5}…\\);"
                                + " an apply would create them"));
    }

    @ParameterizedTest
    @CsvSource({"aws, us-west-2, m7i.2xlarge", "gcp, us-central1, n2-standard-8", "azure, westeurope, Standard_D8s_v5"})
    void an_edit_is_not_made_in_a_backend_that_was_made_again(String cloud, String region, String machine) {
        BackendSpec spec = spec(cloud, region, machine);
        osmo.apply(osmo.plan(spec));
        Plan removal = osmo.plan(spec.toBuilder().removePool("other").build());
        assertThat(removal.incarnation()).isPresent();
        madeAgain(spec);

        assertThatExceptionOfType(StalePlanException.class)
                .isThrownBy(() -> osmo.apply(removal, ApplyOptions.defaults().allow(Disruption.OUTAGE)))
                .withMessageContaining(GONE);
    }

    /** A plan that makes the cluster is good for the one that it has made, however far it came. */
    @ParameterizedTest
    @CsvSource({
        "aws, us-west-2, m7i.2xlarge, 5, 12",
        "gcp, us-central1, n2-standard-8, 2, 8",
        "azure, westeurope, Standard_D8s_v5, 2, 8"
    })
    void a_plan_that_makes_the_cluster_is_resumed(
            String cloud, String region, String machine, int destroying, int applying) {
        BackendSpec spec = spec(cloud, region, machine);
        osmo.apply(osmo.plan(spec));
        var destruction = osmo.start(osmo.planDestroy(spec.ref()), ApplyOptions.defaults());
        clouds.time().advance(Duration.ofMinutes(destroying));
        destruction.cancel();
        assertThatExceptionOfType(OperationCancelledException.class).isThrownBy(destruction::await);
        Plan again = osmo.plan(spec);
        assertThat(again.incarnation()).isEmpty();
        var first = osmo.start(again, ApplyOptions.defaults());
        clouds.time().advance(Duration.ofMinutes(applying));
        first.cancel();
        assertThatExceptionOfType(OperationCancelledException.class).isThrownBy(first::await);

        osmo.apply(again);

        assertThat(osmo.plan(spec).changes()).isEmpty();
    }
}
