// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Writes results to files. */
final class OutputFiles {
    private OutputFiles() {}

    /**
     * Checks that files can be written; called before any work is done.
     *
     * @param inputs files that must not be overwritten
     * @throws UnusableException naming each file that cannot be written or that is named twice
     */
    static void check(Collection<Path> outputs, Collection<Path> inputs) {
        List<String> wrong = new ArrayList<>();
        Set<Path> taken = new HashSet<>();
        inputs.forEach(input -> taken.add(absolute(input)));
        for (Path output : outputs) {
            Path absolute = absolute(output);
            Path folder = absolute.getParent();
            if (!taken.add(absolute)) {
                wrong.add(output + " is named twice: as an output and as another file.");
            } else if (Files.isDirectory(absolute)) {
                wrong.add(output + " is a folder.");
            } else if (folder == null || !Files.isDirectory(folder)) {
                wrong.add(output + " cannot be written: there is no folder " + folder + ".");
            } else if (!Files.isWritable(Files.exists(absolute) ? absolute : folder)) {
                wrong.add(output + " may not be written by this user.");
            }
        }
        if (!wrong.isEmpty()) {
            throw new UnusableException(String.join("\n", wrong));
        }
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (FileSystemException e) {
            String reason = Objects.requireNonNullElse(e.getReason(), "the file system refuses it");
            throw new UnusableException(file + " cannot be written: " + reason + ".");
        } catch (IOException e) {
            throw new UnusableException(file + " cannot be written: " + e.getMessage() + ".");
        }
    }

    private static Path absolute(Path file) {
        return file.toAbsolutePath().normalize();
    }
}
