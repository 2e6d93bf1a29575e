// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.osmo.backend.fake.FakeResource;
import io.osmo.backend.fake.Thing;
import io.osmo.backend.fake.World;
import io.osmo.backend.plan.Action;
import io.osmo.backend.plan.Change;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DiffProperties {
    private static final Drains NO_DRAINS = (pool, endsWork) -> Optional.empty();

    private final World world = new World();

    /** A random graph, and a random part of it that stands as wanted, differently, or not yet. */
    private record Sample(List<Resource<?>> wanted, List<Deletable<?>> owned, Inventory inventory) {}

    private Sample sample(long seed, int size) {
        Random random = new Random(seed);
        List<Resource<?>> wanted = new ArrayList<>();
        List<Deletable<?>> owned = new ArrayList<>();
        Map<ResourceId, Observed<?>> observed = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            List<String> after = new ArrayList<>();
            for (int j = 0; j < i; j++) {
                if (random.nextInt(4) == 0) {
                    after.add("thing/" + j);
                }
            }
            FakeResource resource =
                    FakeResource.of(world.cloud, "thing/" + i, Duration.ofSeconds(5), after.toArray(String[]::new));
            String field = random.nextBoolean() ? "born" : "size";
            int fate = random.nextInt(5);
            boolean stands = fate != 0;
            boolean isWanted = fate != 1;
            if (isWanted) {
                wanted.add(resource.with(field, "1"));
            }
            if (stands) {
                Thing.Phase phase = fate == 2 ? Thing.Phase.CREATING : Thing.Phase.READY;
                Map<String, String> fields = Map.of(field, fate == 3 ? "0" : "1");
                observed.put(
                        resource.id(), Observed.ours(new Thing(i, resource.id(), resource.after(), fields, phase, "")));
                owned.add(resource);
            }
        }
        return new Sample(wanted, owned, Inventory.of(observed, Map.of()));
    }

    @Example
    void what_goes_with_something_is_deleted_by_itself_only_when_that_stays() {
        FakeResource cluster = FakeResource.of(world.cloud, "cluster/main", Duration.ofSeconds(5));
        FakeResource inside = FakeResource.of(world.cloud, "namespace/a", Duration.ofSeconds(1), "cluster/main");
        @SuppressWarnings("unchecked")
        Deletable<Thing> namespace = mock(Deletable.class);
        when(namespace.type()).thenReturn(Thing.class);
        when(namespace.deletionDisruption(any())).thenReturn(Disruption.NONE);
        when(namespace.deletionDisruption()).thenReturn(Disruption.NONE);
        when(namespace.nodes()).thenReturn(Optional.empty());
        when(namespace.pool()).thenReturn(Optional.empty());
        when(namespace.id()).thenReturn(inside.id());
        when(namespace.after()).thenReturn(inside.after());
        when(namespace.timing()).thenReturn(inside.timing());
        when(namespace.describe()).thenReturn("namespace a");
        when(namespace.deletedWith()).thenReturn(Optional.of(cluster.id()));
        Map<ResourceId, Observed<?>> observed = new TreeMap<>();
        for (FakeResource resource : List.of(cluster, inside)) {
            observed.put(
                    resource.id(),
                    Observed.ours(new Thing(1, resource.id(), resource.after(), Map.of(), Thing.Phase.READY, "")));
        }
        Inventory inventory = Inventory.of(observed, Map.of());

        assertThat(Diff.nothing(World.ref(), List.of(cluster, namespace), inventory)
                        .changes())
                .extracting(Change::resource)
                .containsExactly(cluster.id());
        assertThat(Diff.wanted(World.ref(), List.of(cluster), List.of(cluster, namespace), inventory, NO_DRAINS)
                        .changes())
                .extracting(Change::resource)
                .containsExactly(inside.id());
    }

    @Property(tries = 300)
    void each_difference_is_one_change_and_nothing_else_is(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 40) int size) {
        Sample sample = sample(seed, size);
        List<Change> changes = diff(sample).changes();
        Map<ResourceId, Action> actions = changes.stream().collect(Collectors.toMap(Change::resource, Change::action));
        Set<ResourceId> wanted = sample.wanted().stream().map(Deletable::id).collect(Collectors.toSet());

        for (Resource<?> resource : sample.wanted()) {
            Observed<?> found = sample.inventory().observed().get(resource.id());
            FakeResource fake = (FakeResource) resource;
            if (found == null) {
                assertThat(actions).containsEntry(resource.id(), Action.CREATE);
            } else if (((Thing) found.value()).phase() == Thing.Phase.CREATING) {
                assertThat(actions).containsEntry(resource.id(), Action.WAIT);
            } else if (((Thing) found.value()).fields().equals(fake.fields())) {
                assertThat(actions).doesNotContainKey(resource.id());
            } else {
                assertThat(actions)
                        .containsEntry(
                                resource.id(), fake.fields().containsKey("born") ? Action.REPLACE : Action.UPDATE);
            }
        }
        sample.owned().stream()
                .filter(d -> !wanted.contains(d.id()))
                .forEach(d -> assertThat(actions).containsEntry(d.id(), Action.DELETE));
        assertThat(changes).allSatisfy(change -> {
            assertThat(change.reason()).isNotBlank();
        });
    }

    @Property(tries = 300)
    void whatever_comes_first_stands_first(@ForAll long seed, @ForAll @IntRange(min = 0, max = 40) int size) {
        Set<ResourceId> seen = new HashSet<>();
        for (Change change : diff(sample(seed, size)).changes()) {
            assertThat(seen).containsAll(change.after());
            seen.add(change.resource());
        }
    }

    @Property(tries = 100)
    void the_same_input_gives_the_same_plan(@ForAll long seed, @ForAll @IntRange(min = 0, max = 40) int size) {
        assertThat(diff(sample(seed, size)).changes())
                .isEqualTo(diff(sample(seed, size)).changes());
    }

    @Property(tries = 100)
    void a_destruction_deletes_all_that_is_owned_dependents_first(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 40) int size) {
        Sample sample = sample(seed, size);
        List<Change> changes =
                Diff.nothing(World.ref(), sample.owned(), sample.inventory()).changes();
        assertThat(changes).hasSameSizeAs(sample.owned()).allMatch(c -> c.action() == Action.DELETE);
        Map<ResourceId, Integer> position = new TreeMap<>();
        changes.forEach(c -> position.put(c.resource(), position.size()));
        sample.owned()
                .forEach(d -> d.after().stream()
                        .filter(position::containsKey)
                        .forEach(before -> assertThat(position.get(d.id())).isLessThan(position.get(before))));
    }

    private Difference diff(Sample sample) {
        Set<ResourceId> known = new HashSet<>(sample.inventory().observed().keySet());
        sample.wanted().forEach(r -> known.add(r.id()));
        // What is neither wanted nor there cannot be asked for by the graph.
        List<Resource<?>> wanted = sample.wanted().stream()
                .<Resource<?>>map(r -> {
                    FakeResource fake = (FakeResource) r;
                    Set<ResourceId> after = new HashSet<>(fake.after());
                    after.retainAll(known);
                    return new FakeResource(
                            fake.cloud(), fake.id(), after, fake.fields(), fake.takes(), fake.pool(), Set.of());
                })
                .toList();
        return Diff.wanted(World.ref(), wanted, sample.owned(), sample.inventory(), NO_DRAINS);
    }

    @Example
    void a_circle_is_a_defect_that_names_its_members() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Diff.wanted(
                        World.ref(),
                        List.of(world.resource("a/a", 1, "b/b"), world.resource("b/b", 1, "a/a")),
                        List.of(),
                        Inventory.empty(),
                        NO_DRAINS))
                .withMessageContaining("[a/a, b/b]");
    }

    @Example
    void an_unknown_predecessor_and_a_double_id_are_defects() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Diff.wanted(
                        World.ref(), List.of(world.resource("a/a", 1, "b/b")), List.of(), Inventory.empty(), NO_DRAINS))
                .withMessage("a/a comes after b/b, which does not exist");
        assertThatIllegalStateException()
                .isThrownBy(() -> Diff.wanted(
                        World.ref(),
                        List.of(world.resource("a/a", 1), world.resource("a/a", 1)),
                        List.of(),
                        Inventory.empty(),
                        NO_DRAINS))
                .withMessage("two resources have the id a/a");
    }
}
