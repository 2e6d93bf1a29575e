// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.prices;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.azure.ArmRequest;
import io.osmo.backend.testkit.azure.ArmResponse;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.testkit.fault.Faults;
import io.osmo.backend.testkit.internal.CallLog;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Retail Prices API, which is public. Its filters are case-sensitive, and it refuses unknown fields.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/cost-management/retail-prices/azure-retail-prices">Azure Retail Prices</a>
 */
public final class RetailPrices {
    public static final String HOST = "https://prices.azure.com";
    /** Name of its only operation. */
    public static final String OPERATION = "GET prices.azure.com/api/retail/prices";

    private static final String PATH = "/api/retail/prices";
    private static final Pattern ANY = Pattern.compile("\\(([^()]*)\\)");
    private static final Pattern REGION = Pattern.compile("armRegionName eq '(?!Global)([^']*)'");
    private static final Pattern TERM = Pattern.compile("(\\w+) eq '([^']*)'");

    private final AzureSubscription azure;
    private final CallLog calls;

    public RetailPrices(AzureSubscription azure, CallLog calls) {
        this.azure = azure;
        this.calls = calls;
    }

    public ArmResponse handle(ArmRequest request) {
        synchronized (azure) {
            azure.advance();
            Call call = calls.record(azure.now(), OPERATION, true, request);
            Faults.Decision fault = azure.faults.decide(call);
            ArmResponse response;
            try {
                fault.before(call);
                response = new ArmResponse(200, Map.of(), answer(request).toString());
            } catch (ArmError e) {
                response = new ArmResponse(e.status, Map.of(), e.envelope().toString());
            }
            calls.respond(call, response);
            return response;
        }
    }

    private ObjectNode answer(ArmRequest request) {
        if (!request.path().equals(PATH) || !request.method().equals("GET")) {
            throw new ArmError(404, "NotFound", "There is no such resource.");
        }
        String filter = request.query("$filter");
        Matcher region = REGION.matcher(filter);
        List<ObjectNode> meters = Meters.all(region.find() ? region.group(1) : "eastus2");
        for (MatchResult term : TERM.matcher(filter).results().toList()) {
            if (!term.group(1).equals("priceType") && !meters.get(0).has(term.group(1))) {
                throw ArmError.badRequest("BadRequest", "Invalid OData parameters supplied: " + term.group(1));
            }
        }
        List<ObjectNode> found =
                meters.stream().filter(item -> matches(item, filter)).toList();
        int from = request.query("$skip").isEmpty() ? 0 : Integer.parseInt(request.query("$skip"));
        int to = Math.min(found.size(), from + azure.pageSize());
        ObjectNode page = JsonNodeFactory.instance
                .objectNode()
                .put("BillingCurrency", "USD")
                .put("CustomerEntityId", "Default")
                .put("CustomerEntityType", "Retail");
        ArrayNode items = page.putArray("Items");
        found.subList(Math.min(from, to), to).forEach(items::add);
        page.put(
                "NextPageLink",
                to < found.size()
                        ? HOST + ":443" + PATH + "?api-version=" + request.apiVersion() + "&$filter="
                                + URLEncoder.encode(filter, StandardCharsets.UTF_8) + "&$skip=" + to
                        : null);
        return page.put("Count", items.size());
    }

    /** All terms hold, and of those in brackets one. */
    private static boolean matches(ObjectNode item, String filter) {
        Matcher any = ANY.matcher(filter);
        String all = filter;
        if (any.find()) {
            if (TERM.matcher(any.group(1)).results().noneMatch(term -> holds(item, term.group(1), term.group(2)))) {
                return false;
            }
            all = any.replaceFirst("");
        }
        return TERM.matcher(all).results().allMatch(term -> holds(item, term.group(1), term.group(2)));
    }

    private static boolean holds(ObjectNode item, String field, String value) {
        String name = field.equals("priceType") ? "type" : field;
        return item.path(name).asText().equals(value);
    }
}
