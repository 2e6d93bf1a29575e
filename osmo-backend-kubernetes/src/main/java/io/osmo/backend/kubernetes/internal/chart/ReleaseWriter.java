// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.kubernetes.chart.RenderedChart;
import io.osmo.backend.kubernetes.internal.client.KubernetesCalls;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.kubernetes.internal.client.SecretCalls;
import io.osmo.backend.kubernetes.internal.resource.HelmRelease;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.spec.Chart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Records a release as Helm does, so that Helm's commands know it. A record is written when all objects are ready; it then supersedes
 * the one before, and old ones are deleted.
 */
final class ReleaseWriter {
    static final String DIGEST = "osmo-chart-digest";
    static final String DEFINITIONS = "osmo-chart-crds";

    private static final String ATTEMPT = "osmo-chart-attempt.";

    /**
     * Bytes of a Secret.
     *
     * @see <a href="https://kubernetes.io/docs/concepts/configuration/secret/#restriction-data-size">its limit</a>
     */
    static final int LARGEST = 1 << 20;

    /** As many revisions as Helm keeps. */
    private static final int HISTORY = 10;

    private static final int SHOWN_DIGITS = 12;

    private final Ownership ownership;
    private final Chart chart;
    private final RenderedChart rendered;
    private final Map<String, ?> values;
    private final HelmRelease release;

    ReleaseWriter(Ownership ownership, Chart chart, RenderedChart rendered, Map<String, ?> values) {
        this.ownership = ownership;
        this.chart = chart;
        this.rendered = rendered;
        this.values = values;
        this.release = new HelmRelease(chart.name(), chart.namespace());
    }

    /** Bytes of the record, if they may be more than a Secret holds. */
    OptionalInt largeSize() {
        int text = rendered.chart().length()
                + rendered.objects().stream().mapToInt(String::length).sum();
        return text < LARGEST / 2
                ? OptionalInt.empty()
                : OptionalInt.of(record(1, Optional.empty(), Instant.EPOCH).size());
    }

    /** Chart, version and digest of what is wanted. */
    String wanted() {
        return rendered.name() + "-" + rendered.version() + " " + shortened(rendered.digest());
    }

    private static String shortened(String digest) {
        int colon = digest.indexOf(':') + 1;
        return digest.substring(0, Math.min(digest.length(), colon + SHOWN_DIGITS));
    }

    /** What a plan that installs the release says of it. */
    List<FieldChange> creation(List<ObjectState> orphaned) {
        List<FieldChange> creation = new ArrayList<>();
        creation.add(FieldChange.inPlace("chart", "(none)", wanted()));
        if (!orphaned.isEmpty()) {
            creation.add(FieldChange.inPlace(
                    "crds",
                    orphaned.size() + " left by an earlier release",
                    "updated to those of the chart; their objects stay"));
        }
        return creation;
    }

    /** In what the record differs from what is wanted; empty when it says what is wanted. */
    Optional<FieldChange> difference(LiveChart live) {
        Optional<HelmRecord> latest = live.latest();
        if (latest.isEmpty()) {
            return Optional.of(FieldChange.inPlace("chart", "(none)", wanted()));
        }
        HelmRecord record = latest.get();
        boolean ours = ownership.owns(record.labels());
        boolean current = record.status().equals(HelmRecord.DEPLOYED) && saysTheSame(record);
        if (current && ours) {
            return live.attempt().isPresent() || live.records().stream().anyMatch(older -> isStale(older, record))
                    ? Optional.of(FieldChange.inPlace("history", "revisions to tidy up", "superseded"))
                    : Optional.empty();
        }
        String before = record.chartName() + "-" + record.chartVersion() + " "
                + record.annotation(DIGEST)
                        .map(digest -> shortened(digest) + " ")
                        .orElse("")
                + "at revision " + record.version()
                + (record.status().equals(HelmRecord.DEPLOYED) ? "" : ", " + record.status());
        return Optional.of(
                current
                        ? FieldChange.inPlace("release", "of Helm, revision " + record.version(), "adopted")
                        : FieldChange.inPlace("chart", before, wanted() + " at revision " + (record.version() + 1)));
    }

    private static boolean isStale(HelmRecord older, HelmRecord latest) {
        return older != latest
                && (older.status().equals(HelmRecord.DEPLOYED) || older.version() <= latest.version() - HISTORY);
    }

    private boolean saysTheSame(HelmRecord record) {
        return record.chartName().equals(rendered.name())
                && record.chartVersion().equals(rendered.version())
                && record.annotation(DIGEST)
                        .filter(digest -> !digest.equals(rendered.digest()))
                        .isEmpty()
                && json(record.config()).equals(json(values))
                && contents(record.objects()).equals(contents(objects(rendered, release)))
                && definitionsPolicy(record);
    }

    private boolean definitionsPolicy(HelmRecord record) {
        String policy = record.annotation(DEFINITIONS).orElse(word(Chart.Definitions.KEEP));
        return policy.equals(word(chart.crds()));
    }

    /** Values as they are after they were written and read. */
    private static Map<String, Object> json(Map<?, ?> data) {
        return ChartYaml.json(ChartYaml.json((Object) data));
    }

    private static Map<ChartObject.Key, String> contents(List<ChartObject> objects) {
        return objects.stream()
                .collect(Collectors.toMap(
                        ChartObject::key,
                        object -> ChartYaml.json(json(ObjectDiff.content(object.wanted(), false))),
                        (a, b) -> b));
    }

    /** The objects of a rendered chart, without its definitions. */
    static List<ChartObject> objects(RenderedChart rendered, HelmRelease release) {
        return rendered.objects().stream()
                .flatMap(text -> ChartYaml.objects(text).stream())
                .map(object -> ChartObject.of(object, release, false))
                .toList();
    }

    static List<ChartObject> definitions(RenderedChart rendered, HelmRelease release) {
        return rendered.crds().stream()
                .flatMap(text -> ChartYaml.objects(text).stream())
                .map(object -> ChartObject.of(object, release, true))
                .toList();
    }

    /** Whether what is being installed there is what is wanted here. */
    private boolean isNotedIn(HelmRecord attempt) {
        return contents(attempt.objects()).equals(contents(objects(rendered, release)));
    }

    /**
     * What another apply installs, or has installed, since this one began.
     *
     * @param version the last revision when this one began
     */
    Optional<HelmRecord> overtaken(LiveChart live, int version) {
        return live.attempt()
                .map(attempt -> Optional.of(attempt).filter(other -> !isNotedIn(other)))
                .orElseGet(() -> live.latest().filter(record -> record.version() > version && !saysTheSame(record)));
    }

    /**
     * Notes what is about to be installed, so that it can be uninstalled even if the installation never ends, and so that another apply
     * that installs something else is noticed. Nothing is written when that is noted already.
     */
    void begin(KubernetesClient client, LiveChart live, Instant now) {
        if (live.attempt().filter(this::isNotedIn).isPresent()) {
            return;
        }
        int version = live.latest().map(HelmRecord::version).orElse(0) + 1;
        HelmRecord record = record(version, Optional.empty(), now);
        Secret secret = new SecretBuilder(record.secret())
                .editMetadata()
                .withName(ATTEMPT + chart.name())
                .addToLabels("owner", HelmRecord.ATTEMPT_OWNER)
                .removeFromLabels("status")
                .endMetadata()
                .build();
        Secret attempt =
                HelmRecord.of(secret, HelmRecord.ATTEMPT_TYPE, record.release()).secret();
        if (live.attempt().isPresent()) {
            update(client, attempt);
        } else {
            SecretCalls.call(
                    "create " + attempt.getMetadata().getName(),
                    attempt,
                    () -> client.resource(attempt).create());
        }
    }

    /** One step toward the record that is wanted: adopt it, write a new one, or supersede one that is older. */
    void write(KubernetesClient client, LiveChart live, Instant now) {
        Optional<HelmRecord> latest = live.latest();
        boolean current = latest.filter(record -> record.status().equals(HelmRecord.DEPLOYED) && saysTheSame(record))
                .isPresent();
        if (!current) {
            create(client, live, now);
            return;
        }
        if (!ownership.owns(latest.get().labels())) {
            update(client, labeled(latest.get().secret()));
            return;
        }
        forget(client, live);
        for (HelmRecord older : live.records()) {
            if (isStale(older, latest.get())) {
                if (older.version() <= latest.get().version() - HISTORY) {
                    delete(client, older);
                } else {
                    update(client, superseded(older, now));
                }
            }
        }
    }

    private void create(KubernetesClient client, LiveChart live, Instant now) {
        int version = live.latest().map(HelmRecord::version).orElse(0) + 1;
        HelmRecord record =
                record(version, live.records().stream().findFirst().flatMap(HelmRecord::firstDeployed), now);
        SecretCalls.call(
                "create " + record.name(),
                record.secret(),
                () -> client.resource(record.secret()).create());
    }

    /**
     * The record of a revision.
     *
     * @param firstDeployed when the release was first installed; empty when that is now
     */
    HelmRecord record(int version, Optional<String> firstDeployed, Instant now) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("first_deployed", firstDeployed.orElse(now.toString()));
        info.put("last_deployed", now.toString());
        info.put("deleted", "");
        info.put("description", version == 1 ? "Install complete" : "Upgrade complete");
        info.put("status", HelmRecord.DEPLOYED);
        rendered.notes().ifPresent(notes -> info.put("notes", notes));
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("name", chart.name());
        content.put("info", info);
        content.put("chart", ChartYaml.json(rendered.chart()));
        content.put("config", values);
        content.put("manifest", manifest());
        content.put("version", version);
        content.put("namespace", chart.namespace());
        Secret secret = new SecretBuilder()
                .withNewMetadata()
                .withName(HelmRecord.secretName(chart.name(), version))
                .withNamespace(chart.namespace())
                .addToLabels("name", chart.name())
                .addToLabels("owner", "helm")
                .addToLabels("status", HelmRecord.DEPLOYED)
                .addToLabels("version", String.valueOf(version))
                .addToLabels("createdAt", String.valueOf(now.getEpochSecond()))
                .addToLabels(ownership.marks())
                .addToAnnotations(DIGEST, rendered.digest())
                .addToAnnotations(DEFINITIONS, word(chart.crds()))
                .endMetadata()
                .build();
        return HelmRecord.of(secret, content);
    }

    private String manifest() {
        StringBuilder manifest = new StringBuilder();
        for (String document : rendered.objects()) {
            if (!document.startsWith("---")) {
                manifest.append("---\n");
            }
            manifest.append(document);
            if (!document.endsWith("\n")) {
                manifest.append('\n');
            }
        }
        return manifest.toString();
    }

    private Secret labeled(Secret secret) {
        return new SecretBuilder(secret)
                .editMetadata()
                .addToLabels(ownership.marks())
                .endMetadata()
                .build();
    }

    private static Secret superseded(HelmRecord record, Instant now) {
        Map<String, Object> release = new LinkedHashMap<>(record.release());
        if (release.get("info") instanceof Map<?, ?> info) {
            Map<Object, Object> changed = new HashMap<>(info);
            changed.put("status", HelmRecord.SUPERSEDED);
            release.put("info", changed);
        }
        Secret secret = new SecretBuilder(record.secret())
                .editMetadata()
                .addToLabels("status", HelmRecord.SUPERSEDED)
                .addToLabels("modifiedAt", String.valueOf(now.getEpochSecond()))
                .endMetadata()
                .build();
        return HelmRecord.of(secret, release).secret();
    }

    /** What was being installed is not, or is recorded. */
    static void forget(KubernetesClient client, LiveChart live) {
        live.attempt().ifPresent(attempt -> delete(client, attempt));
    }

    private static void delete(KubernetesClient client, HelmRecord record) {
        KubernetesCalls.call(
                "delete " + record.name(),
                () -> client.resource(record.secret()).delete());
    }

    private static void update(KubernetesClient client, Secret secret) {
        SecretCalls.call(
                "update " + secret.getMetadata().getName(),
                secret,
                () -> client.resource(secret).update());
    }

    static String word(Chart.Definitions policy) {
        return policy.name().toLowerCase(Locale.ROOT);
    }
}
