// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Json;
import io.osmo.backend.spi.provider.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What Azure's activity log says about the scale sets of agent pools. When the autoscaler asks for machines and Azure refuses, the agent
 * pool itself stays as it is, and only the log of the nodes' resource group has the reason. Entries appear some minutes late.
 *
 * @param events of the resource group
 * @param complete whether there are no more than were read
 * @see <a href="https://learn.microsoft.com/rest/api/monitor/activity-logs/list">Azure Monitor: activity logs</a>
 */
record ActivityLog(List<JsonNode> events, boolean complete) {
    static final String ACTION = "Microsoft.Insights/eventtypes/values/read";

    /** An autoscaler that is refused asks again within minutes. */
    static final Duration WINDOW = Duration.ofHours(6);

    static final int PAGES = 5;

    private static final String API_VERSION = "2015-04-01";
    private static final String FIELDS = "eventTimestamp,operationName,properties,resourceId,status,subStatus";
    private static final String SCALE_SET_CHANGE = "Microsoft.Compute/virtualMachineScaleSets/write";
    private static final int DEEPEST = 8;

    static CompletableFuture<ActivityLog> read(AzureContext context, String resourceGroup) {
        Instant now = context.scheduler().now().truncatedTo(ChronoUnit.SECONDS);
        String path = context.subscriptionId()
                + "/providers/Microsoft.Insights/eventtypes/management/values?$filter=eventTimestamp ge '"
                + now.minus(WINDOW) + "' and eventTimestamp le '" + now + "' and resourceGroupName eq '" + resourceGroup
                + "'&$select=" + FIELDS;
        return context.async(() -> context.arm().pages(ACTION, path, API_VERSION, PAGES))
                .thenApply(pages -> new ActivityLog(pages.items(), pages.complete()));
    }

    /**
     * Why the last change of the scale set of an agent pool failed; empty when it did not, or nothing has changed lately. An agent pool
     * that is made again under its name has another scale set, and what was said of the former one is over.
     */
    Optional<Statement> failure(String agentPool) {
        return events.stream()
                .filter(event ->
                        !status(event).equals("Started") && !status(event).equals("Accepted"))
                .filter(event -> event.at("/operationName/value").asText().equalsIgnoreCase(SCALE_SET_CHANGE)
                        && event.path("resourceId")
                                .asText()
                                .toLowerCase(Locale.ROOT)
                                .contains("/virtualmachinescalesets/aks-" + agentPool + "-"))
                .max(Comparator.comparing(ActivityLog::time))
                .filter(event -> status(event).equals("Failed"))
                .map(ActivityLog::statement);
    }

    private static String status(JsonNode event) {
        return event.at("/status/value").asText();
    }

    private static Instant time(JsonNode event) {
        return ArmObject.of(event).instant("/eventTimestamp").orElse(Instant.EPOCH);
    }

    /** The message is an error of Azure Resource Manager as a text; the innermost of its details has the cause. */
    private static Statement statement(JsonNode event) {
        String text = event.at("/properties/statusMessage").asText();
        Optional<JsonNode> found = Json.find(text).map(message -> message.path("error"));
        String source = "activity log of " + time(event);
        if (found.isEmpty()) {
            return new Statement(source, event.at("/subStatus/value").asText(), text);
        }
        JsonNode error = found.get();
        for (int depth = 0; depth < DEEPEST && error.path("details").has(0); depth++) {
            error = error.path("details").get(0);
        }
        return new Statement(
                source, error.path("code").asText(), error.path("message").asText());
    }
}
