// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.testkit.cloud.EmulatedCloud;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Single histories; {@link LifeContract} runs many. */
class LifeTest {
    /** Histories outside the seeds of the contract that have failed once, and why they no longer do. */
    @ParameterizedTest
    @CsvSource({
        "aws, 1159, an association is created after the upgrade of the control plane",
        "aws, 382, a node role that has just been created is given time until EKS finds it",
        "aws, 1177, a public subnet that lost its tags is refused by the plan",
        "azure, 1060, a pool that is on its way is replaced where it differs in what is fixed",
        "gcp, 1143, a pool without machines is given until the next attempt of GKE",
        "gcp, 1158, the same after a destruction"
    })
    void a_full_history_that_once_failed_holds(String cloud, long seed, String why) {
        assertThat(Simulation.run(History.full(seed), Clouds.of(cloud), EmulatedCloud::provider))
                .as(why)
                .isEmpty();
    }

    /** The same of histories that are as long as {@link History#of} makes them. */
    @ParameterizedTest
    @CsvSource({
        "gcp, 1032, what somebody made is taken away once the cluster is no longer busy",
        "azure, 1640, the same",
        "azure, 1930, nodes of ours that come while somebody makes a pool are not theirs",
        "azure, 2420, somebody deletes the pool that somebody has made",
        "gcp, 1701, an upgrade that failed in an earlier apply is tried again",
        "gcp, 2460, the nodes of a pool whose maximum is lowered are counted when it is applied, too",
        "gcp, 2231, a zonal cluster that is being deleted does not hold the next one in its zone"
    })
    void a_history_that_once_failed_holds(String cloud, long seed, String why) {
        assertThat(Simulation.run(History.of(seed), Clouds.of(cloud), EmulatedCloud::provider))
                .as(why)
                .isEmpty();
    }

    @Test
    void a_seed_gives_the_same_history_again() {
        List<String> first = log(7);

        assertThat(log(7)).isEqualTo(first).hasSizeGreaterThan(3);
    }

    private static List<String> log(long seed) {
        List<String> log = new ArrayList<>();
        Simulation.run(History.full(seed), Clouds.of("aws"), EmulatedCloud::provider, log::addAll);
        return log;
    }
}
