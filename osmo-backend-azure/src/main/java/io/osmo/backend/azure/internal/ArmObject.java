// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.spi.Readiness;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An object of Azure Resource Manager as it was read, with what is known about the operation that is running on it.
 *
 * @param json the object as ARM returned it; contains no secret, because a GET returns none
 * @param operation state of the operation that this process has started; if there is none, the state of the object counts
 */
public record ArmObject(JsonNode json, Readiness operation) {
    /** An object as it was read, on which this process has started no operation. */
    public static ArmObject of(JsonNode json) {
        return new ArmObject(json, Readiness.ready());
    }

    ArmObject during(Readiness state) {
        return new ArmObject(json, state);
    }

    public String id() {
        return text("/id");
    }

    public String name() {
        return text("/name");
    }

    /** The text at a JSON pointer such as {@code /properties/principalId}; empty when there is none. */
    public String text(String pointer) {
        return json.at(pointer).asText("");
    }

    public Optional<String> find(String pointer) {
        return Optional.of(text(pointer)).filter(text -> !text.isEmpty());
    }

    /** When ARM says that something happened; empty when it does not say or not in a form that is known. */
    public Optional<Instant> instant(String pointer) {
        return find(pointer).flatMap(text -> {
            try {
                return Optional.of(Instant.parse(text));
            } catch (DateTimeParseException unknown) {
                return Optional.empty();
            }
        });
    }

    /** By key, ignoring case as Azure does. */
    public Map<String, String> tags() {
        Map<String, String> tags = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        json.path("tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        return tags;
    }

    /** State of the last operation on it: {@code Succeeded}, {@code Failed}, {@code Canceled} or one that ends; may be empty. */
    public String provisioningState() {
        return text("/properties/provisioningState");
    }

    /** Whether the last operation on it has failed, whoever started it. Another PUT repairs it. */
    public boolean failed() {
        String state = provisioningState().toLowerCase(Locale.ROOT);
        return state.equals("failed") || state.equals("canceled");
    }

    /** From the operation that this process has started, or else from the state of the object; both use ARM's own terms. */
    public Readiness readiness() {
        if (operation.status() != Readiness.Status.READY) {
            return operation;
        }
        String state = provisioningState();
        return switch (state.toLowerCase(Locale.ROOT)) {
            // A failed object is compared, differs in its state, and is put again.
            case "", "succeeded", "failed", "canceled" -> Readiness.ready();
            case "deleting" -> Readiness.deleting();
            default -> Readiness.pending(state);
        };
    }
}
