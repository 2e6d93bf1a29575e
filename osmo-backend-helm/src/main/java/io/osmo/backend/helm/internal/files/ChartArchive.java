// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Unpacks a chart's archive and those of its dependencies in it. Whoever made the archive may be an enemy: it writes nothing outside
 * the target, makes no links, and its size is limited as Helm limits it.
 *
 * @see <a href="https://github.com/helm/helm/blob/v3.21.0/pkg/chart/loader/archive.go">Helm: archive.go</a>
 */
public final class ChartArchive {
    /** In bytes, packed. */
    public static final int LONGEST = 20 << 20;

    private static final int LONGEST_FILE = 5 << 20;
    private static final int MOST_FILES = 10_000;
    private static final int DEEPEST = 8;

    private int count;
    private long bytes = 100L << 20;

    private ChartArchive() {}

    /**
     * Unpacks what is below the archive's one folder, the chart's.
     *
     * @param target a folder that does not exist yet
     * @throws IOException if it cannot be unpacked; the message continues the name of the archive, as in "it is not a tar archive"
     */
    public static void unpack(byte[] archive, Path target) throws IOException {
        ChartArchive unpacking = new ChartArchive();
        unpacking.files(archive, target);
        unpacking.dependencies(target, 1);
    }

    /** Unpacks the archives of dependencies that a folder has. */
    public static void unpackDependencies(Path chart) throws IOException {
        new ChartArchive().dependencies(chart, 1);
    }

    private void files(byte[] archive, Path target) throws IOException {
        Files.createDirectories(target);
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(archive))) {
            TarReader tar = new TarReader(in);
            for (Optional<TarReader.Entry> entry = tar.next(); entry.isPresent(); entry = tar.next()) {
                write(entry.get(), in, target);
            }
        }
    }

    private void write(TarReader.Entry entry, InputStream in, Path target) throws IOException {
        if (!entry.isFile() && !entry.isFolder()) {
            throw new IOException("it has a link or device, " + entry.name());
        }
        if (entry.isFolder()) {
            return;
        }
        Path file = below(target, entry.name());
        bytes -= entry.size();
        if (++count > MOST_FILES || entry.size() > LONGEST_FILE || bytes < 0) {
            throw new IOException(
                    "it is too large: at most " + MOST_FILES + " files, 5 MiB each and 100 MiB together, are unpacked");
        }
        byte[] content = in.readNBytes((int) entry.size());
        if (content.length < entry.size()) {
            throw new IOException("it ends too early");
        }
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, content, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("it has " + entry.name() + " twice, or as a file and a folder", e);
        }
    }

    /** The name without its first folder, as a path that stays in the target. */
    private static Path below(Path target, String name) throws IOException {
        int slash = name.indexOf('/');
        String rest = slash < 0 ? "" : name.substring(slash + 1);
        boolean plain = !name.startsWith("/")
                && !rest.isEmpty()
                && rest.chars().noneMatch(c -> c == '\\' || c == ':' || c < ' ');
        try {
            if (plain
                    && Stream.of(name.split("/", -1))
                            .noneMatch(part -> part.isEmpty() || part.equals("..") || part.equals("."))) {
                return target.resolve(rest);
            }
        } catch (InvalidPathException e) {
            // Said below.
        }
        throw new IOException("it has a file outside of the chart's folder, " + name);
    }

    private void dependencies(Path chart, int depth) throws IOException {
        Path folder = chart.resolve("charts");
        if (!Files.isDirectory(folder)) {
            return;
        }
        if (depth > DEEPEST) {
            throw new IOException("it has dependencies of dependencies, more than " + DEEPEST + " deep");
        }
        for (Path archive : list(folder, ChartArchive::isDependency)) {
            byte[] content = Files.readAllBytes(archive);
            String name = archive.getFileName().toString();
            Files.delete(archive);
            files(content, folder.resolve(name.substring(0, name.length() - ".tgz".length())));
        }
        for (Path dependency : list(folder, Files::isDirectory)) {
            dependencies(dependency, depth + 1);
        }
    }

    /** Helm ignores those that start with a dot or an underscore. */
    private static boolean isDependency(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file) && name.endsWith(".tgz") && !name.startsWith(".") && !name.startsWith("_");
    }

    private static List<Path> list(Path folder, Predicate<Path> condition) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(condition).sorted().toList();
        }
    }
}
