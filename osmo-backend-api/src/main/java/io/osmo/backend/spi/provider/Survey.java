// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.error.Violation;
import io.osmo.backend.internal.engine.Alternatives;
import io.osmo.backend.plan.Action;
import io.osmo.backend.plan.Change;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the checks of one preflight share: the backend, its spec, and one observation of the cloud, which is made when a check first needs
 * it. Safe for concurrent use.
 *
 * @param <C> one backend of one cloud
 */
public final class Survey<C extends ProviderContext> {
    private final C context;
    private final BackendSpec spec;
    private final Optional<Plan> plan;
    private final ProviderGraph<C> graph;
    private final Observation<C> observation;
    private final Optional<Inventory> given;
    private Map<Class<?>, CompletableFuture<?>> answers = new ConcurrentHashMap<>();
    private @Nullable CompletableFuture<Inventory> inventory;

    Survey(C context, BackendSpec spec, Optional<Plan> plan, ProviderGraph<C> graph) {
        this(context, spec, plan, graph, Observation.survey(context, Alternatives.toRead(spec)), Optional.empty());
    }

    private Survey(
            C context,
            BackendSpec spec,
            Optional<Plan> plan,
            ProviderGraph<C> graph,
            Observation<C> observation,
            Optional<Inventory> given) {
        this.context = context;
        this.spec = spec;
        this.plan = plan;
        this.graph = graph;
        this.observation = observation;
        this.given = given;
    }

    /**
     * The survey of the spec with instance types for the pools that it names none for, which depend on what exists and what is sold. Pure.
     */
    public Survey<C> settled(Inventory found) {
        if (namesTypes()) {
            return this;
        }
        Survey<C> settled = new Survey<>(context, graph.settled(context, spec, found), plan, graph, observation, given);
        settled.answers = answers;
        settled.inventory = inventory;
        return settled;
    }

    private boolean namesTypes() {
        return spec.pools().stream().noneMatch(pool -> pool.instanceTypes().isEmpty());
    }

    /** A survey of another spec of the same backend, with the same observation and without a plan. Pure. */
    public Survey<C> instead(BackendSpec other, Inventory found) {
        return new Survey<>(context, other, Optional.empty(), graph, observation, Optional.of(found));
    }

    /** The answer to a question that several checks ask, which is asked once. */
    @SuppressWarnings("unchecked") // who asks decides the type
    public synchronized <T> CompletableFuture<T> once(Class<?> question, Supplier<CompletableFuture<T>> ask) {
        return (CompletableFuture<T>) answers.computeIfAbsent(question, q -> ask.get());
    }

    public C context() {
        return context;
    }

    public BackendSpec spec() {
        return spec;
    }

    /** Whether the plan changes anything; true if there is no plan. */
    public boolean changesAnything() {
        return plan.map(p -> !p.isEmpty()).orElse(true);
    }

    /** Whether the plan creates or changes a resource; true if there is no plan. */
    public boolean changes(ResourceId id) {
        return plan.map(p -> p.changes().stream()
                        .anyMatch(change -> change.resource().equals(id) && change.action() != Action.DELETE))
                .orElse(true);
    }

    /** Whether the plan replaces the nodes of an existing pool one after another; for another spec, whether the pool exists. */
    public boolean rolls(ResourceId pool) {
        return given.map(found -> found.observed().containsKey(pool)).orElseGet(() -> isRolled(pool));
    }

    private boolean isRolled(ResourceId pool) {
        return plan.stream()
                .flatMap(p -> p.changes().stream())
                .anyMatch(change -> change.resource().equals(pool)
                        && change.action() == Action.UPDATE
                        && change.disruption() == Disruption.ROLLING);
    }

    /**
     * The resources that the plan creates, or without a plan, the desired ones that do not exist. Empty while the spec has violations,
     * because there is no graph then. Pure.
     */
    public Set<ResourceId> created(Inventory found) {
        return plan.map(p -> p.changes().stream()
                        .filter(change -> change.action() == Action.CREATE || change.action() == Action.REPLACE)
                        .map(Change::resource))
                .orElseGet(() -> check(found).isEmpty()
                        ? graph.wanted(context, spec, found).stream()
                                .map(Resource::id)
                                .filter(id -> !found.observed().containsKey(id))
                        : Stream.empty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The desired resources in the cloud, whether they exist or not. Pure. */
    public Set<ResourceId> wanted(Inventory found) {
        return graph.wanted(context, spec, found).stream()
                .map(Resource::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The actions that applying the plan needs, or without a plan, those that creating the backend needs. Pure. */
    public SortedSet<String> actions() {
        List<Needs> needs = graph.needs(Optional.of(spec));
        return plan.map(p -> Rights.planned(needs, p)).orElseGet(() -> Rights.creation(needs));
    }

    /** The observation, for checks that need only one reading. */
    public Observation<C> observation() {
        return observation;
    }

    /** Everything that a plan would read in the cloud, and what the cloud offers. It is read once. */
    public synchronized CompletableFuture<Inventory> inventory() {
        if (inventory == null) {
            inventory = graph.observe(observation).thenApply(Reading::toInventory);
        }
        return inventory;
    }

    /** What these readers find, so that a refusal of others does not matter; what all readers find if the list is empty. */
    public CompletableFuture<Inventory> inventory(List<Reader<C>> readers) {
        return readers.isEmpty()
                ? inventory()
                : Reading.all(Stream.concat(readers.stream(), namesTypes() ? Stream.of() : graph.choosers().stream())
                                .distinct()
                                .map(observation::of)
                                .toList())
                        .thenApply(Reading::toInventory);
    }

    /** Violations that a plan would report after reading the cloud. */
    public CompletableFuture<List<Violation>> violations() {
        return inventory().thenApply(found -> settled(found).check(found));
    }

    /** Violations of one spec, without its alternatives, if this is all that the cloud has. Pure. */
    public List<Violation> violations(BackendSpec one, Inventory found) {
        List<Violation> violations = new ArrayList<>(graph.validate(one));
        violations.addAll(graph.check(one, found));
        return violations;
    }

    /** Path of a pool of the spec, such as {@code computePools[1]}. */
    public String path(NodePool pool) {
        return Alternatives.path(spec, pool);
    }

    /** Violations that a plan would report if this is all that the cloud has. Pure. */
    List<Violation> check(Inventory found) {
        Set<String> exists = graph.owned(context, found).stream()
                .flatMap(owned -> owned.pool().stream())
                .collect(Collectors.toSet());
        return Alternatives.validate(spec, each -> graph.check(each, found), exists);
    }
}
