// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.permission;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.permission.PolicyDocument;
import io.osmo.backend.spi.provider.PolicyWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a custom role for each scope at which it must be assigned: the subscription, since registrations and lists of the region are
 * of it, and the resource groups of what exists already. Everything goes through Azure Resource Manager, so no action on data is needed.
 *
 * @see <a href="https://learn.microsoft.com/azure/role-based-access-control/custom-roles">Azure custom roles</a>
 */
public final class CustomRoleWriter implements PolicyWriter {
    private static final Pattern GROUP = Pattern.compile("/subscriptions/[^/]+/resourceGroups/([^/]+)");

    @Override
    public List<PolicyDocument> write(Request request) {
        List<PolicyDocument> roles = new ArrayList<>();
        RoleScopes.of(request.account().orElse("SUBSCRIPTION"), request.spec(), request.actions())
                .forEach((scope, actions) -> roles.add(role(request, scope, actions)));
        return roles;
    }

    private static PolicyDocument role(Request request, String scope, SortedSet<String> actions) {
        Matcher group = GROUP.matcher(scope);
        String name = "OSMO backend " + request.ref().name() + " in "
                + request.ref().region() + ": " + request.use().word()
                + (group.matches() ? ", in resource group " + group.group(1) : "");
        ObjectNode role = JsonNodeFactory.instance
                .objectNode()
                .put("Name", name)
                .put("IsCustom", true)
                .put("Description", "What osmo-backend calls, and nothing else. Assign it at " + scope + ".");
        actions.forEach(role.withArray("/Actions")::add);
        role.putArray("NotActions");
        role.putArray("DataActions");
        role.putArray("NotDataActions");
        role.putArray("AssignableScopes").add(scope);
        return new PolicyDocument(name, "az role definition create --role-definition @FILE", role.toPrettyString());
    }
}
