// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** No file and no line is longer than CONTRIBUTING says. */
class SizesTest {
    private static final int CLASS_LINES = 450;
    private static final int LINE_CHARACTERS = 140;

    /** Folders of the build and of version control. */
    private static final Set<String> GENERATED = Set.of("target", ".git");

    @Test
    void no_class_of_main_code_is_too_long() {
        List<String> tooLong = new ArrayList<>();
        for (Path file : files(".java")) {
            long lines = lines(file).size();
            if (file.toString().contains("/src/main/") && lines > CLASS_LINES) {
                tooLong.add(file + " has " + lines + " lines");
            }
        }
        assertThat(tooLong)
                .as("classes of more than %s lines: cut them along their seams", CLASS_LINES)
                .isEmpty();
    }

    @Test
    void no_line_of_code_is_too_long() {
        List<String> tooLong = new ArrayList<>();
        for (Path file : files(".java")) {
            addLongLines(file, lines(file), tooLong);
        }
        assertThat(tooLong)
                .as("lines of more than %s characters", LINE_CHARACTERS)
                .isEmpty();
    }

    /** Rows of tables and code cannot be wrapped. */
    @Test
    void no_line_of_prose_is_too_long() {
        List<String> tooLong = new ArrayList<>();
        for (Path file : files(".md")) {
            boolean code = false;
            List<String> prose = new ArrayList<>();
            for (String line : lines(file)) {
                code ^= line.strip().startsWith("```");
                prose.add(code || line.strip().startsWith("|") ? "" : line);
            }
            addLongLines(file, prose, tooLong);
        }
        assertThat(tooLong)
                .as("lines of more than %s characters", LINE_CHARACTERS)
                .isEmpty();
    }

    private static void addLongLines(Path file, List<String> lines, List<String> tooLong) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.codePointCount(0, line.length()) > LINE_CHARACTERS) {
                tooLong.add(Modules.FOLDER.relativize(file) + ":" + (i + 1));
            }
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(String suffix) {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(Modules.FOLDER, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return GENERATED.contains(folder.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.toString().endsWith(suffix)) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
