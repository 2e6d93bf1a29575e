// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.error.Violation;
import io.osmo.backend.internal.engine.Alternatives;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.PoolAlternative;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Combines the concerns of a provider. Stateless.
 *
 * @param <C> one backend of one cloud
 */
public final class ProviderGraph<C extends ProviderContext> {
    private final List<Concern<C>> concerns;

    /** @param concerns in the order in which their resources and findings are listed */
    public ProviderGraph(List<Concern<C>> concerns) {
        this.concerns = List.copyOf(concerns);
    }

    private <T> List<T> each(Function<Concern<C>, List<? extends T>> part) {
        List<T> all = new ArrayList<>();
        concerns.forEach(concern -> all.addAll(part.apply(concern)));
        return all;
    }

    public List<Violation> validate(BackendSpec spec) {
        return each(concern -> concern.validate(spec));
    }

    /** What the calls of all readers and resources need, as far as the spec or an alternative of its pools asks for them. Pure. */
    public List<Needs> needs(Optional<BackendSpec> wanted) {
        Optional<BackendSpec> spec = wanted.map(Alternatives::toRead);
        List<Needs> all = new ArrayList<>(each(concern -> concern.needs(spec)));
        this.<Reader<C>>each(Concern::readers).stream()
                .distinct()
                .map(reader -> reader.needs(spec))
                .forEach(all::add);
        return all;
    }

    /** Runs all readers concurrently. */
    public CompletableFuture<Reading> observe(Observation<C> observation) {
        return Reading.all(this.<Reader<C>>each(Concern::readers).stream()
                .distinct()
                .map(observation::of)
                .toList());
    }

    /** The readers of what {@link #settled} looks at. */
    List<Reader<C>> choosers() {
        return this.<Reader<C>>each(Concern::choosers).stream().distinct().toList();
    }

    /**
     * The spec with instance types for the pools that it names none for. What such a pool runs on stays, whatever the default of this
     * version is. A new pool gets the first of the provider's choices with which the spec breaks the fewest rules for types, so that one
     * that the region does not sell gives way to one that it sells. Pure.
     */
    BackendSpec settled(C context, BackendSpec spec, Inventory inventory) {
        BackendSpec settled = spec;
        for (NodePool pool : spec.pools()) {
            if (pool.instanceTypes().isEmpty()) {
                List<List<String>> choices = each(concern -> concern.choices(context, pool, inventory));
                settled = best(settled, pool, choices, inventory);
            }
        }
        return settled;
    }

    private BackendSpec best(BackendSpec spec, NodePool pool, List<List<String>> choices, Inventory inventory) {
        BackendSpec best = spec;
        int fewest = Integer.MAX_VALUE;
        for (List<String> types : choices) {
            BackendSpec choice = spec.withPool(
                    new PoolAlternative(types, List.of(), pool.reservation(), Optional.of(pool.spot())).of(pool));
            int broken = choices.size() == 1
                    ? 0
                    : each(concern -> concern.checkTypes(choice, inventory)).size();
            if (broken < fewest) {
                best = choice;
                fewest = broken;
            }
        }
        return best;
    }

    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        return each(concern -> concern.check(spec, inventory));
    }

    public List<String> warnings(C context, Optional<BackendSpec> spec, Inventory inventory) {
        return each(concern -> concern.warnings(context, spec, inventory));
    }

    public List<Guard> guards(C context, Inventory inventory, Set<ResourceId> removed) {
        return each(concern -> concern.guards(context, inventory, removed));
    }

    public List<Resource<?>> wanted(C context, BackendSpec spec, Inventory inventory) {
        return each(concern -> concern.wanted(context, spec, inventory));
    }

    /** The existing resources that the backend owns in the cloud, without those that are kept when it is destroyed. */
    public List<Deletable<?>> owned(C context, Inventory inventory) {
        Set<ResourceId> kept = kept(inventory);
        return ours(inventory, (id, value) -> kept.contains(id) ? Optional.empty() : owned(context, id, value));
    }

    private Optional<Deletable<?>> owned(C context, ResourceId id, Object observed) {
        return concerns.stream()
                .flatMap(concern -> concern.owned(context, id, observed).stream())
                .findFirst();
    }

    /** Lets each concern add to the owned resources, or change their order. */
    public List<Deletable<?>> arrange(C context, Inventory inventory, List<Deletable<?>> owned) {
        List<Deletable<?>> arranged = owned;
        for (Concern<C> concern : concerns) {
            arranged = concern.arrange(context, inventory, arranged);
        }
        return arranged;
    }

    private Set<ResourceId> kept(Inventory inventory) {
        return concerns.stream()
                .flatMap(concern -> concern.kept(inventory).stream())
                .collect(Collectors.toSet());
    }

    /** Reads everything again: what the backend owns, what is being deleted, and what its cluster has left behind. */
    public CompletableFuture<List<Leftover>> leftovers(C context) {
        List<CompletableFuture<List<Leftover>>> parts = new ArrayList<>();
        parts.add(observe(Observation.of(context, Optional.empty()))
                .thenApply(reading -> remaining(context, reading.toInventory())));
        concerns.forEach(concern -> parts.add(concern.leftovers(context)));
        return Futures.flat(parts);
    }

    private List<Leftover> remaining(C context, Inventory inventory) {
        Set<ResourceId> kept = kept(inventory);
        return ours(
                inventory,
                (id, value) -> Optional.of(new Leftover(
                        id.kind(),
                        owned(context, id, value).map(Deletable::cloudId).orElse(id.name()),
                        kept.contains(id)
                                ? "kept with the backups that need it"
                                : "still exists and has the ownership tags of the backend",
                        owned(context, id, value).filter(Deletable::billed).isPresent())));
    }

    private static <T> List<T> ours(Inventory inventory, BiFunction<ResourceId, Object, Optional<T>> part) {
        List<T> all = new ArrayList<>();
        inventory.observed().forEach((id, observed) -> {
            if (observed.ownership() == Observed.Ownership.OURS) {
                part.apply(id, observed.value()).ifPresent(all::add);
            }
        });
        return all;
    }
}
