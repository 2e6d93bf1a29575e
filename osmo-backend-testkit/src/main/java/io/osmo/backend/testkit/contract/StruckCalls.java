// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The calls of a plan, by number, that are still to be struck by a fault: a few in each run, and every call in one of them. */
final class StruckCalls {
    /** More of them would hide which one did the harm. */
    private static final int AT_MOST = 4;

    private final String what;
    private final Deque<List<Integer>> runs = new ArrayDeque<>();

    /** @param calls how many there are; the calls of a run are evenly spread over them */
    StruckCalls(String what, int calls) {
        this.what = what;
        int apart = (calls + AT_MOST - 1) / AT_MOST;
        for (int first = 1; first <= apart; first++) {
            List<Integer> run = new ArrayList<>();
            for (int call = first; call <= calls; call += apart) {
                run.add(call);
            }
            runs.add(run);
        }
    }

    boolean isDone() {
        return runs.isEmpty();
    }

    /** The calls to strike in the next run. */
    List<Integer> next() {
        return runs.peek();
    }

    /** Strikes calls that the run did not make in runs of their own: after a fault, fewer calls may be left than without one. */
    void ran(List<Integer> missed) {
        List<Integer> run = runs.remove();
        assertTrue(missed.size() < run.size(), () -> "no call of the " + what + " was struck, wanted were " + run);
        missed.forEach(call -> runs.add(List.of(call)));
    }
}
