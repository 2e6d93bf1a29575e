// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The activity log of a subscription, as far as services write changes of what they keep for others.
 *
 * @see <a href="https://learn.microsoft.com/azure/azure-monitor/platform/activity-log-schema">Azure Monitor: schema of the log</a>
 */
public final class ActivityLog {
    /** How long events are kept. */
    public static final Duration RETENTION = Duration.ofDays(90);

    /** Until an event can be read. */
    private static final Duration DELAY = Duration.ofMinutes(3);

    private final Deque<Event> events = new ArrayDeque<>();

    /** One event that has ended an operation. */
    public record Event(Instant at, ArmId resource, String operation, Optional<ArmError> error) {
        /** As the log shows it. */
        public ObjectNode view() {
            ObjectNode view = Json.object()
                    .put("eventTimestamp", at.toString())
                    .put("resourceGroupName", resource.group())
                    .put("resourceId", resource.text())
                    .put("level", error.isPresent() ? "Error" : "Informational");
            Json.at(view, "operationName").put("value", operation).put("localizedValue", operation);
            String status = error.isPresent() ? "Failed" : "Succeeded";
            Json.at(view, "status").put("value", status).put("localizedValue", status);
            String code = error.map(e -> e.status == 403 ? "Forbidden" : e.status == 409 ? "Conflict" : "BadRequest")
                    .orElse("OK");
            Json.at(view, "subStatus").put("value", code);
            ObjectNode properties = Json.at(view, "properties").put("statusCode", code);
            error.ifPresent(e -> properties.put("statusMessage", e.envelope().toString()));
            return view;
        }
    }

    /** Writes down how a change ended. */
    public void ended(Instant at, ArmId resource, String operation, Optional<ArmError> error) {
        while (!events.isEmpty() && events.getFirst().at().isBefore(at.minus(RETENTION))) {
            events.removeFirst();
        }
        events.add(new Event(at, resource, operation, error));
    }

    /** What can be read by now, the newest first. */
    public List<Event> read(Instant now) {
        List<Event> visible = new ArrayList<>(events.stream()
                .filter(event -> !event.at().isAfter(now.minus(DELAY)))
                .toList());
        Collections.reverse(visible);
        return visible;
    }
}
