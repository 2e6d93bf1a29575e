// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.marks;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.ApplyOptions;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.OwnershipConflictException;
import io.osmo.backend.plan.Action;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.cluster.EmulatedNode;
import io.osmo.backend.testkit.fault.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every mark of a running backend gets lost alone: each tag and label of each object, and each description. Either one apply puts it back
 * and disturbs nothing, or the plan refuses, says what to do, and changes nothing. Nothing is created a second time.
 */
class LostMarksTest {
    private static final Map<String, MarkedBackend> BACKENDS =
            Map.of("aws", new AwsMarks(), "azure", new AzureMarks(), "gcp", new GcpMarks());
    private static final ApplyOptions NOTHING_ENDS = ApplyOptions.defaults().allow(Disruption.NONE);

    /** What is created again under its own name is changed by that. */
    private static final Set<String> PUT_AGAIN = Set.of("role", "asg-tags");

    private static final EmulatedClouds CLOUDS = EmulatedClouds.builder()
            .aws(aws -> aws.principal("role/Admin")
                    .quota("L-417A185B", 400)
                    .quota("L-F678F1CE", 50)
                    .quota("L-0263D0A3", 50))
            .build();
    private static final OsmoBackends OSMO = CLOUDS.open();
    private static final Map<String, List<String>> BEFORE = new TreeMap<>();

    @BeforeAll
    static void apply() {
        CLOUDS.azure().plantPrincipal("22222222-0000-4000-8000-000000000001");
        BACKENDS.values().forEach(backend -> {
            OSMO.apply(OSMO.plan(backend.first()));
            OSMO.apply(OSMO.plan(backend.spec()));
            assertThat(OSMO.plan(backend.spec()).changes()).isEmpty();
        });
        BACKENDS.forEach((cloud, backend) -> BEFORE.put(cloud, stands(backend)));
    }

    /** What was put back by hand is as before. */
    @AfterAll
    static void close() {
        BACKENDS.values()
                .forEach(backend ->
                        assertThat(OSMO.plan(backend.spec()).changes()).isEmpty());
        OSMO.close();
        CLOUDS.close();
    }

    private static Stream<Mark> marks() {
        return new TreeMap<>(BACKENDS).values().stream().flatMap(backend -> backend.marks(CLOUDS).stream());
    }

    @ParameterizedTest
    @MethodSource("marks")
    void a_lost_mark_costs_no_node(Mark mark) {
        MarkedBackend backend = BACKENDS.get(mark.cloud());
        BackendSpec spec = backend.spec();
        mark.remove().run();
        backend.cloud(CLOUDS).forgetCalls();
        boolean repaired = false;
        try {
            Optional<Plan> plan = unlessRefused(spec);
            assertThat(backend.cloud(CLOUDS).calls()).allMatch(Call::reads);
            assertThat(plan.filter(p -> p.changes().isEmpty()))
                    .as("a plan that does not see it")
                    .isEmpty();
            plan.ifPresent(LostMarksTest::applyRepair);
            repaired = plan.filter(p -> !p.changes().isEmpty()).isPresent();
        } finally {
            if (!repaired) {
                mark.restore().run();
            }
        }
        if (repaired) {
            assertThat(OSMO.plan(spec).changes()).as("second plan").isEmpty();
        }
        assertThat(stands(backend)).isEqualTo(BEFORE.get(mark.cloud()));
    }

    private static void applyRepair(Plan plan) {
        assertThat(plan.disruption()).as(plan.toString()).isEqualTo(Disruption.NONE);
        assertThat(plan.changes())
                .as(plan.toString())
                .allMatch(change -> change.action() == Action.UPDATE
                        || PUT_AGAIN.contains(change.resource().kind()));
        OSMO.apply(plan, NOTHING_ENDS);
    }

    private static Optional<Plan> unlessRefused(BackendSpec spec) {
        try {
            return Optional.of(OSMO.plan(spec));
        } catch (OwnershipConflictException refused) {
            assertThat(refused.remedy()).contains("restore");
            return Optional.empty();
        }
    }

    /** All objects, and the names of the nodes, which no later node gets. */
    private static List<String> stands(MarkedBackend backend) {
        List<String> all = new ArrayList<>(backend.cloud(CLOUDS).inventory());
        backend.cloud(CLOUDS).cluster(backend.spec().ref()).nodes().stream()
                .map(EmulatedNode::name)
                .sorted()
                .forEach(all::add);
        return all;
    }
}
