// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import io.osmo.backend.kubernetes.internal.resource.ManifestStage;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A release as it is in the cluster, compared with its desired state. Has identity semantics, because each read may see a different state.
 */
final class LiveChart {
    private final List<HelmRecord> records;
    private final Optional<HelmRecord> attempt;
    private final List<ObjectState> objects;
    private final List<ObjectState> removed;
    private final List<String> conflicts;
    private final List<String> refusals;

    /**
     * @param records revisions, the oldest first, and what was being installed
     * @param objects what is wanted
     * @param removed what the record has and is no longer wanted, as far as it exists
     * @param conflicts what belongs to others
     * @param refusals what the API server does not accept
     */
    LiveChart(
            List<HelmRecord> records,
            List<ObjectState> objects,
            List<ObjectState> removed,
            List<String> conflicts,
            List<String> refusals) {
        this.records = records.stream().filter(record -> !record.isAttempt()).toList();
        this.attempt = records.stream().filter(HelmRecord::isAttempt).findFirst();
        this.objects = List.copyOf(objects);
        this.removed = List.copyOf(removed);
        this.conflicts = List.copyOf(conflicts);
        this.refusals = List.copyOf(refusals);
    }

    List<HelmRecord> records() {
        return records;
    }

    /** What the last revision has, and what was being installed after it. */
    Set<ChartObject.Key> recordedKeys() {
        List<HelmRecord> all = new ArrayList<>(records);
        attempt.ifPresent(all::add);
        Set<ChartObject.Key> keys = new HashSet<>();
        ChartReader.installed(all).forEach(object -> keys.add(object.key()));
        return keys;
    }

    /** What was being installed, if that was not completed. */
    Optional<HelmRecord> attempt() {
        return attempt;
    }

    Optional<HelmRecord> latest() {
        return records.isEmpty() ? Optional.empty() : Optional.of(records.get(records.size() - 1));
    }

    /** The last revision that was complete, to return to. */
    Optional<HelmRecord> lastDeployed() {
        return records.stream()
                .filter(record -> record.status().equals(HelmRecord.DEPLOYED))
                .reduce((older, newer) -> newer);
    }

    List<ObjectState> objects() {
        return objects;
    }

    List<ObjectState> removed() {
        return removed;
    }

    List<String> conflicts() {
        return conflicts;
    }

    List<String> refusals() {
        return refusals;
    }

    /**
     * Without what is left to others: objects that belong to resources of the backend that are wanted, and those that other charts of
     * the spec want. An object of a resource that is not wanted any more is the release's to take over.
     *
     * @param wanted resources of the backend
     * @param others objects of other charts of the spec
     */
    LiveChart leaving(Set<ResourceId> wanted, Set<ChartObject.Key> others) {
        List<HelmRecord> all = new ArrayList<>(records);
        attempt.ifPresent(all::add);
        return new LiveChart(
                all,
                objects.stream()
                        .map(state -> state.holder().filter(wanted::contains).isPresent()
                                ? ObjectState.managedElsewhere(
                                        state.object(), state.live().orElseThrow())
                                : state)
                        .toList(),
                removed.stream()
                        .filter(state -> !others.contains(state.address()))
                        .toList(),
                conflicts,
                refusals);
    }

    /** Resources of the backend that have objects of the chart. */
    Set<ResourceId> holders() {
        return objects.stream().flatMap(state -> state.holder().stream()).collect(Collectors.toSet());
    }

    /** Whether nothing of the release exists. Definitions that an earlier release has left behind do not count. */
    boolean isAbsent() {
        return records.isEmpty()
                && objects.stream()
                        .noneMatch(state -> state.exists()
                                && state.holder().isEmpty()
                                && !state.object().definition());
    }

    /** Definitions of the chart that exist although there is no release: an earlier one has left them behind. */
    List<ObjectState> orphanedDefinitions() {
        return !records.isEmpty()
                ? List.of()
                : objects.stream()
                        .filter(state -> state.object().definition() && state.exists())
                        .toList();
    }

    /** What is to be changed in objects, without the record. */
    List<FieldChange> objectChanges() {
        List<FieldChange> changes = new ArrayList<>();
        objects.forEach(state -> changes.addAll(state.changes()));
        removed.forEach(state -> changes.add(FieldChange.inPlace(
                state.object().title(), "of the recorded release", "deleted", Kinds.disruption(state.object()))));
        return changes;
    }

    /** The first stage in which something is to be changed. */
    Optional<ManifestStage> nextStage() {
        return objects.stream()
                .filter(state -> !state.changes().isEmpty())
                .map(state -> state.object().stage())
                .min(ManifestStage::compareTo);
    }

    @Override
    public String toString() {
        return latest().map(HelmRecord::toString).orElse("no release");
    }
}
