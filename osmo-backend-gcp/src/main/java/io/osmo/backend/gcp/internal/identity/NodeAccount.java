// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.gcp.GcpService;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.GcpResource;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.provider.Names;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The service account of the nodes. The default account of Compute Engine is never used, since it may edit the whole project. An id
 * has at most 30 characters.
 */
public final class NodeAccount extends GcpResource<ServiceAccount> implements Resource<ServiceAccount> {
    public static final ResourceId ID = ResourceId.of("service-account", "nodes");

    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(ID.kind())
            .read("iam.serviceAccounts.get")
            .create("iam.serviceAccounts.create")
            .update("iam.serviceAccounts.enable")
            .destroy("iam.serviceAccounts.delete");

    private static final int MAX_ID = 30;

    public NodeAccount(GcpContext context, Set<ResourceId> after) {
        super(
                context,
                ID,
                ServiceAccount.class,
                after,
                seconds(3, 2, 2),
                "service account " + accountId(context) + " of the nodes");
    }

    static String accountId(GcpContext context) {
        return Names.shortened(context.objectName(), MAX_ID);
    }

    public static String email(GcpContext context) {
        return accountId(context) + "@" + context.project() + ".iam.gserviceaccount.com";
    }

    private static String path(GcpContext context) {
        return "/v1/projects/" + context.project() + "/serviceAccounts";
    }

    static Optional<ServiceAccount> find(GcpContext context) {
        return context.find(
                        "iam.serviceAccounts.get",
                        () -> context.rest().get(GcpService.IAM, path(context) + "/" + email(context)))
                .map(ServiceAccount::of);
    }

    @Override
    public Optional<ServiceAccount> read(State state) {
        return find(context);
    }

    @Override
    public ServiceAccount create(State state) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("accountId", accountId(context));
        body.putObject("serviceAccount")
                .put("displayName", "Nodes of " + context.name())
                .put("description", context.ownership().description());
        JsonNode made = context.call(
                "iam.serviceAccounts.create", () -> context.rest().post(GcpService.IAM, path(context), body));
        return ServiceAccount.of(made);
    }

    @Override
    public List<FieldChange> compare(ServiceAccount observed, State state) {
        return observed.disabled() ? List.of(FieldChange.inPlace("disabled", true, false)) : List.of();
    }

    @Override
    public void update(ServiceAccount observed, List<FieldChange> changes, State state) {
        context.call(
                "iam.serviceAccounts.enable",
                () -> context.rest()
                        .post(
                                GcpService.IAM,
                                path(context) + "/" + email(context) + ":enable",
                                JsonNodeFactory.instance.objectNode()));
    }

    @Override
    public void delete(ServiceAccount observed, State state) {
        context.delete(
                "iam.serviceAccounts.delete",
                () -> context.rest().delete(GcpService.IAM, path(context) + "/" + email(context)));
    }
}
