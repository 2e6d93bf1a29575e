// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spi.CloudProvider;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import io.osmo.backend.testkit.cluster.EmulatedNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** One cloud with our backend and its neighbors in it, the process that works on it, and what is remembered between steps. */
final class World implements AutoCloseable {
    static final String NAME = "train-west";

    /** What the pool of AKS's own pods is called among those that must keep nodes; no pool of a spec can have this name. */
    static final String SYSTEM_POOL = "(system)";

    final VirtualTime time;
    final Monitor monitor = new Monitor();
    final CloudUnderTest under;
    final BackendRef ref;
    final BudgetedWorkloads workloads;
    final List<String> log = new ArrayList<>();
    final List<CloudUnderTest.Undo> undos = new ArrayList<>();
    private final Function<EmulatedCloud, CloudProvider> change;
    private final boolean thorough;
    private OsmoBackends osmo;
    private Map<String, Object> foreign = new TreeMap<>();
    /** Names of what somebody has made by hand in our cluster. */
    private final Set<String> planted = new HashSet<>();
    /** Whether what somebody does by hand has not ended yet, so that the cloud changes under a plan. */
    boolean underWay;
    /** What is wanted now. */
    SpecDraft draft;
    /** The last spec that could be planned. */
    SpecDraft accepted;

    /** @param change what is wrong with the provider; nothing, unless the simulation itself is tested */
    World(Clouds.Cloud cloud, Function<EmulatedCloud, CloudProvider> change, History history) {
        Random random = new Random(history.seed());
        this.change = change;
        this.thorough = history.isThorough();
        this.time = VirtualTime.of(
                random.nextLong(), Duration.ofMillis(200), cloud.facts().start());
        this.under = cloud.factory().open(time, monitor);
        this.draft = SpecDraft.first(NAME, under.facts(), random);
        this.accepted = draft.copy();
        this.ref = new BackendRef(under.facts().provider(), under.facts().region(), NAME);
        this.osmo = open();
        plantNeighbors(history.mayHaveNeighbors(), random);
        this.workloads = new BudgetedWorkloads(time, () -> under.cloud().cluster(ref));
        monitor.watch(this::watched, workloads, under);
    }

    private void plantNeighbors(boolean backends, Random random) {
        under.plantObjects(NAME);
        if (backends) {
            if (random.nextInt(2) == 0) {
                neighbor(NAME, under.facts().otherRegion());
            }
            switch (random.nextInt(4)) {
                case 0 -> neighbor("train", under.facts().region());
                case 1 -> neighbor(NAME + "-2", under.facts().region());
                default -> {}
            }
        }
        time.advance(Duration.ofHours(1));
        under.cloud().inventory();
        rememberAll();
    }

    private void neighbor(String name, String region) {
        SpecDraft theirs = new SpecDraft(name, under.facts());
        theirs.region = region;
        PoolDraft pool = new PoolDraft("cpu", false);
        pool.types.add(under.facts().machines().get(0));
        theirs.pools.add(pool);
        try (OsmoBackends neighbor = OsmoBackends.builder()
                .provider(under.cloud().provider())
                .scheduler(time)
                .build()) {
            neighbor.apply(neighbor.plan(theirs.spec()));
        }
        note("neighbor " + name + " in " + region);
    }

    /** A new process. */
    OsmoBackends open() {
        return OsmoBackends.builder()
                .provider(change.apply(under.cloud()))
                .scheduler(time)
                .build();
    }

    OsmoBackends osmo() {
        return osmo;
    }

    /** The processes that apply plans: others than the one that has planned, or that one, which has less to read. */
    List<OsmoBackends> appliers(int plans) {
        return plans == 1 && !thorough
                ? List.of(osmo)
                : Stream.generate(this::open).limit(plans).toList();
    }

    void close(OsmoBackends applier) {
        if (applier != osmo) {
            applier.close();
        }
    }

    /** The process has died, or has ended, and another one goes on. */
    void restart() {
        osmo.close();
        osmo = open();
    }

    /** Takes all that is in the account now for what belongs to others and has to stay. */
    private void rememberAll() {
        foreign = new TreeMap<>(under.account());
    }

    /** Takes what belongs to others as it is now for what it has to stay. None of it may be gone. */
    void rememberForeign() {
        Map<String, Object> now = under.account();
        requireForeign(now);
        foreign.replaceAll((id, text) -> now.getOrDefault(id, text));
    }

    /** What has come since with this name in its id belongs to others too; the rest may be ours, such as nodes on their way. */
    void addForeign(Map<String, Object> before, String name) {
        planted.add(name);
        under.account().forEach((id, text) -> {
            if (!before.containsKey(id) && id.contains(name)) {
                foreign.put(id, text);
            }
        });
    }

    /** Whoever has made something by hand may also change and delete it by hand. */
    void forgetChangedByHand(String deed) {
        planted.stream().filter(deed::contains).forEach(name -> foreign.keySet().removeIf(id -> id.contains(name)));
    }

    /** The same, but what somebody has taken away from others by hand is not theirs any more. */
    void forgetForeign() {
        Map<String, Object> now = under.account();
        foreign.keySet().retainAll(now.keySet());
        foreign.replaceAll((id, text) -> now.getOrDefault(id, text));
    }

    private void requireForeign(Map<String, Object> now) {
        foreign.forEach((id, before) -> {
            if (!now.containsKey(id)) {
                throw new InvariantBroken("neighbors unchanged", id + " is gone; it was " + before);
            }
        });
    }

    /** Neighbors are as they were, to the letter. */
    void checkNeighbors() {
        Map<String, Object> now = under.account();
        requireForeign(now);
        foreign.forEach((id, before) -> {
            Object after = now.getOrDefault(id, "");
            if (!after.equals(before)) {
                throw new InvariantBroken(
                        "neighbors unchanged", id + " " + Steps.difference(before.toString(), after.toString()));
            }
        });
    }

    /** Nothing of ours is left in the account but what may remain. */
    void checkNothingLeft() {
        Map<String, Object> left = new LinkedHashMap<>(under.account());
        left.keySet().removeAll(foreign.keySet());
        left.entrySet()
                .removeIf(entry ->
                        under.mayRemain(entry.getKey(), entry.getValue().toString()));
        if (!left.isEmpty()) {
            throw new InvariantBroken("nothing is left after a destruction", left.toString());
        }
    }

    /** The same, with {@link #SYSTEM_POOL} where the cloud has one. */
    private Set<String> watched() {
        Set<String> pools = poolsWithNodes();
        if (hasSystemNode()) {
            pools.add(SYSTEM_POOL);
        }
        return pools;
    }

    boolean hasSystemNode() {
        return nodes().stream()
                .anyMatch(node -> BudgetedWorkloads.SYSTEM.equals(node.labels().get(BudgetedWorkloads.MODE)));
    }

    /** Names of the pools of the spec that have a ready node. */
    Set<String> poolsWithNodes() {
        Set<String> pools = new HashSet<>();
        for (EmulatedNode node : nodes()) {
            String pool = node.labels().get(PoolDraft.LABEL);
            if (pool != null) {
                pools.add(pool);
            }
        }
        return pools;
    }

    private List<EmulatedNode> nodes() {
        try {
            return under.cloud().cluster(ref).nodes();
        } catch (RuntimeException noCluster) {
            // There is no cluster, so there are no nodes.
            return List.of();
        }
    }

    void note(String text) {
        log.add("[" + Steps.text(time.elapsed()) + "] " + text);
    }

    /** Adds to the last line. */
    void add(String text) {
        int last = log.size() - 1;
        log.set(last, log.get(last) + text);
    }

    @Override
    public void close() {
        // An apply that was given up lets go of its lock only when its calls have ended.
        under.cloud().faults().clear();
        time.advance(Duration.ofHours(1));
        osmo.close();
        under.close();
        time.close();
    }
}
