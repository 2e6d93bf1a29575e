// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What {@link HouseRules} asks of main code, as far as it holds for tests; these are not on one class path. */
class TestRulesTest {
    private static final Pattern SLEEP = Pattern.compile("(Thread|TimeUnit\\.\\w+|SECONDS|MILLISECONDS)\\.sleep\\(");

    @Test
    void nothing_sleeps() {
        List<String> found = new ArrayList<>();
        for (Path file : Sources.files(".java")) {
            List<String> lines = Sources.lines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (SLEEP.matcher(lines.get(i)).find()) {
                    found.add(Modules.FOLDER.relativize(file) + ":" + (i + 1));
                }
            }
        }
        assertThat(found)
                .as("wait for what is to happen, with a latch or in virtual time")
                .isEmpty();
    }
}
