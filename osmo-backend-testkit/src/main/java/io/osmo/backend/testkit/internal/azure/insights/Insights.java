// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.insights;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.azure.ArmRequest;
import io.osmo.backend.testkit.internal.azure.arm.ActivityLog;
import io.osmo.backend.testkit.internal.azure.arm.Arm;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.ArmReply;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Microsoft.Insights: the activity log. Its filter takes a few patterns only.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/monitor/activity-logs/list">Azure Monitor: activity logs</a>
 */
public final class Insights {
    private static final Pattern FILTER =
            Pattern.compile("eventTimestamp ge '([^']+)'(?: and eventTimestamp le '([^']+)')?"
                    + "(?: and (resourceGroupName|resourceUri|resourceProvider) eq '([^']+)')?");

    private final AzureSubscription azure;

    public Insights(Arm arm, AzureSubscription azure) {
        this.azure = azure;
        arm.add("Microsoft.Insights/eventtypes/values", (request, id) -> events(request));
    }

    private ArmReply events(ArmRequest request) {
        Matcher filter = FILTER.matcher(request.query("$filter"));
        if (!filter.matches()) {
            throw ArmError.badRequest(
                    "BadRequest",
                    "The filter '" + request.query("$filter") + "' is not one of the supported patterns.");
        }
        Instant from = time(filter.group(1));
        Instant to = filter.group(2) == null ? azure.now() : time(filter.group(2));
        if (from.isBefore(azure.now().minus(ActivityLog.RETENTION))) {
            throw ArmError.badRequest("BadRequest", "The start time cannot be more than 90 days in the past.");
        }
        List<String> fields = List.of(request.query("$select").split(",", -1));
        return ArmReply.values(azure.activity.read(azure.now()).stream()
                .filter(event -> !event.at().isBefore(from) && !event.at().isAfter(to))
                .filter(event -> filter.group(3) == null || matches(event, filter.group(3), filter.group(4)))
                .map(event -> selected(event.view(), fields)));
    }

    private static boolean matches(ActivityLog.Event event, String field, String value) {
        return switch (field) {
            case "resourceGroupName" -> event.resource().group().equalsIgnoreCase(value);
            case "resourceUri" -> event.resource().text().equalsIgnoreCase(value);
            default -> event.resource().namespace().toLowerCase(Locale.ROOT).equals(value.toLowerCase(Locale.ROOT));
        };
    }

    private static ObjectNode selected(ObjectNode event, List<String> fields) {
        return fields.equals(List.of("")) ? event : event.retain(fields);
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw ArmError.badRequest("BadRequest", "'" + text + "' is no time.");
        }
    }
}
