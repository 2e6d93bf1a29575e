// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Caller;
import io.osmo.backend.azure.internal.CallerReader;
import io.osmo.backend.azure.internal.permission.RoleScopes;
import io.osmo.backend.spi.provider.Grants;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.PermissionSource;
import io.osmo.backend.spi.provider.Survey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lists what the roles of the caller allow at each scope that needs some, and what deny assignments forbid in the subscription or in an
 * existing resource group.
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
        return "create the custom roles that this needs and assign each at its scope";
    }

    @Override
    public CompletableFuture<Grants> ask(Survey<AzureContext> survey, SortedSet<String> actions) {
        AzureContext context = survey.context();
        SortedMap<String, SortedSet<String>> scopes =
                RoleScopes.of(context.subscription(), Optional.of(survey.spec()), actions);
        Map<String, CompletableFuture<List<JsonNode>>> allowed = new TreeMap<>();
        scopes.keySet().forEach(scope -> allowed.put(scope, context.async(() -> list(context, scope, "permissions"))));
        CompletableFuture<List<JsonNode>> denied = context.async(() ->
                list(context, context.ownsGroup() ? context.subscriptionId() : context.groupId(), "denyAssignments"));
        CompletableFuture<Optional<Caller>> caller = survey.observation()
                .of(CallerReader.INSTANCE)
                .thenApply(reading -> reading.toInventory().attachment(Caller.class));
        return CompletableFuture.allOf(Stream.concat(allowed.values().stream(), Stream.of(denied, caller))
                        .toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> {
                    Map<String, String> missing = new HashMap<>();
                    Map<String, String> undecided = new HashMap<>();
                    scopes.forEach((scope, needed) -> needed.stream()
                            .filter(action -> !allows(
                                    Objects.requireNonNull(allowed.get(scope)).join(), action))
                            .forEach(action -> missing.put(
                                    scope.equals(context.subscriptionId()) ? action : action + " at " + scope, "")));
                    for (String action : actions) {
                        denied.join().stream()
                                .map(each -> each.path("properties"))
                                .filter(each ->
                                        !missing.containsKey(action) && allows(each.path("permissions"), action))
                                .findFirst()
                                .ifPresent(each -> deny(action, each, caller.join(), missing, undecided));
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
