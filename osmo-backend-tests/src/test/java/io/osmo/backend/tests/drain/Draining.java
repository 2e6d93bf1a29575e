// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.drain;

import io.osmo.backend.kubernetes.ClusterSide;
import io.osmo.backend.kubernetes.PoolDrain;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.existing.EmulatedExisting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The pool {@code old} that is drained beside a pool {@code new}, and the engine's loop about it. */
final class Draining implements AutoCloseable {
    static final State NOTHING_KNOWN = new State() {
        @Override
        public <O> Optional<O> find(ResourceId id, Class<O> type) {
            return Optional.empty();
        }
    };

    static final PoolDrain DRAIN = PoolDrain.of("cpu", "pool=old", Set.of(ResourceId.of("pool", "old")));

    private static final ResourceId CLUSTER = ResourceId.of("cluster", "main");

    final VirtualTime time = VirtualTime.create();
    final EmulatedExisting cloud = EmulatedExisting.on(time);
    final EmulatedCluster cluster = cloud.cluster(new BackendRef("existing", "lab", "train-west"));

    /** What people were told, without repetitions. */
    final List<String> told = new ArrayList<>();

    private final ClusterSide side = ClusterSide.open(time, state -> Optional.of(cluster.access()));

    Draining(int oldNodes, int newNodes) {
        cloud.nodes(oldNodes, "lab-8", Map.of("pool", "old", "node-type", "compute"));
        cloud.nodes(newNodes, "lab-8", Map.of("pool", "new", "node-type", "compute"));
    }

    Deletable<?> drain(PoolDrain drain) {
        return side.drain(drain, CLUSTER);
    }

    Deletable<?> drain(PoolDrain drain, Predicate<State> stopGrowth) {
        return side.drain(drain, CLUSTER, stopGrowth);
    }

    /** Drains for so long at most; returns whether it is done. */
    boolean within(Duration most, PoolDrain drain) {
        return loop(time, most, drain(drain), text -> {
            if (told.isEmpty() || !told.get(told.size() - 1).equals(text)) {
                told.add(text);
            }
        });
    }

    /** What the engine does about something that is to be deleted; returns whether it is gone within that time. */
    static <O> boolean loop(VirtualTime time, Duration most, Deletable<O> drain, Consumer<String> tell) {
        Instant until = time.now().plus(most);
        while (time.now().isBefore(until)) {
            Optional<O> left = drain.read(NOTHING_KNOWN);
            if (left.isEmpty()) {
                return true;
            }
            Readiness readiness = drain.readiness(left.get());
            tell.accept(readiness.reason());
            if (readiness.status() != Readiness.Status.DELETING) {
                drain.delete(left.get(), NOTHING_KNOWN);
            }
            time.advance(drain.timing().poll());
        }
        return false;
    }

    /** Lets the workloads that were started become ready. */
    void settle() {
        time.advance(Duration.ofMinutes(1));
    }

    @Override
    public void close() {
        side.close();
        cloud.close();
    }
}
