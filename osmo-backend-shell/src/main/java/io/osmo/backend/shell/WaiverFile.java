// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import io.osmo.backend.verify.check.Waiver;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** Reads waivers, one per line: id of a check, last day, reason. Empty lines and lines that begin with {@code #} are ignored. */
final class WaiverFile {
    private static final int PARTS = 3;

    private WaiverFile() {}

    /** @throws UnusableException naming each invalid line */
    static List<Waiver> read(Path file) {
        List<Waiver> waivers = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        List<String> lines = InputFiles.text(file).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] parts = line.split("\\s+", PARTS);
            try {
                if (parts.length < PARTS) {
                    throw new IllegalArgumentException("expected: CHECK DAY REASON");
                }
                waivers.add(new Waiver(parts[0], parts[2], LocalDate.parse(parts[1])));
            } catch (DateTimeParseException e) {
                wrong.add(file + ":" + (i + 1) + ": " + parts[1] + " is no day such as 2027-01-31");
            } catch (IllegalArgumentException e) {
                wrong.add(file + ":" + (i + 1) + ": " + e.getMessage());
            }
        }
        if (!wrong.isEmpty()) {
            throw new UnusableException(String.join("\n", wrong));
        }
        return waivers;
    }
}
