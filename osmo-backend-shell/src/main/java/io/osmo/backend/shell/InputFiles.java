// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.shell;

import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files that arguments name. */
final class InputFiles {
    /** Bytes; far more than any spec or plan has. */
    private static final long LONGEST = 64L << 20;

    private InputFiles() {}

    static BackendSpec spec(Path file) {
        String text = text(file);
        return isJson(file) ? BackendSpec.fromJson(text) : BackendSpec.fromYaml(text);
    }

    static Plan plan(Path file) {
        return Plan.fromJson(text(file));
    }

    /** Whether a file is a stored plan rather than a spec. */
    static boolean isPlan(Path file) {
        return isJson(file) && text(file).contains("\"osmo-backend-plan/");
    }

    private static boolean isJson(Path file) {
        return file.toString().endsWith(".json");
    }

    /** @throws UnusableException when it is no regular file of text */
    static String text(Path file) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new UnusableException(file + " is not a regular file.");
            }
            if (Files.size(file) > LONGEST) {
                throw new UnusableException(file + " is larger than " + (LONGEST >> 20) + " MiB.");
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new UnusableException(file + " does not exist.");
        } catch (CharacterCodingException e) {
            throw new UnusableException(file + " is not a text in UTF-8.");
        } catch (IOException e) {
            throw new UnusableException(file + " cannot be read: " + e.getMessage());
        }
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UnusableException(file + " cannot be written: " + e);
        }
    }
}
