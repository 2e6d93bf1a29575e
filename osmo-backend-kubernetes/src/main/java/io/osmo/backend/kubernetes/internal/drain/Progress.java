// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.drain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The progress messages while a pool is drained; of bounded length, however many pods there are. */
final class Progress {
    private static final int MOST_NAMES = 5;

    /** Of the pods that wait for one budget. */
    private static final int MOST_WAITING = 2;

    private Progress() {}

    /** Such as {@code 12 of 40 pods left on 3 nodes; 2 wait for budget default/web: default/web-1, default/web-2}. */
    static String of(DrainState state) {
        List<RemainingPod> pods = state.work().pods();
        List<String> parts = new ArrayList<>();
        if (!pods.isEmpty()) {
            long nodes = pods.stream().map(RemainingPod::node).distinct().count();
            parts.add(pods.size() + " of " + count(state.total(), "pod") + " left on " + count(nodes, "node"));
        }
        if (!state.uncordoned().isEmpty()) {
            parts.add(state.uncordoned().size() + " of " + count(state.nodes().size(), "node") + " not cordoned yet");
        }
        parts.addAll(budgets(with(Hold.BUDGET, pods)));
        several(with(Hold.SEVERAL_BUDGETS, pods), parts);
        List<RemainingPod> bare = with(Hold.NO_CONTROLLER, pods);
        if (!bare.isEmpty()) {
            parts.add(count(bare.size(), "pod") + " without controller " + (bare.size() == 1 ? "runs" : "run") + " on: "
                    + names(bare));
        }
        int ending = with(Hold.ENDING, pods).size();
        if (ending > 0) {
            parts.add(ending + (ending == 1 ? " is" : " are") + " ending");
        }
        return String.join("; ", parts);
    }

    private static List<RemainingPod> with(Hold hold, List<RemainingPod> pods) {
        return pods.stream().filter(pod -> pod.hold() == hold).toList();
    }

    private static List<String> budgets(List<RemainingPod> waiting) {
        Map<String, List<RemainingPod>> byBudget = waiting.stream()
                .collect(Collectors.groupingBy(pod -> pod.budgets().get(0), TreeMap::new, Collectors.toList()));
        List<String> parts = byBudget.entrySet().stream()
                .limit(MOST_NAMES)
                .map(e -> waiting(e.getKey(), e.getValue()))
                .collect(Collectors.toCollection(ArrayList::new));
        if (byBudget.size() > MOST_NAMES) {
            parts.add("others wait for " + (byBudget.size() - MOST_NAMES) + " more budgets");
        }
        return parts;
    }

    private static String waiting(String budget, List<RemainingPod> pods) {
        return pods.size() + (pods.size() == 1 ? " waits" : " wait") + " for budget " + budget + ": "
                + names(pods, MOST_WAITING);
    }

    private static void several(List<RemainingPod> covered, List<String> parts) {
        if (!covered.isEmpty()) {
            parts.add(count(covered.size(), "pod") + " cannot be evicted, as more than one budget covers "
                    + (covered.size() == 1 ? "it: " : "each: ") + names(covered));
        }
    }

    private static String names(List<RemainingPod> pods) {
        return names(pods, MOST_NAMES);
    }

    private static String names(List<RemainingPod> pods, int most) {
        String first = pods.stream().limit(most).map(RemainingPod::fullName).collect(Collectors.joining(", "));
        return pods.size() > most ? first + " and " + (pods.size() - most) + " more" : first;
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
