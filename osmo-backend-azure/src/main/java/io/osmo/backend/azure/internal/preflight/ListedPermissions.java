// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Caller;
import io.osmo.backend.azure.internal.CallerReader;
import io.osmo.backend.spi.provider.Grants;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.PermissionSource;
import io.osmo.backend.spi.provider.Survey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * Lists what the roles of the caller allow in the subscription, and what deny assignments forbid there. With an existing resource
 * group, roles in that group count too.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/authorization/permissions">Azure: permissions</a>
 * @see <a href="https://learn.microsoft.com/azure/role-based-access-control/deny-assignments">Azure: deny assignments</a>
 */
public final class ListedPermissions implements PermissionSource<AzureContext> {
    /** What the calls below need. */
    public static final Needs NEEDS =
            Needs.reading("Microsoft.Authorization/permissions/read", "Microsoft.Authorization/denyAssignments/read");

    private static final String API_VERSION = "2022-04-01";
    private static final String EVERYBODY = "00000000-0000-0000-0000-000000000000";

    @Override
    public String attach() {
        return "create the custom role that this needs and assign it in the subscription";
    }

    @Override
    public CompletableFuture<Grants> ask(Survey<AzureContext> survey, SortedSet<String> actions) {
        AzureContext context = survey.context();
        CompletableFuture<List<JsonNode>> allowed =
                context.async(() -> list(context, context.subscriptionId(), "permissions"));
        CompletableFuture<List<JsonNode>> inGroup = context.ownsGroup()
                ? CompletableFuture.completedFuture(List.of())
                : context.async(() -> list(context, context.groupId(), "permissions"));
        CompletableFuture<List<JsonNode>> denied = context.async(() ->
                list(context, context.ownsGroup() ? context.subscriptionId() : context.groupId(), "denyAssignments"));
        CompletableFuture<Optional<Caller>> caller = survey.observation()
                .of(CallerReader.INSTANCE)
                .thenApply(reading -> reading.toInventory().attachment(Caller.class));
        return CompletableFuture.allOf(allowed, inGroup, denied, caller).thenApply(done -> {
            Map<String, String> missing = new HashMap<>();
            Map<String, String> undecided = new HashMap<>();
            for (String action : actions) {
                boolean granted = allows(allowed.join(), action) || allows(inGroup.join(), action);
                Optional<JsonNode> denial = denied.join().stream()
                        .map(each -> each.path("properties"))
                        .filter(each -> allows(each.path("permissions"), action))
                        .findFirst();
                if (!granted) {
                    missing.put(action, "");
                } else {
                    denial.ifPresent(each -> deny(action, each, caller.join(), missing, undecided));
                }
            }
            return new Grants("this credential in subscription " + context.subscription(), missing, undecided);
        });
    }

    private static List<JsonNode> list(AzureContext context, String scope, String type) {
        return context.arm()
                .list(
                        "Microsoft.Authorization/" + type + "/read",
                        scope + "/providers/Microsoft.Authorization/" + type,
                        API_VERSION);
    }

    /** A deny assignment names principals; groups of the caller are not known here. */
    private static void deny(
            String action,
            JsonNode assignment,
            Optional<Caller> caller,
            Map<String, String> missing,
            Map<String, String> undecided) {
        String name = assignment.path("denyAssignmentName").asText();
        Optional<String> owner = caller.flatMap(Caller::objectId);
        if (owner.filter(id -> names(assignment.path("excludePrincipals"), id)).isPresent()) {
            return;
        }
        boolean certain = names(assignment.path("principals"), EVERYBODY)
                || owner.filter(id -> names(assignment.path("principals"), id)).isPresent();
        if (certain && assignment.path("excludePrincipals").isEmpty()) {
            missing.put(action, "by the deny assignment '" + name + "'");
        } else {
            undecided.put(
                    action,
                    "the deny assignment '" + name + "' may be for a group of this credential, or leave one out");
        }
    }

    private static boolean names(JsonNode principals, String id) {
        for (JsonNode principal : principals) {
            if (principal.path("id").asText().equalsIgnoreCase(id)) {
                return true;
            }
        }
        return false;
    }

    /** Each role allows its actions without its own notActions; what one leaves out another may allow. */
    private static boolean allows(Iterable<JsonNode> permissions, String action) {
        for (JsonNode permission : permissions) {
            if (matches(permission.path("actions"), action) && !matches(permission.path("notActions"), action)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(JsonNode patterns, String action) {
        for (JsonNode pattern : patterns) {
            String regex = Pattern.quote(pattern.asText()).replace("*", "\\E.*\\Q");
            if (Pattern.compile(regex, Pattern.CASE_INSENSITIVE).matcher(action).matches()) {
                return true;
            }
        }
        return false;
    }
}
