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

    /** Where two texts differ. */
    static String difference(String before, String after) {
        int begin = 0;
        while (begin < Math.min(before.length(), after.length()) && before.charAt(begin) == after.charAt(begin)) {
            begin++;
        }
        int end = 0;
        while (end < Math.min(before.length(), after.length()) - begin
                && before.charAt(before.length() - 1 - end) == after.charAt(after.length() - 1 - end)) {
            end++;
        }
        int context = Math.max(0, begin - 60);
        return "was …" + before.substring(context, before.length() - end) + "… and is …"
                + after.substring(context, after.length() - end) + "…";
    }
}
