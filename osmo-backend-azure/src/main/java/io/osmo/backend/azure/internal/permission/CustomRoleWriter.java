// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.permission;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.permission.PolicyDocument;
import io.osmo.backend.spi.provider.PolicyWriter;
import java.util.List;

/**
 * Writes a custom role. It can be assigned in the subscription, since resource groups, registrations and lists of the region are of it.
 * Everything goes through Azure Resource Manager, so no action on data is needed.
 *
 * @see <a href="https://learn.microsoft.com/azure/role-based-access-control/custom-roles">Azure custom roles</a>
 */
public final class CustomRoleWriter implements PolicyWriter {
    @Override
    public List<PolicyDocument> write(Request request) {
        String name = "OSMO backend " + request.ref().name() + " in "
                + request.ref().region() + ": " + request.use().word();
        ObjectNode role = JsonNodeFactory.instance
                .objectNode()
                .put("Name", name)
                .put("IsCustom", true)
                .put("Description", "What osmo-backend calls, and nothing else.");
        request.actions().forEach(role.withArray("/Actions")::add);
        role.putArray("NotActions");
        role.putArray("DataActions");
        role.putArray("NotDataActions");
        role.putArray("AssignableScopes")
                .add("/subscriptions/" + request.account().orElse("SUBSCRIPTION"));
        return List.of(
                new PolicyDocument(name, "az role definition create --role-definition @FILE", role.toPrettyString()));
    }
}
