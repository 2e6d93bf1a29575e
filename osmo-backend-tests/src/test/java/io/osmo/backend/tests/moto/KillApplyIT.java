// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.moto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class KillApplyIT extends Kills {
    private static final int KILLS = 10;

    @TestFactory
    Stream<DynamicTest> an_apply_that_is_killed_is_finished_by_another_jvm() {
        int changes = undisturbed("apply");
        List<String> expected = Listing.of(aws);

        return spread(KILLS, changes, (fatal, moment) -> {
            killed("apply", fatal, moment);

            undisturbed("apply");

            assertThat(Listing.of(aws)).isEqualTo(expected);
        });
    }
}
