// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.kubernetes.internal.client.ApiKind;
import io.osmo.backend.kubernetes.internal.client.ClusterConnections;
import io.osmo.backend.kubernetes.internal.client.KubernetesCalls;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.kubernetes.internal.client.SecretCalls;
import io.osmo.backend.kubernetes.internal.resource.HelmRelease;
import io.osmo.backend.kubernetes.internal.resource.ManifestReadiness;
import io.osmo.backend.kubernetes.internal.resource.ManifestStage;
import io.osmo.backend.kubernetes.internal.resource.PlainObject;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.spi.Readiness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a release: its revisions, and each of its objects, which is held against what a server-side apply would make of it. An object
 * that has not changed since it was found as wanted is not asked about again.
 */
final class ChartReader {
    /** How API servers refuse to change a field that is set once; there is no code for it. */
    private static final Pattern IMMUTABLE = Pattern.compile(
            "immutable|updates? to .*(is|are) forbidden|may not change|cannot change", Pattern.CASE_INSENSITIVE);

    private final ClusterConnections connections;
    private final Ownership ownership;
    private final HelmRelease release;
    private final boolean adopt;
    private final Set<HelmRelease> siblings;
    private final Map<ChartObject.Key, String> asWanted = new HashMap<>();

    /** @param siblings other releases of the backend, which hand over objects that this one needs */
    ChartReader(
            ClusterConnections connections,
            Ownership ownership,
            HelmRelease release,
            boolean adopt,
            Set<HelmRelease> siblings) {
        this.connections = connections;
        this.ownership = ownership;
        this.release = release;
        this.adopt = adopt;
        this.siblings = Set.copyOf(siblings);
    }

    /** Something else is wanted from now on. */
    void forget() {
        asWanted.clear();
    }

    HelmRelease release() {
        return release;
    }

    /** Whether a revision was recorded, or adopted, by this backend; Helm carries the label over to later revisions. */
    static boolean isOurs(List<HelmRecord> records, Ownership ownership) {
        return records.stream().anyMatch(record -> ownership.owns(record.labels()));
    }

    /**
     * Reads a release and compares it with the desired objects.
     *
     * @param givenUp further objects that are no longer desired, in addition to those in the record
     */
    LiveChart read(KubernetesClient client, List<ChartObject> wanted, List<ChartObject> givenUp) {
        List<HelmRecord> records = HelmRecord.list(client, release);
        Reading reading = new Reading(client, isOurs(records, ownership), wanted);
        if (!reading.recorded) {
            records.stream()
                    .filter(record -> !record.isAttempt())
                    .reduce((older, newer) -> newer)
                    .ifPresent(reading::foreignRecord);
        }
        List<ObjectState> objects = wanted.stream().map(reading::state).toList();
        List<ObjectState> removed = reading.removed(records, wanted, givenUp);
        return new LiveChart(records, objects, removed, reading.conflicts, reading.refusals);
    }

    /** One round. */
    private final class Reading {
        private final KubernetesClient client;
        private final boolean recorded;
        private final boolean definesKinds;
        private final List<String> conflicts = new ArrayList<>();
        private final List<String> refusals = new ArrayList<>();

        Reading(KubernetesClient client, boolean recorded, List<ChartObject> wanted) {
            this.client = client;
            this.recorded = recorded;
            this.definesKinds = wanted.stream().anyMatch(object -> object.stage() == ManifestStage.DEFINITIONS);
        }

        void foreignRecord(HelmRecord record) {
            String other = record.labels().get(Ownership.BACKEND_LABEL);
            if (other != null) {
                conflicts.add("Helm release " + release + " belongs to the backend " + other);
            } else if (!adopt) {
                conflicts.add("Helm release " + release + " exists, of chart " + record.chartName() + "-"
                        + record.chartVersion() + " at revision " + record.version()
                        + ": set adopt to take it over, or choose another name");
            }
        }

        ObjectState state(ChartObject object) {
            Optional<ApiKind> kind =
                    connections.discovery(client).find(object.wanted().getApiVersion(), object.kind());
            if (kind.isEmpty()) {
                return ObjectState.absent(object);
            }
            Optional<GenericKubernetesResource> found = get(object, kind.get());
            if (found.isEmpty()) {
                return ObjectState.absent(object);
            }
            GenericKubernetesResource live = found.get();
            if (ownership.owns(live)) {
                return ownership
                        .resourceId(live)
                        .map(holder -> compare(object, kind.get(), live).heldBy(holder))
                        .orElseGet(() -> ObjectState.managedElsewhere(object, live));
            }
            Optional<String> owner = otherOwner(object, live);
            if (owner.isPresent()) {
                conflicts.add(object.title() + " " + owner.get());
                return ObjectState.managedElsewhere(object, live);
            }
            String version = live.getMetadata().getResourceVersion();
            if (version != null && version.equals(asWanted.get(object.key()))) {
                return new ObjectState(object, found, List.of(), readiness(live), false, Optional.empty());
            }
            ObjectState state = compare(object, kind.get(), live);
            if (state.changes().isEmpty() && version != null) {
                asWanted.put(object.key(), version);
            }
            return state;
        }

        private Optional<GenericKubernetesResource> get(ChartObject object, ApiKind kind) {
            return KubernetesCalls.call(
                    "get " + object.title(),
                    () -> Optional.ofNullable(object.at(client, kind).get()));
        }

        /** Whose an object is, if it is neither this release's nor free to take. */
        private Optional<String> otherOwner(ChartObject object, GenericKubernetesResource live) {
            Optional<HelmRelease> marked = HelmRelease.marked(live);
            if (marked.isPresent() && !marked.get().equals(release)) {
                return siblings.contains(marked.get())
                        ? Optional.empty()
                        : Optional.of("belongs to the Helm release " + marked.get());
            }
            if (object.definition() || adopt || recorded || marked.isPresent() && HelmRelease.writtenByUs(live)) {
                return Optional.empty();
            }
            return Optional.of(
                    marked.isPresent()
                            ? "belongs to the Helm release " + release
                                    + ", which has no record in the cluster: set adopt to take it over"
                            : "exists and belongs to no Helm release: set adopt to take it over, or delete it");
        }

        private ObjectState compare(ChartObject object, ApiKind kind, GenericKubernetesResource live) {
            try {
                GenericKubernetesResource planned = SecretCalls.call(
                        "apply " + object.title() + " as a dry run",
                        object.wanted(),
                        () -> object.at(client, kind)
                                .dryRun()
                                .fieldManager(Ownership.FIELD_MANAGER)
                                .forceConflicts()
                                .serverSideApply());
                return new ObjectState(
                        object,
                        Optional.of(live),
                        ObjectDiff.of(object, live, planned),
                        readiness(live),
                        false,
                        Optional.empty());
            } catch (CloudException refused) {
                if (refused.error() != CloudError.INVALID_REQUEST) {
                    throw refused;
                }
                return refused(object, live, String.valueOf(refused.getMessage()));
            }
        }

        private ObjectState refused(ChartObject object, GenericKubernetesResource live, String message) {
            if (IMMUTABLE.matcher(message).find()) {
                return immutable(object, live);
            }
            if (definesKinds && object.stage() == ManifestStage.CUSTOM_RESOURCES) {
                // The definition that is served now may be an older one.
                return later(object, live, "compared once its kind is updated");
            }
            if (ownership.owns(live)) {
                // Ignored as long as another resource owns it.
                return later(object, live, "taken over");
            }
            refusals.add(object.title() + ": " + message);
            return ObjectState.managedElsewhere(object, live);
        }

        private ObjectState later(ChartObject object, GenericKubernetesResource live, String what) {
            FieldChange change = FieldChange.inPlace(object.title(), "as it is", what);
            return new ObjectState(
                    object, Optional.of(live), List.of(change), readiness(live), false, Optional.empty());
        }

        private ObjectState immutable(ChartObject object, GenericKubernetesResource live) {
            List<FieldChange> wanted = ImmutableFields.differences(object, live);
            return new ObjectState(
                    object, Optional.of(live), wanted, readiness(live), Kinds.isReplaceable(object), Optional.empty());
        }

        /** What the record has and is no longer wanted, unless it is to be kept or is not the release's any more. */
        List<ObjectState> removed(List<HelmRecord> records, List<ChartObject> wanted, List<ChartObject> givenUp) {
            if (records.isEmpty() || !recorded && !adopt) {
                return List.of();
            }
            Set<ChartObject.Key> keys = new HashSet<>();
            wanted.forEach(object -> keys.add(object.key()));
            List<ChartObject> candidates = new ArrayList<>(installed(records));
            candidates.addAll(givenUp);
            List<ObjectState> removed = new ArrayList<>();
            for (ChartObject object : candidates) {
                if (!object.definition() && keys.add(object.key())) {
                    existing(object)
                            .filter(state -> state.belongsTo(release))
                            .filter(state ->
                                    state.live().filter(HelmRelease::isKept).isEmpty())
                            .ifPresent(removed::add);
                }
            }
            return removed;
        }

        private Optional<ObjectState> existing(ChartObject object) {
            return connections
                    .discovery(client)
                    .find(object.wanted().getApiVersion(), object.kind())
                    .flatMap(kind -> get(object, kind))
                    .filter(live -> !ownership.owns(live))
                    .map(live -> new ObjectState(
                            object, Optional.of(live), List.of(), readiness(live), false, Optional.empty()));
        }
    }

    /** The objects of the last revision, and of what was being installed after it. */
    static List<ChartObject> installed(List<HelmRecord> records) {
        List<ChartObject> installed = new ArrayList<>();
        records.stream()
                .filter(record -> !record.isAttempt())
                .reduce((older, newer) -> newer)
                .ifPresent(record -> installed.addAll(record.objects()));
        Set<ChartObject.Key> keys = new HashSet<>();
        installed.forEach(object -> keys.add(object.key()));
        records.stream()
                .filter(HelmRecord::isAttempt)
                .flatMap(attempt -> attempt.objects().stream())
                .filter(object -> keys.add(object.key()))
                .forEach(installed::add);
        return installed;
    }

    /** What is left of objects that are to be deleted. */
    List<ObjectState> remaining(KubernetesClient client, List<ChartObject> objects) {
        Reading reading = new Reading(client, true, objects);
        return objects.stream()
                .map(reading::existing)
                .flatMap(Optional::stream)
                .filter(state -> state.object().definition()
                        || state.belongsTo(release)
                                && state.live().filter(HelmRelease::isKept).isEmpty())
                .toList();
    }

    private static Readiness readiness(GenericKubernetesResource live) {
        if (live.getMetadata().getDeletionTimestamp() != null) {
            return Readiness.deleting();
        }
        return switch (live.getKind()) {
            case "Deployment" -> ManifestReadiness.of(PlainObject.as(live, Deployment.class));
            case "DaemonSet" -> ManifestReadiness.of(PlainObject.as(live, DaemonSet.class));
            default -> ManifestReadiness.of(live);
        };
    }
}
