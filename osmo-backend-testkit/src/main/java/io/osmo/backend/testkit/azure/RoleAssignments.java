// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who has which role where. A new assignment gives its rights only after a while. */
final class RoleAssignments extends ResourceType {
    private static final Pattern BY_PRINCIPAL =
            Pattern.compile("(?i)(?:principalId\\s+eq\\s+'([^']+)'|assignedTo\\('([^']+)'\\))");

    /** Principals with the time at which everybody knows them. */
    private final Map<String, Instant> principals = new HashMap<>();

    private final Set<String> foreign = new HashSet<>();

    private final Duration propagation;

    /** @param propagation time after which the rights of a new assignment hold */
    RoleAssignments(AzureSubscription azure, Duration propagation) {
        super(azure, "Microsoft.Authorization/roleAssignments", "2022-04-01", "2020-04-01-preview");
        this.propagation = propagation;
        foreign.add(AzureSubscription.CALLER);
    }

    /** Makes a user or group of the directory known, such as an admin group. */
    void know(String objectId) {
        foreign.add(objectId.toLowerCase(Locale.ROOT));
    }

    /** A principal that a service has just made for an identity. */
    void newPrincipal(String objectId) {
        principals.put(objectId, azure.now().plus(Durations.PRINCIPAL_REPLICATION));
    }

    /** A principal whose identity is gone; what it was assigned stays, as in Azure. */
    void forgetPrincipal(String objectId) {
        principals.remove(objectId);
    }

    @Override
    boolean isTracked() {
        return false;
    }

    @Override
    boolean showsState() {
        return false;
    }

    @Override
    String names() {
        return "(?i)[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}";
    }

    @Override
    ObjectNode accept(Write write) {
        ObjectNode properties = write.properties();
        String principal = properties.path("principalId").asText("");
        String definition = properties.path("roleDefinitionId").asText("");
        if (RoleDefinitions.find(definition).isEmpty()) {
            throw ArmError.badRequest(
                    "RoleDefinitionDoesNotExist",
                    "The specified role definition with ID '" + definition + "' does not exist.");
        }
        Resource existing = write.existing();
        if (existing != null
                && (!existing.text("principalId").equalsIgnoreCase(principal)
                        || !role(existing.text("roleDefinitionId")).equals(role(definition)))) {
            throw ArmError.badRequest(
                    "RoleAssignmentUpdateNotPermitted",
                    "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.");
        }
        checkPrincipal(principal, properties.path("principalType").asText(""));
        azure.all(this)
                .filter(r -> !r.id.key().equals(write.id().key())
                        && ArmId.key(r.id.scope()).equals(ArmId.key(write.id().scope()))
                        && r.text("principalId").equalsIgnoreCase(principal)
                        && role(r.text("roleDefinitionId")).equals(role(definition)))
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

    private static String role(String definition) {
        return definition.substring(definition.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }

    /** With the type of the principal ARM waits for the directory by itself; that does not help an unknown principal. */
    private void checkPrincipal(String principal, String type) {
        if (foreign.contains(principal.toLowerCase(Locale.ROOT))) {
            return;
        }
        Instant known = principals.get(principal);
        if (known == null || type.isEmpty() && azure.now().isBefore(known)) {
            throw ArmError.badRequest(
                    "PrincipalNotFound",
                    "Principal " + principal.replace("-", "") + " does not exist in the directory " + azure.tenant
                            + ". Check that you have the correct principal ID. If you are creating this principal and then"
                            + " immediately assigning a role, this error might be related to a replication delay. In this"
                            + " case, set the role assignment principalType property to a value, such as ServicePrincipal,"
                            + " User, or Group.  See https://aka.ms/docs-principaltype");
        }
    }

    /** Whether a principal may do something to a resource by now. */
    boolean allows(String principal, String action, boolean onData, String resourceId) {
        String key = ArmId.key(resourceId);
        return azure.all(this).anyMatch(assignment -> {
            String scope = ArmId.key(assignment.id.scope());
            return assignment.text("principalId").equalsIgnoreCase(principal)
                    && (key.equals(scope) || key.startsWith(scope + "/"))
                    && !assignment.created.plus(propagation).isAfter(azure.now())
                    && RoleDefinitions.find(assignment.text("roleDefinitionId"))
                            .filter(role -> RoleDefinitions.allows(role, action, onData))
                            .isPresent();
        });
    }

    /** Those at a scope, above it and below it; {@code atScope()} leaves out those below. */
    ArmReply list(ArmRequest request, ArmId id, java.util.function.Function<Resource, ObjectNode> view) {
        String scope = ArmId.key(id.scope());
        String filter = request.filter();
        boolean below = !filter.toLowerCase(Locale.ROOT).contains("atscope()");
        Matcher matcher = BY_PRINCIPAL.matcher(filter);
        String principal = matcher.find() ? matcher.group(1) == null ? matcher.group(2) : matcher.group(1) : "";
        if (!filter.isEmpty() && below && principal.isEmpty()) {
            throw ArmError.badRequest("UnsupportedQuery", "The filter '" + filter + "' is not supported.");
        }
        ArrayNode value = Json.array();
        azure.all(this)
                .filter(r -> {
                    String at = ArmId.key(r.id.scope());
                    return at.equals(scope) || scope.startsWith(at + "/") || below && at.startsWith(scope + "/");
                })
                .filter(r -> principal.isEmpty() || r.text("principalId").equalsIgnoreCase(principal))
                .forEach(r -> value.add(view.apply(r)));
        ObjectNode body = Json.object();
        body.set("value", value);
        return ArmReply.ok(body);
    }

    @Override
    void show(Resource resource, ObjectNode view) {
        Json.at(view, "properties")
                .put("createdOn", resource.created.toString())
                .put("updatedOn", resource.modified.toString());
    }

    @Override
    String line(Resource resource) {
        String role = RoleDefinitions.find(resource.text("roleDefinitionId"))
                .orElseThrow()
                .name();
        String scope = resource.id.scope();
        return "roleAssignment " + role + " on " + scope.substring(scope.lastIndexOf('/') + 1);
    }
}
