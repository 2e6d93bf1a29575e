// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.internal.rules.Taints;
import io.osmo.backend.verify.snapshot.NodeFacts;
import java.util.List;

/** What several checks ask about the cloud's pools. */
final class Pools {
    private Pools() {}

    static List<CloudFacts.Pool> operator(List<CloudFacts.Pool> pools) {
        return pools.stream().filter(Evidence::isOperator).toList();
    }

    /** Pools with any other {@code node-type}; the cloud's own system pools have none. */
    static List<CloudFacts.Pool> compute(List<CloudFacts.Pool> pools) {
        return pools.stream()
                .filter(p -> !p.labels().getOrDefault(NodeFacts.NODE_TYPE, "").isEmpty() && !Evidence.isOperator(p))
                .toList();
    }

    /** Whether pods without a toleration are kept away. */
    static boolean tainted(NodeFacts node) {
        return node.taints().stream()
                .anyMatch(t -> t.effect() != Taint.Effect.PREFER_NO_SCHEDULE && !Taints.comesAndGoes(t));
    }

    /** Taints that do not depend on the state of a node. */
    static List<Taint> lasting(List<Taint> taints) {
        return taints.stream().filter(t -> !Taints.comesAndGoes(t)).toList();
    }

    static String bounds(CloudFacts.Pool pool) {
        return bounds(pool.name(), pool.scale().min(), pool.scale().max());
    }

    static String bounds(String pool, int min, int max) {
        return pool + (min == max ? " fixed at " + min : " from " + min + " to " + max);
    }
}
