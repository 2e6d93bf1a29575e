// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A list of steps and how it ends. What a step does in detail follows from its own seed and from the state that it meets, so that a
 * history without some of its steps is a history too.
 */
record History(long seed, List<Step> steps, Ending ending) {
    private static final int FEWEST = 4;
    private static final int MOST = 10;

    /** @param seed decides all of its details */
    record Step(StepKind kind, long seed) {}

    /** What must be possible in the end, whatever has happened. Both are dear, so that short histories take turns. */
    enum Ending {
        /** One apply converges. */
        CONVERGES,
        /** A destruction leaves nothing. */
        DESTROYED,
        /** One after the other, and some are rebuilt. */
        BOTH
    }

    History {
        steps = List.copyOf(steps);
    }

    /** The history of a seed: always the same. Of ten, one is {@link #full}, and the others are the beginnings of their full ones. */
    static History of(long seed) {
        History full = full(seed);
        int length = seed % 10 == 0 ? full.steps().size() : seed % 10 < 3 ? FEWEST : 2;
        Ending either = (seed / 10 + seed) % 2 == 0 ? Ending.CONVERGES : Ending.DESTROYED;
        return new History(seed, full.steps().subList(0, length), seed % 10 == 0 ? Ending.BOTH : either);
    }

    /** The longest history of a seed. */
    static History full(long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(random.nextInt(3) == 0 ? StepKind.STRUCK_CHANGE : StepKind.APPLY, random.nextLong()));
        int count = FEWEST + random.nextInt(MOST - FEWEST + 1);
        for (int i = 1; i < count; i++) {
            steps.add(new Step(StepKind.any(random), random.nextLong()));
        }
        return new History(seed, steps, Ending.BOTH);
    }

    /** Whether all that takes time is done: long histories do it, and of the others the most part does without. */
    boolean isThorough() {
        return ending == Ending.BOTH;
    }

    /** Whether backends of the same or of a similar name may exist beside ours. */
    boolean mayHaveNeighbors() {
        return isThorough() || seed % 4 == 0;
    }

    /** Whether specs are also edited in what {@link SpecEdits#later} knows: in one history of three. */
    boolean hasLaterEdits() {
        return seed % 3 == 2;
    }

    /** This history without one of its steps. */
    History without(int index) {
        List<Step> fewer = new ArrayList<>(steps);
        fewer.remove(index);
        return new History(seed, fewer, ending);
    }
}
