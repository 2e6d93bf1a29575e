// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.aws.EmulatedAws;
import io.osmo.backend.testkit.azure.EmulatedAzure;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.gcp.EmulatedGcp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * What two mutants do on the clouds where {@link MutantsTest} does not look for them. {@link Mutant#FORGETS_TO_READ_AGAIN}: EKS makes a
 * second one of what has no name. On GKE a creation is refused because the name exists, so an apply fails that should not. On AKS a
 * creation is a PUT of a name, which can be repeated without looking. {@link Mutant#POLLS_WITHOUT_DEADLINE}: a pool of AKS or GKE that
 * lacks machines ends by itself, before a deadline would end it.
 */
class RemainingMutantsTest {
    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");

    private static final Optional<Mutant> FORGETS = Optional.of(Mutant.FORGETS_TO_READ_AGAIN);
    private static final Optional<Mutant> POLLS = Optional.of(Mutant.POLLS_WITHOUT_DEADLINE);

    /** A new cloud of each run. */
    private record Trial(CloudFacts facts, Function<VirtualTime, EmulatedCloud> cloud) {
        private BackendSpec spec() {
            return BackendSpec.builder("train-west")
                    .on(facts.provider(), facts.region())
                    .computePool(
                            "cpu", p -> p.instanceType(facts.machines().get(0)).scale(1, 2))
                    .build();
        }

        private static OsmoBackends open(EmulatedCloud cloud, VirtualTime time, Optional<Mutant> mutant) {
            return OsmoBackends.builder()
                    .provider(mutant.map(with -> with.provider(cloud)).orElseGet(cloud::provider))
                    .scheduler(time)
                    .build();
        }

        /** Names of the calls of an apply that do more than read, each once. */
        private List<String> changes() {
            VirtualTime time = VirtualTime.of(0, Duration.ofMillis(200), START);
            try (EmulatedCloud made = cloud.apply(time);
                    OsmoBackends osmo = open(made, time, FORGETS)) {
                osmo.apply(osmo.plan(spec()));
                return made.calls().stream()
                        .filter(call -> !call.reads())
                        .map(Call::operation)
                        .distinct()
                        .sorted()
                        .toList();
            }
        }

        /** Everything in the cloud after an apply in which the first response to each of these calls was lost. */
        private List<String> after(Optional<Mutant> mutant, List<String> lost) {
            VirtualTime time = VirtualTime.of(0, Duration.ofMillis(200), START);
            try (EmulatedCloud made = cloud.apply(time);
                    OsmoBackends osmo = open(made, time, mutant)) {
                lost.forEach(operation -> made.faults()
                        .onCalls(call -> !call.reads() && call.operation().equals(operation))
                        .nth(1)
                        .loseResponse());
                osmo.apply(osmo.plan(spec()));
                assertThat(made.faults().unused())
                        .as("faults that struck nothing")
                        .isEmpty();
                return made.inventory();
            }
        }

        /** How long an apply takes that gets no machine for its pool. */
        private Duration withoutMachines(Optional<Mutant> mutant) {
            VirtualTime time = VirtualTime.of(0, Duration.ofMillis(200), START);
            try (EmulatedCloud made = cloud.apply(time);
                    OsmoBackends osmo = open(made, time, mutant)) {
                osmo.apply(osmo.plan(spec()));
                Instant begin = time.now();
                facts.zones()
                        .forEach(zone -> made.faults().stockOut(facts.machines().get(0), facts.place(zone)));
                BackendSpec more = spec().toBuilder()
                        .computePool(
                                "more",
                                p -> p.instanceType(facts.machines().get(0)).scale(1, 2))
                        .build();
                assertThatExceptionOfType(PartialApplyException.class).isThrownBy(() -> osmo.apply(osmo.plan(more)));
                return Duration.between(begin, time.now());
            }
        }
    }

    @Test
    void forgetting_to_read_again_does_no_harm_on_aks() {
        Trial trial = new Trial(
                AzureUnderTest.FACTS, time -> EmulatedAzure.builder(time).build());
        List<String> changes = trial.changes();

        assertThat(changes).hasSizeGreaterThan(10);
        assertThat(trial.after(FORGETS, changes)).isEqualTo(trial.after(Optional.empty(), List.of()));
    }

    @Test
    void forgetting_to_read_again_fails_an_apply_on_gke() {
        Trial trial =
                new Trial(GcpUnderTest.FACTS, time -> EmulatedGcp.builder(time).build());
        List<String> changes = trial.changes();

        assertThat(changes).hasSizeGreaterThan(8);
        assertThat(trial.after(Optional.empty(), changes)).isEqualTo(trial.after(Optional.empty(), List.of()));
        assertThatExceptionOfType(PartialApplyException.class)
                .isThrownBy(() -> trial.after(FORGETS, changes))
                .withMessageContaining("already exists");
    }

    @Test
    void forgetting_to_read_again_makes_a_second_address_on_eks() {
        Trial trial =
                new Trial(AwsUnderTest.FACTS, time -> EmulatedAws.builder(time).build());
        List<String> lost = List.of("ec2:AllocateAddress");

        assertThat(trial.after(Optional.empty(), lost)).isEqualTo(trial.after(Optional.empty(), List.of()));
        assertThat(trial.after(FORGETS, lost)).isNotEqualTo(trial.after(Optional.empty(), List.of()));
    }

    @Test
    void a_pool_of_aks_without_machines_ends_without_a_deadline() {
        Trial trial = new Trial(
                AzureUnderTest.FACTS, time -> EmulatedAzure.builder(time).build());

        assertThat(trial.withoutMachines(POLLS))
                .isLessThan(trial.withoutMachines(Optional.empty()).plusMinutes(10));
    }

    @Test
    void a_pool_of_gke_without_machines_ends_without_a_deadline() {
        Trial trial =
                new Trial(GcpUnderTest.FACTS, time -> EmulatedGcp.builder(time).build());

        assertThat(trial.withoutMachines(POLLS))
                .isLessThan(trial.withoutMachines(Optional.empty()).plusMinutes(10));
    }
}
