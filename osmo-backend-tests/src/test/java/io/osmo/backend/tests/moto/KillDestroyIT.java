// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.moto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class KillDestroyIT extends Kills {
    private static final int KILLS = 4;

    @TestFactory
    Stream<DynamicTest> a_destroy_that_is_killed_is_finished_by_another_jvm() {
        List<String> before = Listing.of(aws);
        undisturbed("apply");
        int changes = undisturbed("destroy");
        assertThat(lasting()).isEqualTo(before);

        return spread(KILLS, changes, (fatal, moment) -> {
            undisturbed("apply");
            killed("destroy", fatal, moment);

            undisturbed("destroy");

            assertThat(lasting()).isEqualTo(before);
        });
    }

    /** What stands, without keys that wait for their deletion. */
    private List<String> lasting() {
        return Listing.of(aws).stream()
                .filter(line -> !Listing.isDyingKey(line))
                .toList();
    }
}
