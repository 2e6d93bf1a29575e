// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.authorization;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.azure.ArmRequest;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.ArmId;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.arm.ResourceType;
import io.osmo.backend.testkit.internal.azure.arm.Traits;
import io.osmo.backend.testkit.internal.azure.arm.Write;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Who has which role where. The rights of a new assignment take effect only after a while. */
public final class RoleAssignments extends ResourceType {
    /** Default time until rights take effect. */
    public static final Duration PROPAGATION = Duration.ofMinutes(1);

    private static final Pattern BY_PRINCIPAL =
            Pattern.compile("(?i)(?:principalId\\s+eq\\s+'([^']+)'|assignedTo\\('([^']+)'\\))");

    private final Principals principals;
    private final Duration propagation;

    RoleAssignments(AzureSubscription azure, Principals principals, Duration propagation) {
        super(
                azure,
                Traits.proxy("Microsoft.Authorization/roleAssignments", "2022-04-01", "2020-04-01-preview")
                        .names("(?i)[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")
                        .withoutState());
        this.principals = principals;
        this.propagation = propagation;
    }

    @Override
    protected ObjectNode accept(Write write) {
        ObjectNode properties = write.properties();
        String principal = properties.path("principalId").asText("");
        String definition = properties.path("roleDefinitionId").asText("");
        if (RoleDefinitions.find(definition).isEmpty()) {
            throw ArmError.badRequest(
                    "RoleDefinitionDoesNotExist",
                    "The specified role definition with ID '" + definition + "' does not exist.");
        }
        Resource existing = write.existing();
        if (existing != null && !assigns(existing, principal, definition)) {
            throw ArmError.badRequest(
                    "RoleAssignmentUpdateNotPermitted",
                    "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.");
        }
        principals.check(principal, properties.path("principalType").asText(""));
        all().filter(other -> !other.key.equals(write.id().key())
                        && ArmId.key(other.id.scope())
                                .equals(ArmId.key(write.id().scope()))
                        && assigns(other, principal, definition))
                .findFirst()
                .ifPresent(other -> {
                    throw ArmError.conflict(
                            "RoleAssignmentExists",
                            "The role assignment already exists. The ID of the existing role assignment is "
                                    + other.name().replace("-", "") + ".");
                });
        Json.byDefault(properties, "principalType", "ServicePrincipal");
        properties.put("scope", write.id().scope());
        return write.body();
    }

    private static boolean assigns(Resource assignment, String principal, String definition) {
        return assignment.text("principalId").equalsIgnoreCase(principal)
                && role(assignment.text("roleDefinitionId")).equals(role(definition));
    }

    private static String role(String definition) {
        return definition.substring(definition.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }

    /** Whether a principal may carry out an action on a resource now. */
    public boolean allows(String principal, String action, String resourceId) {
        return allows(principal, action, false, resourceId);
    }

    /** Whether a principal may carry out an action on the data of a resource, such as a key, now. */
    public boolean allowsData(String principal, String action, String resourceId) {
        return allows(principal, action, true, resourceId);
    }

    private boolean allows(String principal, String action, boolean onData, String resourceId) {
        String key = ArmId.key(resourceId);
        return all().anyMatch(assignment -> {
            String scope = ArmId.key(assignment.id.scope());
            return assignment.text("principalId").equalsIgnoreCase(principal)
                    && (key.equals(scope) || key.startsWith(scope + "/"))
                    && !assignment.created.plus(propagation).isAfter(azure.now())
                    && RoleDefinitions.find(assignment.text("roleDefinitionId"))
                            .filter(role -> role.allows(action, onData))
                            .isPresent();
        });
    }

    /** Assignments at a scope, above it and below it; {@code atScope()} omits those below. */
    @Override
    protected Stream<Resource> listed(ArmRequest request, ArmId id) {
        String scope = ArmId.key(id.scope());
        String filter = request.query("$filter");
        boolean below = !filter.toLowerCase(Locale.ROOT).contains("atscope()");
        Matcher matcher = BY_PRINCIPAL.matcher(filter);
        String principal = matcher.find() ? matcher.group(1) == null ? matcher.group(2) : matcher.group(1) : "";
        if (!filter.isEmpty() && below && principal.isEmpty()) {
            throw ArmError.badRequest("UnsupportedQuery", "The filter '" + filter + "' is not supported.");
        }
        return all().filter(assignment -> {
                    String at = ArmId.key(assignment.id.scope());
                    return at.equals(scope) || scope.startsWith(at + "/") || below && at.startsWith(scope + "/");
                })
                .filter(assignment ->
                        principal.isEmpty() || assignment.text("principalId").equalsIgnoreCase(principal));
    }

    @Override
    protected void show(Resource assignment, ObjectNode view) {
        Json.at(view, "properties")
                .put("createdOn", assignment.created.toString())
                .put("updatedOn", assignment.modified.toString());
    }

    @Override
    public String line(Resource assignment) {
        String role = RoleDefinitions.find(assignment.text("roleDefinitionId"))
                .orElseThrow()
                .name();
        String scope = assignment.id.scope();
        return "roleAssignment " + role + " on " + scope.substring(scope.lastIndexOf('/') + 1);
    }
}
