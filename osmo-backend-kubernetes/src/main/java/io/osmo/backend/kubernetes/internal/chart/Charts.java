// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.error.Violation;
import io.osmo.backend.kubernetes.chart.ChartRenderer;
import io.osmo.backend.kubernetes.internal.client.ApiKind;
import io.osmo.backend.kubernetes.internal.client.ClusterConnections;
import io.osmo.backend.kubernetes.internal.client.KubernetesCalls;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.kubernetes.internal.resource.ClusterInventory;
import io.osmo.backend.kubernetes.internal.resource.HelmRelease;
import io.osmo.backend.kubernetes.internal.resource.NamespaceResource;
import io.osmo.backend.kubernetes.internal.resource.OsmoNamespaces;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Chart;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.provider.Reading;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The charts of a backend: joins rendering and reading to the graph. Safe for concurrent use. */
public final class Charts {
    /** Namespaces that every cluster has. */
    private static final Set<String> BUILT_IN = Set.of("default", "kube-system");

    private final Scheduler scheduler;
    private final ClusterConnections connections;
    private final Renderings renderings;

    public Charts(Scheduler scheduler, ClusterConnections connections) {
        this(scheduler, connections, Renderings.discovered());
    }

    Charts(Scheduler scheduler, ClusterConnections connections, Renderings renderings) {
        this.scheduler = scheduler;
        this.connections = connections;
        this.renderings = renderings;
    }

    /** What reading has given, for what is pure afterward. */
    private record Found(
            List<ChartPlan> plans,
            List<Violation> violations,
            List<HelmRecord> recorded,
            Workflows running,
            Handover handover) {}

    /**
     * Renders the charts of a spec and reads what is in the cluster of them, and of those that it had before.
     *
     * @param access empty when there is no cluster yet
     * @param values what the charts of the spec get; empty when there is no spec
     * @param inside what was read in the cluster
     */
    public CompletableFuture<Reading> read(
            Optional<ClusterAccess> access, BackendRef ref, Optional<ChartValues> values, Reading inside) {
        Optional<BackendSpec> spec = values.map(ChartValues::spec);
        Ownership ownership = new Ownership(ref);
        List<HelmRecord> recorded = latest(inside);
        List<Chart> charts = spec.map(BackendSpec::charts).orElse(List.of());
        Set<HelmRelease> releases =
                recorded.stream().map(HelmRecord::helmRelease).collect(Collectors.toSet());
        Set<String> workflowNamespaces = workflowNamespaces(spec, recorded, inside);
        if (charts.isEmpty() && recorded.isEmpty() && workflowNamespaces.isEmpty()) {
            return CompletableFuture.completedFuture(Reading.empty());
        }
        return scheduler
                .call(() -> access.map(a -> Renderings.Target.of(a, connections.client(a))))
                .thenCompose(target -> {
                    List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
                    for (int i = 0; i < charts.size(); i++) {
                        int index = i;
                        outcomes.add(scheduler.call(
                                () -> outcome(values.orElseThrow(), index, target, ownership, releases)));
                    }
                    CompletableFuture<Workflows> running = scheduler.call(() -> access.map(connections::client)
                            .map(client -> Workflows.running(client, workflowNamespaces))
                            .orElse(Workflows.NONE));
                    return CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
                            .thenCombine(
                                    running,
                                    (done, workflows) -> reading(
                                            outcomes.stream()
                                                    .map(CompletableFuture::join)
                                                    .toList(),
                                            recorded,
                                            workflows,
                                            inside));
                });
    }

    /** Namespaces in which workflows may run, if they or the operator may be about to be removed. */
    private static Set<String> workflowNamespaces(
            Optional<BackendSpec> spec, List<HelmRecord> recorded, Reading inside) {
        Set<String> own = new TreeSet<>();
        inside.observed().forEach((id, observed) -> {
            if (observed.ownership() == Observed.Ownership.OURS && id.equals(NamespaceResource.id(id.name()))) {
                own.add(id.name());
            }
        });
        Set<String> wanted = new HashSet<>();
        spec.map(BackendSpec::charts).orElse(List.of()).forEach(chart -> wanted.add(chart.namespace()));
        Optional<OsmoNamespaces> osmo = spec.map(OsmoNamespaces::of);
        osmo.ifPresent(names -> wanted.addAll(List.of(names.operator(), names.workflow())));
        if (recorded.stream().noneMatch(ChartRelease::isOperator) && wanted.containsAll(own)) {
            return Set.of();
        }
        osmo.ifPresent(names -> own.add(names.workflow()));
        return own;
    }

    /** The last revision of each release that this backend has recorded. */
    private static List<HelmRecord> latest(Reading inside) {
        Map<ResourceId, HelmRecord> latest = new TreeMap<>();
        inside.observed().forEach((id, observed) -> {
            if (id.kind().equals(ClusterInventory.RELEASE_RECORD) && observed.value() instanceof Secret secret) {
                HelmRecord.read(secret)
                        .ifPresent(record -> latest.merge(
                                ChartRelease.id(record.helmRelease()),
                                record,
                                (one, other) -> one.version() > other.version() ? one : other));
            }
        });
        return List.copyOf(latest.values());
    }

    /** A chart that was understood, or what is wrong with it. */
    private record Outcome(Optional<ChartPlan> plan, List<Violation> violations) {}

    private Outcome outcome(
            ChartValues values,
            int index,
            Optional<Renderings.Target> target,
            Ownership ownership,
            Set<HelmRelease> releases) {
        Chart chart = values.spec().charts().get(index);
        ChartViolations violations = new ChartViolations(index, chart);
        violations.gpuOwners(values);
        Optional<ChartRenderer> renderer = renderings.renderer(chart);
        if (renderer.isEmpty()) {
            violations.noRenderer();
        }
        if (!violations.all().isEmpty()) {
            return new Outcome(Optional.empty(), violations.all());
        }
        ChartPlan plan;
        try {
            plan = renderings.plan(renderer.get(), values, chart, target, releases);
        } catch (IllegalArgumentException e) {
            violations.noObjects(String.valueOf(e.getMessage()));
            return new Outcome(Optional.empty(), violations.all());
        }
        violations.hooks(plan.rendered().hooks());
        new ReleaseWriter(ownership, chart, plan.rendered(), plan.values())
                .largeSize()
                .ifPresent(violations::tooLarge);
        if (target.isPresent() && violations.all().isEmpty()) {
            KubernetesClient client = connections.client(target.get().access());
            ChartReader reader = new ChartReader(connections, ownership, plan.release(), chart.adopt(), releases);
            LiveChart live = reader.read(client, plan.objects(), List.of());
            ChartPlan complete = renderings.keepingOwn(renderer.get(), plan, live, target.get());
            if (complete != plan) {
                live = reader.read(client, complete.objects(), List.of());
            }
            violations.refused(live.refusals());
            plan = complete.with(live, unserved(client, complete), missing(client, complete, live));
        }
        return new Outcome(Optional.of(plan), violations.all());
    }

    private Set<String> unserved(KubernetesClient client, ChartPlan plan) {
        Set<String> unserved = new HashSet<>();
        for (ChartObject object : plan.objects()) {
            String kind = DefinedKinds.kindOf(object);
            if (!unserved.contains(kind)
                    && connections
                            .discovery(client)
                            .find(object.wanted().getApiVersion(), object.kind())
                            .isEmpty()) {
                unserved.add(kind);
            }
        }
        return unserved;
    }

    /** Namespaces of objects that are to be created, as far as the cluster does not have them. */
    private Set<String> missing(KubernetesClient client, ChartPlan plan, LiveChart live) {
        Set<String> needed = new TreeSet<>();
        for (ObjectState state : live.objects()) {
            ChartObject object = state.object();
            boolean namespaced = connections
                    .discovery(client)
                    .find(object.wanted().getApiVersion(), object.kind())
                    .filter(ApiKind::namespaced)
                    .isPresent();
            String namespace = object.key().namespace();
            if (!state.exists()
                    && namespaced
                    && !namespace.equals(plan.release().namespace())) {
                needed.add(namespace);
            }
        }
        needed.removeIf(name -> KubernetesCalls.call(
                "get Namespace " + name,
                () -> client.namespaces().withName(name).get() != null));
        return needed;
    }

    private static Reading reading(
            List<Outcome> outcomes, List<HelmRecord> recorded, Workflows running, Reading inside) {
        Map<ResourceId, Observed<?>> observed = new HashMap<>();
        for (HelmRecord record : recorded) {
            LiveChart release = new LiveChart(List.of(record), List.of(), List.of(), List.of(), List.of());
            observed.put(ChartRelease.id(record.helmRelease()), Observed.ours(release));
        }
        List<ChartPlan> plans = new ArrayList<>();
        List<Violation> violations = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            violations.addAll(outcome.violations());
            outcome.plan().ifPresent(plan -> {
                plans.add(plan);
                ResourceId id = ChartRelease.id(plan.release());
                observed.remove(id);
                plan.live().ifPresent(live -> {
                    if (!live.conflicts().isEmpty()) {
                        observed.put(id, Observed.foreign(live));
                    } else if (!live.isAbsent()) {
                        observed.put(id, Observed.ours(live));
                    }
                });
            });
        }
        Handover handover = Handover.of(plans, recorded, inside);
        observed.putAll(handover.observed());
        return Reading.observed(observed)
                .and(Reading.attachment(Found.class, new Found(plans, violations, recorded, running, handover)));
    }

    private static Optional<Found> found(Inventory inventory) {
        return inventory.attachment(Found.class);
    }

    /** What is wrong with the charts of a spec: hooks, unknown kinds, missing namespaces, and what the API server refuses. */
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        List<Violation> violations =
                new ArrayList<>(found(inventory).map(Found::violations).orElse(List.of()));
        List<ChartPlan> plans = found(inventory).map(Found::plans).orElse(List.of());
        Set<String> defined = new HashSet<>();
        OsmoNamespaces osmo = OsmoNamespaces.of(spec);
        Set<String> created = new HashSet<>(List.of(osmo.operator(), osmo.workflow()));
        plans.forEach(plan -> {
            defined.addAll(plan.defines());
            created.add(plan.chart().namespace());
            created.addAll(plan.namespaces());
        });
        for (ChartPlan plan : plans) {
            List<String> unknown = plan.unserved().stream()
                    .filter(kind -> !defined.contains(kind))
                    .sorted()
                    .toList();
            ChartViolations ofChart = new ChartViolations(spec.charts().indexOf(plan.chart()), plan.chart());
            ofChart.unknownKinds(unknown);
            ofChart.missingNamespaces(plan.missing().stream()
                    .filter(name -> !created.contains(name))
                    .sorted()
                    .toList());
            plans.stream()
                    .takeWhile(other -> other != plan)
                    .forEach(other -> ofChart.shared(other.release(), plan.shared(other)));
            violations.addAll(ofChart.all());
        }
        return violations;
    }

    /**
     * The charts and their namespaces. A chart comes after those that define the kinds of its objects, and OSMO's operator after all.
     *
     * @param cluster the cluster
     * @param before everything else in the cluster, and the pools that workloads run on
     */
    public List<Resource<?>> wanted(
            BackendSpec spec, Inventory inventory, Set<ResourceId> cluster, Collection<ResourceId> before) {
        Ownership ownership = new Ownership(spec.ref());
        List<Resource<?>> wanted = new ArrayList<>();
        List<ChartPlan> plans = found(inventory).map(Found::plans).orElse(List.of());
        Map<ChartPlan, Set<ChartPlan>> order = ChartOrder.ofInstallation(plans);
        for (ChartPlan plan : plans) {
            ResourceId namespace = NamespaceResource.id(plan.chart().namespace());
            boolean made = BUILT_IN.contains(plan.chart().namespace())
                    || before.contains(namespace)
                    || wanted.stream().anyMatch(resource -> resource.id().equals(namespace));
            if (!made) {
                wanted.add(NamespaceResource.chart(
                        connections, ownership, plan.chart().namespace(), cluster));
            }
            Set<ResourceId> after = new HashSet<>(before);
            after.addAll(cluster);
            if (!BUILT_IN.contains(plan.chart().namespace())) {
                after.add(namespace);
            }
            order.getOrDefault(plan, Set.of()).forEach(other -> after.add(ChartRelease.id(other.release())));
            Set<ChartObject.Key> left = handover(inventory).leftBy(plan.release());
            wanted.add(new ChartResource(connections, scheduler, ownership, plan, renderings, after, left));
        }
        return wanted;
    }

    /** Names of the StorageClasses of charts that go: with their release, or since no chart has them any more. */
    public Set<String> leavingClasses(Inventory inventory) {
        List<ChartPlan> plans = found(inventory).map(Found::plans).orElse(List.of());
        List<HelmRecord> recorded = found(inventory).map(Found::recorded).orElse(List.of());
        Set<HelmRelease> wanted = plans.stream().map(ChartPlan::release).collect(Collectors.toSet());
        Stream<ChartObject> removed = plans.stream()
                .flatMap(plan -> plan.live().stream())
                .flatMap(live -> live.removed().stream())
                .map(ObjectState::object);
        Stream<ChartObject> released = recorded.stream()
                .filter(record -> !wanted.contains(record.helmRelease()))
                .flatMap(record -> record.objects().stream());
        Set<String> leaving = classes(Stream.concat(removed, released).map(ChartObject::key));
        leaving.removeAll(classes(plans.stream().flatMap(plan -> plan.addresses().stream())));
        return leaving;
    }

    /** They are in no namespace. */
    private static Set<String> classes(Stream<ChartObject.Key> objects) {
        return objects.filter(key -> key.kind().equals("StorageClass"))
                .map(ChartObject.Key::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Resources of the backend of which charts take over the objects, unless the spec wants these resources. */
    public Set<ResourceId> taken(Inventory inventory) {
        return handover(inventory).taken();
    }

    /** The backend, to which objects belong as well that its charts have given up. */
    public Ownership ownership(BackendRef backend, Inventory inventory) {
        return handover(inventory).ownership(backend);
    }

    private static Handover handover(Inventory inventory) {
        return found(inventory).map(Found::handover).orElse(Handover.NONE);
    }

    /** The releases that this backend has recorded, in a form that can be uninstalled. */
    public List<Deletable<?>> owned(BackendRef ref, Inventory inventory, ResourceId cluster) {
        Ownership ownership = new Ownership(ref);
        List<HelmRecord> recorded = found(inventory).map(Found::recorded).orElse(List.of());
        List<Deletable<?>> owned = new ArrayList<>();
        Map<HelmRecord, Set<HelmRecord>> order = ChartOrder.ofUninstallation(recorded);
        for (HelmRecord record : recorded) {
            Set<ResourceId> after = new HashSet<>();
            after.add(cluster);
            after.add(NamespaceResource.id(record.helmRelease().namespace()));
            recorded.stream()
                    .filter(other -> order.getOrDefault(other, Set.of()).contains(record))
                    .forEach(other -> after.add(ChartRelease.id(other.helmRelease())));
            owned.add(new ChartRelease(
                    connections,
                    ownership,
                    record,
                    cluster,
                    after,
                    handover(inventory).leftBy(record.helmRelease())));
        }
        return owned;
    }

    /** Workflows that run, if OSMO's operator or their namespace is to be removed: their finalizers need the operator. */
    public List<Guard> guards(Inventory inventory, Set<ResourceId> removed, ResourceId cluster) {
        return found(inventory)
                .map(found -> found.running()
                        .guards(
                                removed,
                                cluster,
                                found.recorded().stream()
                                        .anyMatch(record -> ChartRelease.isOperator(record)
                                                && removed.contains(ChartRelease.id(record.helmRelease())))))
                .orElse(List.of());
    }
}
