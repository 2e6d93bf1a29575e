// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.authorization;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.internal.azure.arm.Arm;
import io.osmo.backend.testkit.internal.azure.arm.ArmReply;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.CallerRoles;
import java.time.Duration;

/** Microsoft.Authorization. */
public final class Authorization {
    public final Principals principals;
    public final RoleAssignments roles;

    /**
     * @param caller what the caller may do
     * @param propagation time until the rights of a new assignment take effect
     */
    public Authorization(Arm arm, AzureSubscription azure, CallerRoles caller, Duration propagation) {
        principals = new Principals(azure);
        roles = new RoleAssignments(azure, principals, propagation);
        Locks locks = new Locks(azure);
        arm.add(roles, locks);
        arm.guardedBy(locks);
        arm.add("Microsoft.Authorization/roleDefinitions", new RoleDefinitions(azure)::answer);
        arm.add(
                "Microsoft.Authorization/permissions",
                (request, id) -> ArmReply.values(array -> {
                    ObjectNode permission = array.addObject();
                    ArrayNode actions = permission.putArray("actions");
                    caller.allowed(id.scope())
                            .ifPresentOrElse(
                                    limit -> limit.stream().sorted().forEach(actions::add), () -> actions.add("*"));
                    permission.putArray("notActions");
                    permission.putArray("dataActions");
                    permission.putArray("notDataActions");
                }));
        arm.add(
                "Microsoft.Authorization/denyAssignments",
                (request, id) -> ArmReply.values(array -> {
                    for (String action : caller.forbidden()) {
                        ObjectNode properties = array.addObject().putObject("properties");
                        properties.put("denyAssignmentName", "no " + action);
                        ObjectNode permission =
                                properties.putArray("permissions").addObject();
                        permission.putArray("actions").add(action);
                        permission.putArray("notActions");
                        properties
                                .putArray("principals")
                                .addObject()
                                .put("id", "00000000-0000-0000-0000-000000000000")
                                .put("type", "SystemDefined");
                        properties.putArray("excludePrincipals");
                    }
                }));
    }
}
