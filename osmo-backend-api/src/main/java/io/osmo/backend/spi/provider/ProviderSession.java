// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.cost.CostEstimate;
import io.osmo.backend.diagnosis.Diagnosis;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Account;
import io.osmo.backend.spi.CloudSession;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Incarnation;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * A session that combines the parts of a provider with the resources in the cluster, for one region of one cloud. A provider supplies the
 * context. Safe for concurrent use.
 *
 * @param <C> one backend of one cloud
 */
public abstract class ProviderSession<C extends ProviderContext> implements CloudSession {
    private final BackendRef region;
    private final Scheduler scheduler;
    private final SessionCache cache;
    private final ProviderParts<C> parts;
    private final ProviderGraph<C> graph;
    private final ClusterPart<C> inside;
    private final Reader<C> insideReader = this::readInside;

    /** @param inside the resources in the cluster */
    protected ProviderSession(ProviderParts<C> parts, String region, Scheduler scheduler, ClusterPart<C> inside) {
        this.region = new BackendRef(parts.provider(), region, "");
        this.scheduler = scheduler;
        this.cache = new SessionCache(scheduler);
        this.parts = parts;
        this.graph = parts.graph();
        this.inside = inside;
    }

    protected final Scheduler scheduler() {
        return scheduler;
    }

    protected final SessionCache cache() {
        return cache;
    }

    /** The context of a backend that is known by its reference only. */
    protected abstract C context(BackendRef ref);

    /** The context of a backend with the tags and settings of its spec. */
    protected abstract C context(BackendSpec spec);

    /**
     * Finds the context of a backend that is known by its reference only. For clouds where the reference does not determine it, such as
     * a resource group.
     */
    protected CompletableFuture<C> locate(BackendRef ref) {
        return CompletableFuture.completedFuture(context(ref));
    }

    /** Like {@link #locate(BackendRef)}, from what was observed. Pure. */
    protected C locate(BackendRef ref, Inventory inventory) {
        return context(ref);
    }

    private CompletableFuture<Reading> readInside(Observation<C> observation) {
        List<CompletableFuture<Reading>> readings = new ArrayList<>();
        readings.add(observation.of(parts.cluster()));
        inside.readers(observation.spec()).forEach(reader -> readings.add(observation.of(reader)));
        return Reading.all(readings)
                .thenCompose(found ->
                        inside.read(found.toInventory(), observation.context().ref(), observation.spec()));
    }

    @Override
    public final CompletableFuture<List<PreflightFinding>> preflight(BackendSpec spec, Optional<Plan> plan) {
        return parts.preflight().run(new Survey<>(context(spec), spec, plan, graph));
    }

    @Override
    public final CompletableFuture<CostEstimate> estimate(BackendSpec spec) {
        if (parts.costs().isEmpty()) {
            return CloudSession.super.estimate(spec);
        }
        Survey<C> asked = new Survey<>(context(spec), spec, Optional.empty(), graph);
        return asked.inventory()
                .thenApply(asked::settled)
                .thenCompose(survey -> survey.violations()
                        .thenCompose(violations -> violations.isEmpty()
                                ? parts.costs().get().apply(survey)
                                : CompletableFuture.failedFuture(new InvalidSpecException(violations))));
    }

    @Override
    public final CompletableFuture<Inventory> observe(BackendRef ref, Optional<BackendSpec> spec) {
        return spec.map(s -> CompletableFuture.completedFuture(context(s)))
                .orElseGet(() -> locate(ref))
                .thenCompose(context -> {
                    Observation<C> observation = Observation.of(context, spec);
                    return Reading.all(List.of(graph.observe(observation), observation.of(insideReader)))
                            .thenApply(reading -> identified(context, reading).toInventory());
                });
    }

    /** With the account and the cluster for which a plan is good. */
    private Reading identified(C context, Reading reading) {
        Inventory inventory = reading.toInventory();
        Reading account = context.account(inventory)
                .map(id -> Reading.attachment(Account.class, new Account(id)))
                .orElseGet(Reading::empty);
        Reading cluster = inside.incarnation(inventory)
                .map(found -> Reading.attachment(Incarnation.class, found))
                .orElseGet(Reading::empty);
        return reading.and(account).and(cluster);
    }

    /** The spec with types for pools that it names none for. */
    private BackendSpec settled(BackendSpec spec, Inventory inventory) {
        return graph.settled(context(spec), spec, inventory);
    }

    @Override
    public final List<Violation> check(BackendSpec spec, Inventory inventory) {
        BackendSpec settled = settled(spec, inventory);
        List<Violation> violations = new ArrayList<>(graph.check(settled, inventory));
        violations.addAll(inside.check(settled, inventory));
        return violations;
    }

    @Override
    public final List<String> warnings(BackendRef ref, Optional<BackendSpec> spec, Inventory inventory) {
        C context = spec.map(this::context).orElseGet(() -> locate(ref, inventory));
        Optional<BackendSpec> settled = spec.map(wanted -> settled(wanted, inventory));
        List<String> warnings = new ArrayList<>(graph.warnings(context, settled, inventory));
        warnings.addAll(inside.warnings(context, settled, inventory));
        return warnings;
    }

    @Override
    public final List<Guard> guards(BackendRef ref, Inventory inventory, Set<ResourceId> removed) {
        List<Guard> guards = new ArrayList<>(graph.guards(locate(ref, inventory), inventory, removed));
        guards.addAll(inside.guards(inventory, removed));
        return guards;
    }

    @Override
    public final Optional<Deletable<?>> drain(Deletable<?> pool, Duration deadline, boolean endsWork) {
        return pool.nodes().flatMap(nodes -> inside.drain(pool, nodes, deadline, endsWork));
    }

    @Override
    public final List<Resource<?>> graph(BackendSpec wanted, Inventory inventory) {
        BackendSpec spec = settled(wanted, inventory);
        C context = context(spec);
        List<Resource<?>> all = new ArrayList<>(graph.wanted(context, spec, inventory));
        List<Resource<?>> pools =
                all.stream().filter(resource -> resource.nodes().isPresent()).toList();
        inside.keptPools(inventory, pools).ifPresent(all::add);
        all.addAll(inside.wanted(context, spec, inventory, pools));
        return all;
    }

    @Override
    public final List<Deletable<?>> owned(BackendRef ref, Inventory inventory) {
        C context = locate(ref, inventory);
        List<Deletable<?>> owned = new ArrayList<>(graph.owned(context, inventory));
        Set<ResourceId> needed = owned.stream()
                .filter(Deletable::neededByControllers)
                .map(Deletable::id)
                .collect(Collectors.toSet());
        owned.addAll(inside.owned(ref, inventory, needed));
        return graph.arrange(context, inventory, owned);
    }

    @Override
    public final Optional<ClusterAccess> access(Inventory inventory) {
        return inside.access(inventory);
    }

    @Override
    public final CompletableFuture<CloudFacts> facts(BackendRef ref) {
        return locate(ref).thenCompose(parts.facts());
    }

    @Override
    public final CompletableFuture<List<BackendRef>> list() {
        return parts.list().apply(context(region));
    }

    @Override
    public final CompletableFuture<Diagnosis> diagnose(BackendRef ref) {
        return locate(ref).thenCompose(this::diagnose);
    }

    private CompletableFuture<Diagnosis> diagnose(C context) {
        Observation<C> observation = Observation.of(context, Optional.empty());
        CompletableFuture<Fact<ClusterNodes>> nodes =
                Facts.then(Facts.of(observation.of(parts.cluster())), found -> inside.nodes(found.toInventory()));
        return parts.diagnostics()
                .map(known -> known.run(observation, nodes))
                .orElseGet(() -> CloudSession.super.diagnose(context.ref()));
    }

    @Override
    public final CompletableFuture<List<Leftover>> leftovers(BackendRef ref) {
        return locate(ref).thenCompose(graph::leftovers);
    }

    @Override
    public final void close() {
        inside.close();
        closeClients();
    }

    /** Closes what the provider has opened. */
    protected abstract void closeClients();
}
