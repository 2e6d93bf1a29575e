// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.kubernetes.internal.client.ApiKind;
import io.osmo.backend.kubernetes.internal.client.ClusterConnections;
import io.osmo.backend.kubernetes.internal.client.KubernetesCalls;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.kubernetes.internal.resource.HelmRelease;
import io.osmo.backend.kubernetes.internal.resource.ManifestStage;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.Chart;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A recorded release that can be uninstalled: custom resources first, while their operator still runs to finish them, then everything
 * else stage by stage, and the record last. Definitions stay, unless the spec that installed the chart said otherwise.
 */
final class ChartRelease implements Deletable<LiveChart> {
    private static final String ID_KIND = "chart";

    /** Charts of OSMO that hold the operator: that of 6.3, and that of later releases. */
    static final Set<String> OPERATORS = Set.of("backend-operator", "osmo");

    private final ClusterConnections connections;
    private final Ownership ownership;
    private final ChartReader reader;
    private final HelmRecord record;
    private final ResourceId cluster;
    private final Set<ResourceId> after;
    private final Set<ChartObject.Key> others;

    /**
     * @param record the last recorded revision
     * @param cluster the resource that represents the cluster; deleting it deletes the release too
     * @param after what is deleted after this
     * @param others objects that charts of the spec need, and that are therefore kept
     */
    ChartRelease(
            ClusterConnections connections,
            Ownership ownership,
            HelmRecord record,
            ResourceId cluster,
            Set<ResourceId> after,
            Set<ChartObject.Key> others) {
        this.connections = connections;
        this.ownership = ownership;
        this.reader = new ChartReader(connections, ownership, record.helmRelease(), false, Set.of());
        this.record = record;
        this.cluster = cluster;
        this.after = Set.copyOf(after);
        this.others = Set.copyOf(others);
    }

    static ResourceId id(HelmRelease release) {
        String name = release.name().equals(release.namespace())
                ? release.name()
                : release.namespace() + "/" + release.name();
        return ResourceId.of(ID_KIND, name);
    }

    @Override
    public ResourceId id() {
        return id(record.helmRelease());
    }

    @Override
    public Class<LiveChart> type() {
        return LiveChart.class;
    }

    @Override
    public Set<ResourceId> after() {
        return after;
    }

    @Override
    public Optional<ResourceId> deletedWith() {
        return Optional.of(cluster);
    }

    private boolean deletesDefinitions() {
        return record.annotation(ReleaseWriter.DEFINITIONS)
                .filter(ReleaseWriter.word(Chart.Definitions.DELETE)::equals)
                .isPresent();
    }

    @Override
    public Optional<LiveChart> read(State state) {
        return connections.find(state).flatMap(this::read);
    }

    private Optional<LiveChart> read(KubernetesClient client) {
        List<HelmRecord> records = HelmRecord.list(client, record.helmRelease());
        if (!ChartReader.isOurs(records, ownership)) {
            return Optional.empty();
        }
        List<ChartObject> objects = new ArrayList<>(ChartReader.installed(records));
        if (deletesDefinitions()) {
            List<ChartObject> definitions = record.definitions();
            objects.addAll(definitions);
            definitions.forEach(definition -> objects.addAll(instances(client, definition)));
        }
        return Optional.of(new LiveChart(records, reader.remaining(client, objects), List.of(), List.of(), List.of()));
    }

    /** All objects of a kind that is about to go. */
    private List<ChartObject> instances(KubernetesClient client, ChartObject definition) {
        List<ChartObject> instances = new ArrayList<>();
        for (String[] kind : DefinedKinds.of(definition)) {
            Optional<ApiKind> served = connections.discovery(client).find(kind[0], kind[1]);
            served.ifPresent(found -> KubernetesCalls.list(
                            "list " + found.plural(),
                            () -> found.in(client).inAnyNamespace().list())
                    .forEach(instance -> instances.add(new ChartObject(instance, true))));
            if (served.isPresent()) {
                break;
            }
        }
        return instances;
    }

    @Override
    public Readiness readiness(LiveChart observed) {
        List<ObjectState> next = next(observed);
        Optional<ObjectState> passing = passing(observed).findFirst();
        if (next.isEmpty() && passing.isPresent()) {
            return new Readiness(
                    Readiness.Status.DELETING,
                    "waits for " + passing.get().object().title() + " to be taken over");
        }
        boolean waiting = !next.isEmpty() && next.stream().allMatch(ObjectState::isDeleting);
        if (!waiting) {
            return Readiness.ready();
        }
        ObjectState first = next.get(0);
        String finalizers = first.finalizers().isEmpty() ? "" : ", held by " + String.join(", ", first.finalizers());
        return new Readiness(
                Readiness.Status.DELETING,
                "waits for " + first.object().title() + " to be gone" + finalizers
                        + (next.size() == 1 ? "" : ", and " + (next.size() - 1) + " more"));
    }

    /** What is deleted next: the last stage that still has objects. */
    private List<ObjectState> next(LiveChart observed) {
        List<ObjectState> own = observed.objects().stream()
                .filter(state -> !others.contains(state.address()))
                .toList();
        Optional<ManifestStage> stage =
                own.stream().map(state -> state.object().stage()).max(ManifestStage::compareTo);
        return own.stream()
                .filter(state -> stage.filter(state.object().stage()::equals).isPresent())
                .toList();
    }

    /** What its new owner has not taken over yet. Without the record nothing would tell any more that it is the backend's. */
    private Stream<ObjectState> passing(LiveChart observed) {
        return observed.objects().stream()
                .filter(state -> others.contains(state.address()) && state.belongsTo(record.helmRelease()));
    }

    /** One stage, or the record. An inventory holds the record only, so what is left of the objects is read again. */
    @Override
    public void delete(LiveChart observed, State state) {
        connections.find(state).ifPresent(client -> read(client).ifPresent(found -> deleteNext(client, found)));
    }

    private void deleteNext(KubernetesClient client, LiveChart found) {
        List<ObjectState> next = next(found);
        next.stream().filter(object -> !object.isDeleting()).forEach(object -> delete(client, object));
        if (next.isEmpty() && passing(found).findAny().isEmpty()) {
            List<HelmRecord> all = new ArrayList<>(found.records());
            found.attempt().ifPresent(all::add);
            for (HelmRecord revision : all) {
                Secret secret = revision.secret();
                KubernetesCalls.call(
                        "delete " + revision.name(),
                        () -> client.resource(secret).delete());
            }
        }
    }

    private void delete(KubernetesClient client, ObjectState state) {
        GenericKubernetesResource object = state.object().wanted();
        connections
                .discovery(client)
                .find(object.getApiVersion(), object.getKind())
                .ifPresent(kind -> KubernetesCalls.call(
                        "delete " + state.object().title(),
                        () -> state.object().at(client, kind).delete()));
    }

    @Override
    public Disruption deletionDisruption() {
        Disruption worst = deletesDefinitions() && !record.definitions().isEmpty() ? Disruption.DATA : Disruption.NONE;
        for (ChartObject object : record.objects()) {
            worst = worst.or(Kinds.disruption(object));
        }
        return worst;
    }

    @Override
    public Timing timing() {
        return new Timing(
                Duration.ofMinutes(2),
                Duration.ofMinutes(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofMinutes(15));
    }

    @Override
    public String describe() {
        int definitions = record.definitions().size();
        return "Helm release " + record.helmRelease() + " of " + record.chartName() + "-" + record.chartVersion()
                + (definitions == 0
                        ? ""
                        : deletesDefinitions()
                                ? ", with its " + definitions + " custom resource definitions"
                                : "; its " + definitions + " custom resource definitions stay");
    }

    /** Whether it is OSMO's operator, which finishes what workflows have left behind and is therefore uninstalled last. */
    static boolean isOperator(HelmRecord record) {
        return OPERATORS.contains(record.chartName());
    }
}
