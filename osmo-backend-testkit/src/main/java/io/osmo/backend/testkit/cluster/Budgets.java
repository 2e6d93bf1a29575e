// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.cluster.internal.Pods;
import io.osmo.backend.testkit.cluster.internal.Store;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The controller that writes into the status of each PodDisruptionBudget how many disruptions it allows
 * (https://kubernetes.io/docs/tasks/run-application/configure-pdb/): healthy pods minus those that must be. A percentage and
 * {@code maxUnavailable} count from the replicas of the pods' controllers, and round up.
 */
final class Budgets {
    private final Store store;

    Budgets(Store store) {
        this.store = store;
    }

    void settle() {
        store.all("PodDisruptionBudget").forEach(this::settle);
    }

    private void settle(ObjectNode budget) {
        List<ObjectNode> pods = store.covered(budget);
        JsonNode least = budget.at("/spec/minAvailable");
        JsonNode most = budget.at("/spec/maxUnavailable");
        int expected = least.isInt() ? pods.size() : scale(pods);
        int needed = most.isMissingNode() ? scaled(least, expected) : expected - scaled(most, expected);
        int healthy = (int) pods.stream()
                .filter(pod -> Pods.isReady(pod) && !Pods.isEnding(pod))
                .count();
        budget.putObject("status")
                .put("observedGeneration", budget.at("/metadata/generation").asLong(1))
                .put("expectedPods", expected)
                .put("desiredHealthy", Math.max(0, needed))
                .put("currentHealthy", healthy)
                .put("disruptionsAllowed", expected <= 0 ? 0 : Math.max(0, healthy - Math.max(0, needed)));
    }

    /** Replicas of the controllers of some pods. */
    private int scale(List<ObjectNode> pods) {
        Set<String> controllers = new HashSet<>();
        int scale = 0;
        for (ObjectNode pod : pods) {
            JsonNode owner = pod.at("/metadata/ownerReferences/0");
            if (!owner.isMissingNode() && controllers.add(owner.path("uid").asText())) {
                ObjectNode controller = store.find(
                        owner.path("kind").asText(),
                        pod.at("/metadata/namespace").asText(),
                        owner.path("name").asText());
                scale +=
                        controller == null ? 0 : controller.at("/spec/replicas").asInt(1);
            }
        }
        return scale;
    }

    private static int scaled(JsonNode numberOrPercent, int of) {
        if (numberOrPercent.isTextual()) {
            String text = numberOrPercent.asText();
            return text.endsWith("%")
                    ? (int) Math.ceil(Integer.parseInt(text.substring(0, text.length() - 1)) * of / 100.0)
                    : Integer.parseInt(text);
        }
        return numberOrPercent.asInt();
    }
}
