// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lets only so many pools be disturbed at the same time. A pool keeps its turn as long as one of its tasks is running. */
final class Turns {
    private final int atOnce;
    private final Map<String, Integer> running = new HashMap<>();
    private final List<Task<?>> waiting = new ArrayList<>();

    /** @param atOnce pools at the same time, at least 1 */
    Turns(int atOnce) {
        this.atOnce = atOnce;
    }

    /** Takes a turn for a pool, or lets the task wait for one. */
    boolean take(Task<?> task, String pool) {
        if (!running.containsKey(pool) && running.size() >= atOnce) {
            waiting.add(task);
            return false;
        }
        running.merge(pool, 1, Integer::sum);
        return true;
    }

    /** Gives a turn back, and returns what has waited. */
    List<Task<?>> giveBack(String pool) {
        if (running.merge(pool, -1, Integer::sum) > 0) {
            return List.of();
        }
        running.remove(pool);
        List<Task<?>> next = List.copyOf(waiting);
        waiting.clear();
        return next;
    }
}
