// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.permission;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.permission.PolicyDocument;
import io.osmo.backend.spi.provider.Names;
import io.osmo.backend.spi.provider.PolicyWriter;
import java.util.List;

/**
 * Writes a custom role of a project. Google Cloud limits a role by where it is bound: to the project, which is the smallest place that
 * holds all of a backend.
 *
 * @see <a href="https://docs.cloud.google.com/iam/docs/creating-custom-roles">IAM: creating custom roles</a>
 */
public final class CustomRoleWriter implements PolicyWriter {
    /** Letters, digits, periods and underscores only. */
    private static final int NAME_LIMIT = 64;

    @Override
    public List<PolicyDocument> write(Request request) {
        String name = Names.shortened(
                        "osmo-" + request.ref().name() + "-" + request.ref().region() + "-"
                                + request.use().word(),
                        NAME_LIMIT)
                .replace('-', '_');
        ObjectNode role = JsonNodeFactory.instance
                .objectNode()
                .put(
                        "title",
                        "OSMO backend " + request.ref().name() + ": "
                                + request.use().word())
                .put("description", "What osmo-backend calls, and nothing else")
                .put("stage", "GA");
        request.actions().forEach(role.withArray("/includedPermissions")::add);
        return List.of(new PolicyDocument(
                name,
                "gcloud iam roles create " + name + " --project="
                        + request.account().orElse("PROJECT") + " --file=FILE",
                role.toPrettyString()));
    }
}
