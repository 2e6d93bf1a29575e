// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import java.time.Duration;
import java.util.Locale;

/** How steps are written. */
final class Steps {
    private Steps() {}

    static String text(Duration time) {
        return String.format(
                Locale.ROOT,
                "%dd%02dh%02dm%02ds",
                time.toDays(),
                time.toHoursPart(),
                time.toMinutesPart(),
                time.toSecondsPart());
    }

    /** The first line of a message, shortened. */
    static String line(Throwable error) {
        String message = String.valueOf(error.getMessage()).replace('\n', ' ').replaceAll(" +", " ");
        return error.getClass().getSimpleName() + ": "
                + (message.length() > 400 ? message.substring(0, 400) + "…" : message);
    }
}
