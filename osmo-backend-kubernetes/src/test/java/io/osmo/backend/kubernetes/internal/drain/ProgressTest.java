// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final List<DrainedNode> NODES = IntStream.rangeClosed(1, 3)
            .mapToObj(i -> new DrainedNode("node-" + i, true, false))
            .toList();

    private static List<RemainingPod> pods(int count, Hold hold, String name, String... budgets) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new RemainingPod(
                        "osmo", name + "-" + i, "uid", "node-" + (i % 3 + 1), hold, List.of(budgets), true))
                .toList();
    }

    @SafeVarargs
    private static String text(int total, List<RemainingPod>... pods) {
        List<RemainingPod> all = new ArrayList<>();
        for (List<RemainingPod> some : pods) {
            all.addAll(some);
        }
        return Progress.of(new DrainState(NODES, new Work(all, Map.of()), total));
    }

    @Test
    void all_that_holds_a_drain_up_is_told() {
        assertThat(text(
                        40,
                        pods(6, Hold.NONE, "a"),
                        pods(3, Hold.BUDGET, "b", "default/web"),
                        pods(1, Hold.NO_CONTROLLER, "wf"),
                        pods(2, Hold.SEVERAL_BUDGETS, "c", "osmo/x", "osmo/y"),
                        pods(1, Hold.ENDING, "d")))
                .isEqualTo(
                        "13 of 40 pods left on 3 nodes; 3 wait for budget default/web: osmo/b-1, osmo/b-2 and 1 more;"
                                + " 2 pods cannot be evicted, as more than one budget covers each: osmo/c-1, osmo/c-2;"
                                + " 1 pod without controller runs on: osmo/wf-1; 1 is ending");
    }

    @Test
    void the_text_is_bounded_however_many_there_are() {
        List<RemainingPod> waiting = new ArrayList<>();
        IntStream.range(0, 7).forEach(i -> waiting.addAll(pods(1, Hold.BUDGET, "b" + i, "default/budget-" + i)));

        assertThat(text(100, pods(90, Hold.NO_CONTROLLER, "wf"), waiting))
                .contains(
                        "90 pods without controller run on: osmo/wf-1, osmo/wf-2, osmo/wf-3, osmo/wf-4, osmo/wf-5 and 85"
                                + " more")
                .contains("1 waits for budget default/budget-4: osmo/b4-1; others wait for 2 more budgets")
                .doesNotContain("budget-5");
    }

    @Test
    void nodes_that_still_take_pods_are_told_even_if_they_are_empty() {
        List<DrainedNode> nodes = List.of(new DrainedNode("a", false, false), new DrainedNode("b", true, false));

        DrainState state = new DrainState(nodes, new Work(List.of(), Map.of()), 0);

        assertThat(Progress.of(state)).isEqualTo("1 of 2 nodes not cordoned yet");
        assertThat(state.canProceed()).isTrue();
    }
}
