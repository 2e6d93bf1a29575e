// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.units;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.verify.snapshot.NetworkPolicyFacts;
import io.osmo.backend.verify.snapshot.NetworkPolicyFacts.Block;
import io.osmo.backend.verify.snapshot.NetworkPolicyFacts.Peer;
import io.osmo.backend.verify.snapshot.NetworkPolicyFacts.Rule;
import io.osmo.backend.verify.snapshot.TemplateFacts;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StackUnitsTest {
    private static final long GIB = 1L << 30;

    @ParameterizedTest
    @ValueSource(strings = {"8", "3920m", "16074012Ki", "10Gi", "10GiB", "5T", "512B", "1.5G", "7KB"})
    void units_that_osmo_reads(String quantity) {
        assertThat(OsmoUnits.readable(quantity)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1E", "2Pi", "7k", "-1", "1e3", "much", "1 Gi"})
    void units_that_osmo_does_not_read(String quantity) {
        assertThat(OsmoUnits.readable(quantity)).isFalse();
    }

    @Property
    void what_osmo_reads_kubernetes_reads_too_unless_it_ends_with_a_b(
            @ForAll @IntRange(min = 1, max = 100_000) int amount) {
        for (String unit : List.of("", "m", "Ki", "Mi", "Gi", "Ti", "M", "G", "T")) {
            assertThat(OsmoUnits.readable(amount + unit)).isTrue();
            assertThat(Quantities.amount(amount + unit)).isPresent();
        }
    }

    @Property
    void storage_for_tasks_is_what_is_left_of_a_gibibyte_less(
            @ForAll @LongRange(max = 1L << 45) long allocatable, @ForAll @LongRange(max = 1L << 45) long others) {
        assertThat(UsableCapacity.storage(allocatable, others)).isEqualTo(Math.max(0, allocatable - others - GIB));
    }

    @Test
    void a_task_must_ask_for_less_than_is_left() {
        assertThat(UsableCapacity.takesDefaultTask(UsableCapacity.storage(2 * GIB, 0)))
                .isFalse();
        assertThat(UsableCapacity.takesDefaultTask(UsableCapacity.storage(2 * GIB + 1, 0)))
                .isTrue();
    }

    @Property
    void an_exception_closes_exactly_its_range(@ForAll @IntRange(max = 255) int second) {
        List<NetworkPolicyFacts> policies =
                policies(new Rule(List.of(new Block("0.0.0.0/0", List.of("10.0.0.0/8"))), List.of(), List.of()));

        assertThat(Egress.toAddress(policies, "10." + second + ".0.1", 443)).isFalse();
        assertThat(Egress.toAddress(policies, "11." + second + ".0.1", 443)).isTrue();
    }

    @Property
    void one_more_policy_never_closes_what_another_has_opened(@ForAll @IntRange(min = 1, max = 65535) int port) {
        List<NetworkPolicyFacts> open = policies(new Rule(List.of(), List.of(), List.of(String.valueOf(port))));
        List<NetworkPolicyFacts> both = List.of(open.get(0), policies().get(0));

        assertThat(Egress.toAddress(both, "203.0.113.1", port)).isTrue();
        assertThat(Egress.toAddress(policies(), "203.0.113.1", port)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"kube-system, false, true", "other, false, false", "'', true, true", "'', false, false"})
    void another_namespace_is_reached_by_its_name_or_by_all(String name, boolean all, boolean reached) {
        assertThat(Egress.toNamespace(
                        policies(new Rule(List.of(), List.of(new Peer(name, all)), List.of("53"))), "kube-system", 53))
                .isEqualTo(reached);
    }

    @Test
    void only_policies_on_all_pods_that_restrict_what_leaves_govern_a_namespace() {
        assertThat(Egress.of(
                        List.of(
                                new NetworkPolicyFacts("ns", "some", false, true, List.of()),
                                new NetworkPolicyFacts("ns", "in", true, false, List.of()),
                                new NetworkPolicyFacts("elsewhere", "out", true, true, List.of()),
                                new NetworkPolicyFacts("ns", "out", true, true, List.of())),
                        "ns"))
                .extracting(NetworkPolicyFacts::name)
                .containsExactly("out");
    }

    @ParameterizedTest
    @CsvSource({
        "ops, true, '', NoSchedule, true",
        "'', true, '', '', true",
        "'', false, '', '', false",
        "ops, false, true, NoSchedule, true",
        "ops, false, false, NoSchedule, false",
        "ops, true, '', NoExecute, false",
    })
    void tolerations_of_pods_follow_the_rules_of_kubernetes(
            String key, boolean exists, String value, String effect, boolean tolerated) {
        TemplateFacts template = new TemplateFacts(
                "a",
                Map.of(),
                List.of(new TemplateFacts.Toleration(key, exists, value, effect)),
                List.of(),
                List.of(),
                Fact.of(List.of()),
                true);

        assertThat(template.tolerates(List.of(new Taint("ops", "true", Taint.Effect.NO_SCHEDULE))))
                .isEqualTo(tolerated);
        assertThat(template.tolerates(List.of(new Taint("any", "", Taint.Effect.PREFER_NO_SCHEDULE))))
                .isTrue();
    }

    private static List<NetworkPolicyFacts> policies(Rule... rules) {
        return List.of(new NetworkPolicyFacts("ns", "p", true, true, List.of(rules)));
    }
}
