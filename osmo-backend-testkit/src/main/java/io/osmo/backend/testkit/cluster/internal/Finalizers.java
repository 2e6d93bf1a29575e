// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * Objects that stay after their deletion as long as they have finalizers, and namespaces that stay as long as such objects are in them.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/finalizers/">finalizers</a>
 */
final class Finalizers {
    private Finalizers() {}

    /** Whether an object stays after its deletion. */
    static boolean hold(JsonNode object) {
        return !object.at("/metadata/finalizers").isEmpty();
    }

    static boolean isEnding(JsonNode object) {
        return object.at("/metadata").hasNonNull("deletionTimestamp");
    }

    static void end(ObjectNode object, String now) {
        if (!isEnding(object)) {
            object.withObject("/metadata").put("deletionTimestamp", now);
        }
    }

    /** Says of a namespace that it is being deleted, and what is left in it, by finalizer, as the namespace controller words it. */
    static void terminate(ObjectNode namespace, String now, Map<String, Integer> left) {
        end(namespace, now);
        ObjectNode status = namespace.withObject("/status");
        status.put("phase", "Terminating");
        ArrayNode conditions = status.putArray("conditions");
        StringBuilder text = new StringBuilder();
        new TreeMap<>(left)
                .forEach((finalizer, objects) -> text.append(text.isEmpty() ? "" : ", ")
                        .append(finalizer)
                        .append(" in ")
                        .append(objects)
                        .append(" resource instances"));
        conditions
                .addObject()
                .put("type", "NamespaceFinalizersRemaining")
                .put("status", left.isEmpty() ? "False" : "True")
                .put("reason", left.isEmpty() ? "ContentHasNoFinalizers" : "SomeFinalizersRemain")
                .put(
                        "message",
                        left.isEmpty()
                                ? "All content-preserving finalizers finished"
                                : "Some content in the namespace has finalizers remaining: " + text);
    }
}
