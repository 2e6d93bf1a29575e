// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.rules;

import io.osmo.backend.spec.Taint;
import io.osmo.backend.verify.snapshot.NodeFacts;
import java.util.List;
import java.util.Map;

/**
 * How OSMO finds the nodes of a platform: the node has all its labels, and every taint except {@code PreferNoSchedule} is
 * tolerated. Stricter than Kubernetes: a toleration without a key tolerates nothing.
 *
 * @param labels labels that the node must have
 */
public record Platform(Map<String, String> labels, List<Toleration> tolerations) {
    /** The platform {@code default: {}} that OSMO has unless it is removed. */
    public static final Platform CATCH_ALL = new Platform(Map.of(), List.of());

    /**
     * A toleration.
     *
     * @param exists operator {@code Exists}, which any value satisfies, instead of {@code Equal}
     * @param effect Kubernetes' spelling; empty for any
     */
    public record Toleration(String key, boolean exists, String value, String effect) {
        boolean tolerates(Taint taint) {
            return key.equals(taint.key())
                    && (effect.isEmpty() || effect.equals(taint.effect().kubernetes()))
                    && (exists || value.equals(taint.value()));
        }
    }

    public boolean matches(NodeFacts node) {
        return node.labels().entrySet().containsAll(labels.entrySet())
                && node.taints().stream()
                        .filter(t -> t.effect() != Taint.Effect.PREFER_NO_SCHEDULE)
                        .allMatch(t -> tolerations.stream().anyMatch(toleration -> toleration.tolerates(t)));
    }
}
