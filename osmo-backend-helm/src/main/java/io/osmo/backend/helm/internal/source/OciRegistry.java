// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.error.ChartException;
import io.osmo.backend.helm.internal.files.ChartArchive;
import io.osmo.backend.helm.internal.files.ChartFolder;
import io.osmo.backend.spec.Chart;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * A registry. A chart is a manifest with one layer, its archive; a tag is its version, with an underscore for the plus sign.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md">OCI distribution specification</a>
 * @see <a href="https://helm.sh/docs/topics/registries/">Helm: use OCI-based registries</a>
 */
final class OciRegistry {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String LAYER = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";
    private static final int LONGEST_MANIFEST = 4 << 20;

    private final Download download;
    private final Chart chart;
    private final URI registry;
    private final String repository;
    private Optional<Login> login;

    OciRegistry(Download download, Chart chart) {
        this.download = download;
        this.chart = chart;
        URI reference = URI.create(chart.location());
        String scheme = Download.isThisMachine(reference) ? "http://" : "https://";
        this.registry = URI.create(scheme + reference.getAuthority());
        this.repository = reference.getPath();
        this.login = Optional.empty();
    }

    byte[] archive() {
        String tag = chart.version().orElse("").replace('+', '_');
        URI at = registry.resolve("/v2" + repository + "/manifests/" + tag);
        JsonNode layer = layer(at, manifest(at));
        String digest = layer.path("digest").asText("");
        if (!digest.matches("sha256:[0-9a-f]{64}")) {
            throw download.failed("the manifest", at, "its layer has no digest of SHA-256", null);
        }
        byte[] content = download.fetch(
                "the archive", registry.resolve("/v2" + repository + "/blobs/" + digest), login, ChartArchive.LONGEST);
        if (!ChartFolder.digest(content).equals(digest)) {
            throw new ChartException(
                    "the chart of " + chart.name() + " is not the one of its manifest: the archive has the digest "
                            + ChartFolder.digest(content) + ", the manifest says " + digest,
                    "Find out who changed it before you install it.",
                    null);
        }
        return content;
    }

    private byte[] manifest(URI at) {
        Download.Answer answer = download.get("the manifest", at, login, MANIFEST, LONGEST_MANIFEST);
        if (answer.status() == 401 && answer.challenge().isPresent()) {
            login = new Challenge(answer.challenge().get(), chart, registry, repository).answer(download);
            answer = download.get("the manifest", at, login, MANIFEST, LONGEST_MANIFEST);
        }
        if (answer.status() != 200) {
            throw download.refused("the manifest", answer);
        }
        return answer.body();
    }

    private JsonNode layer(URI at, byte[] manifest) {
        try {
            for (JsonNode layer : JSON.readTree(manifest).path("layers")) {
                if (layer.path("mediaType").asText("").equals(LAYER)) {
                    return layer;
                }
            }
        } catch (IOException e) {
            throw download.failed("the manifest", at, "it is no JSON", null);
        }
        throw download.failed("the manifest", at, "it is not that of a Helm chart", null);
    }
}
