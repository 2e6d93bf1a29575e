// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.architecture;

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

/** Files of all modules, as they are written. */
final class Sources {
    /** Folders of the build and of version control. */
    private static final Set<String> GENERATED = Set.of("target", ".git");

    private Sources() {}

    static List<Path> files(String suffix) {
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

    /** Java files of main code. */
    static List<Path> main() {
        return files(".java").stream()
                .filter(file -> file.toString().contains("/src/main/"))
                .toList();
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
