// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.Progress;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.event.Event;
import io.osmo.backend.event.ProgressListener;
import io.osmo.backend.plan.Action;
import io.osmo.backend.plan.Change;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What changes in place is called an update by the plan, by the events of the apply, and by its failure, never a replacement. */
class SameVerbTest {
    private static final Pattern REPLACEMENT = Pattern.compile("replac|recreat|anew", Pattern.CASE_INSENSITIVE);

    @ParameterizedTest
    @CsvSource({
        Refused.AWS + ", eks:UpdateNodegroupConfig",
        Refused.GCP + ", container.*NodePool*",
        Refused.AZURE + ", PUT Microsoft.ContainerService/managedClusters/agentPools"
    })
    void an_update_is_called_an_update_from_plan_to_failure(String provider, String changing) {
        BackendSpec spec = Refused.spec(provider);
        try (EmulatedClouds clouds = Refused.clouds();
                OsmoBackends osmo = clouds.open()) {
            osmo.apply(osmo.plan(spec));
            Plan larger = osmo.plan(Refused.spec(provider, 3));
            List<Event> events = new ArrayList<>();
            StringBuilder printed = new StringBuilder();
            ProgressListener lines = Progress.lines(printed);

            osmo.apply(larger, event -> {
                events.add(event);
                lines.onEvent(event);
            });
            Plan smaller = osmo.plan(spec);
            Refused.faults(clouds, provider).onCall(changing).deny();
            PartialApplyException failed = catchThrowableOfType(PartialApplyException.class, () -> osmo.apply(smaller));

            assertThat(larger.changes()).extracting(Change::action).containsOnly(Action.UPDATE);
            assertThat(larger.toString())
                    .containsPattern("to\\s+update")
                    .contains("Update in place")
                    .doesNotContainPattern(REPLACEMENT);
            assertThat(events)
                    .filteredOn(Event.ResourceStarted.class::isInstance)
                    .extracting(event -> ((Event.ResourceStarted) event).action())
                    .containsOnly(Action.UPDATE);
            assertThat(printed.toString()).contains("updated").doesNotContainPattern(REPLACEMENT);
            assertThat(failed.toString())
                    .contains(smaller.changes().get(0).resource().toString())
                    .doesNotContainPattern(REPLACEMENT);
        }
    }
}
