// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The eviction of a pod, as the API server decides about it
 * (https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/): a pod that does not run needs no budget, one of a budget
 * that is used up is refused with 429, one of several budgets with 500.
 */
public final class Evictions {
    private static final Set<String> VERSIONS = Set.of("policy/v1", "policy/v1beta1");

    private final Store store;

    Evictions(Store store) {
        this.store = store;
    }

    Answer evict(Target target, Request request) throws IOException {
        ObjectNode eviction = request.object();
        String name = String.valueOf(target.name());
        if (!eviction.path("kind").asText("Eviction").equals("Eviction")
                || !VERSIONS.contains(eviction.path("apiVersion").asText("policy/v1"))) {
            throw new ApiError(
                    400, "BadRequest", "no kind \"" + eviction.path("kind").asText() + "\" is registered");
        }
        if (!eviction.at("/metadata/name").asText().equals(name)) {
            throw new ApiError(400, "BadRequest", "name in URL does not match name in Eviction object");
        }
        boolean dryRun = dryRun(request, eviction.path("deleteOptions"));
        ObjectNode pod = store.get(target);
        preconditions(pod, eviction.at("/deleteOptions/preconditions"));
        if (!needsNoBudget(pod)) {
            budget(pod, store.covering(pod));
        }
        if (!dryRun) {
            store.end(pod, eviction.at("/deleteOptions/gracePeriodSeconds"));
        }
        return new Answer(
                201,
                Json.MAPPER
                        .createObjectNode()
                        .put("kind", "Status")
                        .put("apiVersion", "v1")
                        .put("status", "Success")
                        .put("code", 201));
    }

    /** Evicts a pod as a component of the cloud does, if its budget allows it. */
    public static void tryOn(Store store, ObjectNode pod) {
        try {
            if (!needsNoBudget(pod)) {
                budget(pod, store.covering(pod));
            }
            store.end(pod);
        } catch (ApiError refused) {
            // Tried again with the next step of the drain.
        }
    }

    private static boolean dryRun(Request request, JsonNode options) {
        boolean inBody = options.path("dryRun").path(0).asText().equals("All");
        boolean saysBody = !options.path("dryRun").isEmpty();
        if (request.query().containsKey("dryRun") && saysBody && request.dryRun() != inBody) {
            throw new ApiError(500, "InternalError", "Non-matching dry-run options in request and content");
        }
        return request.dryRun() || inBody;
    }

    private static void preconditions(ObjectNode pod, JsonNode wanted) {
        for (String field : List.of("uid", "resourceVersion")) {
            String expected = wanted.path(field).asText("");
            String actual = pod.at("/metadata/" + field).asText();
            if (!expected.isEmpty() && !expected.equals(actual)) {
                throw new ApiError(
                        409,
                        "Conflict",
                        "Operation cannot be fulfilled on pods \""
                                + pod.at("/metadata/name").asText()
                                + "\": Precondition failed: " + field + " in precondition: " + expected + ", " + field
                                + " in object meta: " + actual);
            }
        }
    }

    private static boolean needsNoBudget(ObjectNode pod) {
        return !pod.at("/metadata/deletionTimestamp").isMissingNode()
                || Set.of("Succeeded", "Failed", "Pending")
                        .contains(pod.at("/status/phase").asText("Pending"));
    }

    private static void budget(ObjectNode pod, List<ObjectNode> budgets) {
        if (budgets.size() > 1) {
            throw new ApiError(
                    500,
                    "",
                    "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
        }
        for (ObjectNode budget : budgets) {
            JsonNode status = budget.path("status");
            String name = budget.at("/metadata/name").asText();
            int healthy = status.path("currentHealthy").asInt();
            int needed = status.path("desiredHealthy").asInt();
            if (!Pods.isReady(pod)) {
                boolean always =
                        budget.at("/spec/unhealthyPodEvictionPolicy").asText().equals("AlwaysAllow");
                if (always || healthy >= needed && needed > 0) {
                    return;
                }
            }
            if (status.path("observedGeneration").asLong()
                    < budget.at("/metadata/generation").asLong()) {
                throw refused("The disruption budget " + name + " is still being processed by the server.");
            }
            if (status.path("disruptionsAllowed").asInt() <= 0) {
                throw refused("The disruption budget " + name + " needs " + needed + " healthy pods and has " + healthy
                        + " currently");
            }
        }
    }

    private static ApiError refused(String cause) {
        return new ApiError(
                429,
                "TooManyRequests",
                "Cannot evict pod as it would violate the pod's disruption budget.",
                List.of(Map.of("reason", "DisruptionBudget", "message", cause)));
    }
}
