// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** The files of an unpacked chart, by their names below its folder, with slashes. */
public final class ChartFolder {
    private static final long LARGEST = 100L << 20;

    private ChartFolder() {}

    /**
     * Copies a chart without what its {@code .helmignore} names.
     *
     * @throws IOException if it cannot be copied; the message continues the name of the folder, as in "it is too large"
     */
    public static void copy(Path from, Path to) throws IOException {
        Path file = from.resolve(".helmignore");
        IgnoreRules rules = IgnoreRules.parse(Files.isRegularFile(file) ? Files.readString(file) : "");
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            private long bytes;

            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Path name = from.relativize(folder);
                if (!folder.equals(from) && rules.ignores(name, true)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(name));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path name = from.relativize(file);
                if (rules.ignores(name, false)) {
                    return FileVisitResult.CONTINUE;
                }
                bytes += attributes.size();
                if (!attributes.isRegularFile()) {
                    throw new IOException("it has a link or device, " + name);
                }
                if (bytes > LARGEST) {
                    throw new IOException("it is too large: at most 100 MiB are rendered");
                }
                Files.copy(file, to.resolve(name));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Content by name, in the order of the names. */
    public static Map<String, byte[]> read(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = folder.relativize(file)
                        .toString()
                        .replace(file.getFileSystem().getSeparator(), "/");
                files.put(name, Files.readAllBytes(file));
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    /** The digest of names and contents: the same wherever the folder is, and in whatever order it is listed. */
    public static String digest(Path folder) throws IOException {
        StringBuilder list = new StringBuilder();
        read(folder)
                .forEach((name, content) ->
                        list.append(sha256(content)).append("  ").append(name).append('\n'));
        return digest(list.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** {@code sha256:} and the digest of an archive. */
    public static String digest(byte[] content) {
        return "sha256:" + sha256(content);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
