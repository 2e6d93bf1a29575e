// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.spi.Readiness;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The operations that this process has started and that were running when last read, by the id of their object. A crash of the
 * process loses only the reasons of failures, because the objects hold the states. Safe for concurrent use.
 */
final class Operations {
    private final Map<String, Running> running = new ConcurrentHashMap<>();

    /**
     * An operation that is running.
     *
     * @param url where to ask about it
     * @param object what its object looks like meanwhile
     * @param deletes whether it deletes its object
     */
    record Running(String url, ArmObject object, boolean deletes) {}

    /**
     * The outcome of an operation.
     *
     * @param failure readiness of the object if the operation has failed
     */
    record Outcome(Status status, Readiness failure) {
        /** States that matter. */
        enum Status {
            IN_PROGRESS,
            DONE,
            FAILED
        }

        static Outcome inProgress() {
            return new Outcome(Status.IN_PROGRESS, Readiness.ready());
        }

        static Outcome done() {
            return new Outcome(Status.DONE, Readiness.ready());
        }

        static Outcome failed(Readiness failure) {
            return new Outcome(Status.FAILED, failure);
        }

        static Outcome failed(String code, String message) {
            return failed(AzureErrorTable.table().failed(code, code, code + ": " + message));
        }
    }

    ArmObject begin(String id, String url, ArmObject meanwhile, boolean deletes) {
        running.put(key(id), new Running(url, meanwhile, deletes));
        return meanwhile;
    }

    Optional<Running> find(String id) {
        return Optional.ofNullable(running.get(key(id)));
    }

    void forget(String id) {
        running.remove(key(id));
    }

    /** Ids in ARM are case-insensitive. */
    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }

    /**
     * Interprets the response of the {@code Azure-AsyncOperation} URL, which has a status in its body; of the {@code Location}
     * URL, which is 202 while the operation runs; or of the object itself, which has a state.
     */
    static Outcome outcome(Answer answer) {
        JsonNode body = answer.body();
        String status = body.path("status").asText("").toLowerCase(Locale.ROOT);
        if (status.isEmpty()) {
            return answer.status() == 202 ? Outcome.inProgress() : outcome(ArmObject.of(body));
        }
        return switch (status) {
            case "succeeded" -> Outcome.done();
            case "failed", "canceled" -> {
                JsonNode error = AzureErrors.innermost(body.path("error"));
                String code = error.path("code").asText(status);
                yield Outcome.failed(code, error.path("message").asText("no reason given"));
            }
            default -> Outcome.inProgress();
        };
    }

    private static Outcome outcome(ArmObject object) {
        if (object.failed()) {
            // AKS keeps the reason in the object; other services return none.
            String code =
                    object.find("/properties/status/provisioningError/code").orElse(object.provisioningState());
            return Outcome.failed(
                    code,
                    object.find("/properties/status/provisioningError/message").orElse("no reason given"));
        }
        return object.readiness().status() == Readiness.Status.PENDING ? Outcome.inProgress() : Outcome.done();
    }
}
