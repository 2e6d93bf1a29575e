// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.error.ChartException;
import io.osmo.backend.helm.internal.chart.Yaml;
import io.osmo.backend.helm.internal.files.ChartArchive;
import io.osmo.backend.helm.internal.files.ChartFolder;
import io.osmo.backend.spec.Chart;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A repository: a server with an index of archives.
 *
 * @see <a href="https://helm.sh/docs/topics/chart_repository/">The chart repository guide</a>
 */
final class Repository {
    private static final int LONGEST_INDEX = 32 << 20;
    private static final int SHOWN = 5;

    private final Download download;
    private final Chart chart;
    private final URI base;
    private final Optional<Login> login;

    /** @param location the repository's address */
    Repository(Download download, Chart chart, String location) {
        this.download = download;
        this.chart = chart;
        this.base = URI.create(location.endsWith("/") ? location : location + "/");
        this.login = Login.of(chart, base);
    }

    byte[] archive() {
        JsonNode entry = entry(index());
        String url = entry.path("urls").path(0).asText("");
        URI archive = resolve(url);
        byte[] content = download.fetch("the archive", archive, login, ChartArchive.LONGEST);
        String expected = entry.path("digest").asText("").replaceFirst("^sha256:", "");
        String actual = ChartFolder.digest(content);
        if (!expected.isEmpty() && !actual.equals("sha256:" + expected)) {
            throw new ChartException(
                    "the chart of " + chart.name() + " is not the one in the index of its repository: the archive at "
                            + archive + " has the digest " + actual + ", the index says sha256:" + expected,
                    "Find out who changed it before you install it.",
                    null);
        }
        return content;
    }

    private URI resolve(String url) {
        try {
            URI resolved = base.resolve(url);
            if (!url.isEmpty() && !"oci".equals(resolved.getScheme())) {
                return resolved;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new ChartException(
                "the chart of " + chart.name() + " cannot be fetched: the index of its repository gives \"" + url
                        + "\" as the address of the archive",
                "If that is an oci:// reference, use it without its tag as the location.",
                null);
    }

    private JsonNode index() {
        URI uri = base.resolve("index.yaml");
        byte[] index = download.fetch("the index of the repository", uri, login, LONGEST_INDEX);
        try {
            return Yaml.read(index);
        } catch (IOException e) {
            throw download.failed("the index of the repository", uri, "it is no YAML", null);
        }
    }

    /** The entry of exactly that version. */
    private JsonNode entry(JsonNode index) {
        String name = chart.chart().orElse("");
        String version = chart.version().orElse("");
        List<String> found = new ArrayList<>();
        for (JsonNode entry : index.path("entries").path(name)) {
            if (entry.path("version").asText("").equals(version)) {
                return entry;
            }
            found.add(entry.path("version").asText(""));
        }
        throw new ChartException(
                "the chart of " + chart.name() + " cannot be fetched: " + base + " has no " + name + " of version "
                        + version
                        + (found.isEmpty()
                                ? ""
                                : "; it has " + String.join(", ", found.subList(0, Math.min(SHOWN, found.size())))
                                        + (found.size() > SHOWN ? " and " + (found.size() - SHOWN) + " others" : "")),
                found.isEmpty() ? "Check the name of the chart." : "Name one of its versions, exactly as written.",
                null);
    }
}
