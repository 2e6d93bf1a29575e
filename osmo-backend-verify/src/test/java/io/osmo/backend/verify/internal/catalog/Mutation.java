// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog;

import io.osmo.backend.spec.Taint;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.Cluster;
import io.osmo.backend.verify.fixture.Clusters;
import io.osmo.backend.verify.snapshot.StorageClassFacts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One small defect of a good cluster.
 *
 * @param clouds kinds of clusters that it is planted in
 * @param found what the checks that are about it find
 */
record Mutation(String name, Set<String> clouds, Consumer<Cluster> defect, Map<String, Status> found) {
    /** Good clusters by the name of their service. */
    static final Map<String, Supplier<Cluster>> CLOUDS =
            new TreeMap<>(Map.of("EKS", Clusters::goodEks, "GKE", Clusters::goodGke, "AKS", Clusters::goodAks));

    static Mutation plant(String name, Consumer<Cluster> defect, Object... found) {
        return plant(CLOUDS.keySet(), name, defect, found);
    }

    static Mutation plantOn(String cloud, String name, Consumer<Cluster> defect, Object... found) {
        return plant(Set.of(cloud), name, defect, found);
    }

    private static Mutation plant(Set<String> clouds, String name, Consumer<Cluster> defect, Object... found) {
        Map<String, Status> expected = new TreeMap<>();
        for (int i = 0; i < found.length; i += 2) {
            expected.put((String) found[i], (Status) found[i + 1]);
        }
        return new Mutation(name, clouds, defect, expected);
    }

    static Consumer<Cluster> node(String node, String label, String value) {
        return c -> c.node(node, n -> n.labels.put(label, value));
    }

    static Consumer<Cluster> taint(String node, String key, String value) {
        return c -> c.node(node, n -> n.taints = List.of(new Taint(key, value, Taint.Effect.NO_SCHEDULE)));
    }

    static Consumer<Cluster> condition(String node, String type, String status) {
        return c -> c.node(node, n -> n.conditions.put(type, status));
    }

    static void replaceClass(Cluster c, boolean expandable, String reclaim, String binding) {
        StorageClassFacts old = c.storageClasses.get(0);
        c.storageClasses.set(
                0,
                new StorageClassFacts(
                        old.name(),
                        old.provisioner(),
                        old.parameters(),
                        true,
                        expandable,
                        reclaim,
                        binding,
                        old.created()));
    }
}
