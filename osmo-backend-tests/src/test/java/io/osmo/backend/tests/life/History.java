// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A list of steps. What a step does in detail follows from its own seed and from the state that it meets, so that a history without
 * some of its steps is a history too.
 */
record History(long seed, List<Step> steps) {
    private static final int FEWEST = 4;
    private static final int MOST = 10;

    /** @param seed decides all of its details */
    record Step(StepKind kind, long seed) {}

    History {
        steps = List.copyOf(steps);
    }

    /** The history of a seed: always the same. */
    static History of(long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(random.nextInt(3) == 0 ? StepKind.STRUCK_CHANGE : StepKind.APPLY, random.nextLong()));
        int count = FEWEST + random.nextInt(MOST - FEWEST + 1);
        for (int i = 1; i < count; i++) {
            steps.add(new Step(StepKind.any(random), random.nextLong()));
        }
        return new History(seed, steps);
    }

    /** This history without one of its steps. */
    History without(int index) {
        List<Step> fewer = new ArrayList<>(steps);
        fewer.remove(index);
        return new History(seed, fewer);
    }
}
