// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of the repository that these tests are part of. */
final class Repository {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Repository() {}

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Source of a class of the main code of a module. */
    static String source(String module, Class<?> type) {
        return read(ROOT.resolve(module)
                .resolve("src/main/java")
                .resolve(type.getName().replace('.', '/') + ".java"));
    }
}
