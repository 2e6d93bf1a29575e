// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.verify.internal.values.Quantities;

/**
 * What a pod takes from its node, as the scheduler counts. Init containers run one after the other, before the containers; sidecars are
 * init containers that go on running. A request of the pod as a whole replaces those of its containers.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/">resource sharing within a pod</a>
 * @see <a href="https://kubernetes.io/docs/tasks/configure-pod-container/assign-pod-level-resources/">pod-level resources</a>
 */
final class PodRequests {
    private PodRequests() {}

    /** @param resource such as {@code cpu}, which is counted in thousandths; anything else in bytes or pieces */
    static long of(JsonNode pod, String resource) {
        JsonNode spec = pod.path("spec");
        JsonNode whole = spec.path("resources").path("requests");
        long requested = whole.has(resource) ? amount(whole, resource) : ofContainers(spec, resource);
        return requested + amount(spec.path("overhead"), resource);
    }

    private static long ofContainers(JsonNode spec, String resource) {
        long sidecars = 0;
        long starting = 0;
        for (JsonNode container : spec.path("initContainers")) {
            long request = request(container, resource);
            if (Parse.text(container, "restartPolicy").equals("Always")) {
                sidecars += request;
                starting = Math.max(starting, sidecars);
            } else {
                starting = Math.max(starting, sidecars + request);
            }
        }
        long running = sidecars;
        for (JsonNode container : spec.path("containers")) {
            running += request(container, resource);
        }
        return Math.max(starting, running);
    }

    private static long request(JsonNode container, String resource) {
        return amount(container.path("resources").path("requests"), resource);
    }

    private static long amount(JsonNode requests, String resource) {
        String quantity = Parse.text(requests, resource);
        return (resource.equals("cpu") ? Quantities.millis(quantity) : Quantities.amount(quantity)).orElse(0);
    }
}
