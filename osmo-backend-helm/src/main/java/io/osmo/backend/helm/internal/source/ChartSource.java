// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.source;

import io.osmo.backend.error.ChartException;
import io.osmo.backend.helm.internal.chart.ChartMetadata;
import io.osmo.backend.helm.internal.files.ChartArchive;
import io.osmo.backend.helm.internal.files.ChartFolder;
import io.osmo.backend.spec.Chart;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Brings a chart to a folder, wherever it is, and holds it against what the spec says of it. */
public final class ChartSource {
    private @Nullable HttpClient client;

    /**
     * A chart in a folder, with its dependencies unpacked.
     *
     * @param digest of the archive, or of the files of a directory
     */
    public record Fetched(ChartMetadata metadata, String digest) {}

    /**
     * @param target where to; does not exist yet
     * @param deadline for each download
     * @throws ChartException if it cannot be fetched, is no chart, or is not the one of the spec
     */
    public Fetched fetch(Chart chart, Path target, Duration deadline) {
        String location = chart.location();
        String digest;
        try {
            if (location.contains("://")) {
                Download download = new Download(client(), chart.name(), deadline);
                byte[] archive = location.startsWith("oci://")
                        ? new OciRegistry(download, chart).archive()
                        : new Repository(download, chart, location).archive();
                digest = unpacked(chart, archive, target);
            } else if (Files.isDirectory(Path.of(location))) {
                ChartFolder.copy(Path.of(location), target);
                digest = ChartFolder.digest(target);
                check(chart, digest);
                ChartArchive.unpackDependencies(target);
            } else {
                digest = unpacked(chart, read(Path.of(location)), target);
            }
            // It was followed for a folder, and does not count in an archive.
            Files.deleteIfExists(target.resolve(".helmignore"));
        } catch (IOException e) {
            throw new ChartException(
                    "the chart of " + chart.name() + " at " + location + " cannot be used: " + e.getMessage(),
                    "Name the folder of a chart, an archive that helm package has made, an https:// repository or an oci:// reference.",
                    e);
        }
        ChartMetadata metadata = ChartMetadata.read(target, location);
        chart.version().filter(version -> !version.equals(metadata.version())).ifPresent(version -> {
            throw new ChartException(
                    "the chart of " + chart.name() + " at " + location + " has version " + metadata.version()
                            + ", but the spec says " + version,
                    "Correct the version, or name the chart that has it.",
                    null);
        });
        return new Fetched(metadata, digest);
    }

    /** The first one starts a thread that ends with the client. */
    private synchronized HttpClient client() {
        HttpClient known = client;
        if (known == null) {
            known = HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
            client = known;
        }
        return known;
    }

    private static byte[] read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no such folder or file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(ChartArchive.LONGEST + 1);
            if (content.length > ChartArchive.LONGEST) {
                throw new IOException("it has more than " + ChartArchive.LONGEST + " bytes");
            }
            return content;
        }
    }

    /** Nothing is unpacked before the digest is known to be right. */
    private static String unpacked(Chart chart, byte[] archive, Path target) throws IOException {
        String digest = ChartFolder.digest(archive);
        check(chart, digest);
        ChartArchive.unpack(archive, target);
        return digest;
    }

    private static void check(Chart chart, String digest) {
        chart.digest().filter(expected -> !expected.equals(digest)).ifPresent(expected -> {
            throw new ChartException(
                    "the chart of " + chart.name() + " at " + chart.location() + " has the digest " + digest
                            + ", but the spec says " + expected,
                    "Find out why it has changed; if the new one is intended, put its digest into the spec.",
                    null);
        });
    }
}
