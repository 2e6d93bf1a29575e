// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmo.backend.error.ChartException;
import io.osmo.backend.helm.internal.files.ChartArchive;
import io.osmo.backend.helm.internal.files.ChartFolder;
import io.osmo.backend.spec.Chart;
import io.osmo.backend.spi.http.RegistryChallenge;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
    private static final int LONGEST_TOKEN = 1 << 20;

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
        Optional<RegistryChallenge> challenge = RegistryChallenge.of(answer.challenges());
        if (answer.status() == 401 && challenge.isPresent()) {
            login = login(challenge.get());
            answer = download.get("the manifest", at, login, MANIFEST, LONGEST_MANIFEST);
        }
        if (answer.status() != 200) {
            throw download.refused("the manifest", answer);
        }
        return answer.body();
    }

    /** What to show to the registry; empty when there is nothing to show. Token servers may give tokens to everybody. */
    private Optional<Login> login(RegistryChallenge challenge) {
        if (!challenge.wantsToken()) {
            return Login.of(chart, registry);
        }
        URI server = challenge
                .tokenAddress(
                        "scope", "repository:" + repository.substring(1) + ":pull", Download.isThisMachine(registry))
                .orElseThrow(() -> download.failed(
                        "the token",
                        registry,
                        "the registry names no address with TLS at which it gives tokens",
                        null));
        byte[] body = download.fetch("the token", server, Login.of(chart, server), LONGEST_TOKEN);
        String token = RegistryChallenge.token(new String(body, StandardCharsets.UTF_8))
                .orElseThrow(() -> download.failed("the token", server, "the answer has no token", null));
        return Optional.of(new Login(Login.origin(registry), "Bearer " + token));
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
