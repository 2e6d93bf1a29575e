// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.error.ChartException;
import io.osmo.backend.kubernetes.internal.client.KubernetesCalls;
import io.osmo.backend.kubernetes.internal.resource.HelmRelease;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * One revision of a Helm release, as Helm keeps it: a Secret of the type {@code helm.sh/release.v1} with the release in JSON, gzip and
 * Base64.
 *
 * @see <a href="https://github.com/helm/helm/blob/v3.19.0/pkg/storage/driver/secrets.go">Helm's driver</a> and
 *     <a href="https://github.com/helm/helm/blob/v3.19.0/pkg/storage/driver/util.go">its encoding</a>
 */
final class HelmRecord {
    static final String TYPE = "helm.sh/release.v1";

    /** What is being installed: of the same form, but not Helm's, so that Helm sees a release only when it is complete. */
    static final String ATTEMPT_TYPE = "osmo-backend/chart-attempt";

    static final String ATTEMPT_OWNER = "osmo-backend";
    static final String DEPLOYED = "deployed";
    static final String SUPERSEDED = "superseded";
    private static final String KEY = "release";

    /** Far more than fits into a Secret, and too little to fill the memory. */
    private static final int LONGEST = 16 << 20;

    private final Secret secret;
    private final Map<String, Object> release;

    private HelmRecord(Secret secret, Map<String, Object> release) {
        this.secret = secret;
        this.release = release;
    }

    /** A record of a type that Helm knows. */
    static HelmRecord of(Secret secret, Map<String, Object> release) {
        return of(secret, TYPE, release);
    }

    static HelmRecord of(Secret secret, String type, Map<String, Object> release) {
        Map<String, String> data =
                Map.of(KEY, Base64.getEncoder().encodeToString(encode(release).getBytes(StandardCharsets.US_ASCII)));
        return new HelmRecord(
                new SecretBuilder(secret).withType(type).withData(data).build(), release);
    }

    /** All revisions of a release, the oldest first, and an attempt at the end; what cannot be decoded is left out. */
    static List<HelmRecord> list(KubernetesClient client, HelmRelease release) {
        return KubernetesCalls.list(
                        "list revisions of Helm release " + release,
                        () -> client.secrets()
                                .inNamespace(release.namespace())
                                .withLabel("name", release.name())
                                .withLabelIn("owner", "helm", ATTEMPT_OWNER)
                                .list())
                .stream()
                .map(HelmRecord::read)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(HelmRecord::isAttempt).thenComparing(HelmRecord::version))
                .toList();
    }

    static Optional<HelmRecord> read(Secret secret) {
        String data = secret.getData() == null ? null : secret.getData().get(KEY);
        if (data == null || !TYPE.equals(secret.getType()) && !ATTEMPT_TYPE.equals(secret.getType())) {
            return Optional.empty();
        }
        try {
            return Optional.of(new HelmRecord(secret, decode(data)));
        } catch (IllegalArgumentException | UncheckedIOException unreadable) {
            return Optional.empty();
        }
    }

    static String secretName(String release, int version) {
        return "sh.helm.release.v1." + release + ".v" + version;
    }

    private static String encode(Map<String, Object> release) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(ChartYaml.json((Object) release).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static Map<String, Object> decode(String data) {
        byte[] inner =
                Base64.getDecoder().decode(new String(Base64.getDecoder().decode(data), StandardCharsets.US_ASCII));
        boolean zipped = inner.length > 2 && inner[0] == 0x1f && inner[1] == (byte) 0x8b;
        if (!zipped) {
            return ChartYaml.json(new String(inner, StandardCharsets.UTF_8));
        }
        try (GZIPInputStream unzip = new GZIPInputStream(new ByteArrayInputStream(inner))) {
            byte[] plain = unzip.readNBytes(LONGEST);
            return ChartYaml.json(new String(plain, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("not gzip", e);
        }
    }

    /** Whether it is what was being installed, and not a release. */
    boolean isAttempt() {
        return ATTEMPT_TYPE.equals(secret.getType());
    }

    /** Bytes of the Secret's data. */
    int size() {
        return secret.getData().values().stream()
                .mapToInt(value -> Base64.getDecoder().decode(value).length)
                .sum();
    }

    Secret secret() {
        return secret;
    }

    Map<String, Object> release() {
        return release;
    }

    String name() {
        return secret.getMetadata().getName();
    }

    Map<String, String> labels() {
        return Objects.requireNonNullElse(secret.getMetadata().getLabels(), Map.of());
    }

    Optional<String> annotation(String key) {
        return Optional.ofNullable(secret.getMetadata().getAnnotations()).map(all -> all.get(key));
    }

    int version() {
        return release.get("version") instanceof Number number ? number.intValue() : 0;
    }

    String status() {
        return text(map(release, "info"), "status");
    }

    /** When the release was first installed, as Helm has written it. */
    Optional<String> firstDeployed() {
        return Optional.of(text(map(release, "info"), "first_deployed")).filter(text -> !text.isEmpty());
    }

    HelmRelease helmRelease() {
        return new HelmRelease(text(release, "name"), text(release, "namespace"));
    }

    String chartName() {
        return text(map(map(release, "chart"), "metadata"), "name");
    }

    String chartVersion() {
        return text(map(map(release, "chart"), "metadata"), "version");
    }

    /** The values that were given to the chart. */
    Map<?, ?> config() {
        return map(release, "config");
    }

    /** The objects of the release, without hooks. */
    List<ChartObject> objects() {
        return readable(() -> ChartYaml.objects(text(release, "manifest")).stream()
                .map(object -> ChartObject.of(object, helmRelease(), false))
                .toList());
    }

    /** Who has written a record is not known: any chart tool may, and people do. */
    private List<ChartObject> readable(Supplier<List<ChartObject>> objects) {
        try {
            return objects.get();
        } catch (IllegalArgumentException e) {
            throw new ChartException(
                    "revision " + version() + " of Helm release " + helmRelease() + " in Secret " + name()
                            + " cannot be read: " + e.getMessage(),
                    "Look at it with helm get manifest, roll it back or uninstall it with Helm, then plan again.",
                    e);
        }
    }

    /** The definitions of the folder {@code crds/}, which Helm keeps among the files of the chart. */
    List<ChartObject> definitions() {
        return readable(this::definitionsAmongFiles);
    }

    private List<ChartObject> definitionsAmongFiles() {
        List<ChartObject> definitions = new ArrayList<>();
        if (map(release, "chart").get("files") instanceof List<?> files) {
            for (Object file : files) {
                if (file instanceof Map<?, ?> entry && text(entry, "name").startsWith("crds/")) {
                    String content =
                            new String(Base64.getDecoder().decode(text(entry, "data")), StandardCharsets.UTF_8);
                    ChartYaml.objects(content).stream()
                            .map(object -> ChartObject.of(object, helmRelease(), true))
                            .forEach(definitions::add);
                }
            }
        }
        return definitions;
    }

    private static Map<?, ?> map(Map<?, ?> parent, String key) {
        return parent.get(key) instanceof Map<?, ?> map ? map : Map.of();
    }

    private static String text(Map<?, ?> parent, String key) {
        return parent.get(key) instanceof String text ? text : "";
    }

    /** Without its content. */
    @Override
    public String toString() {
        return name() + " " + status();
    }
}
