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
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.provider.Names;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The service account as which nodes run: never the default account of Compute Engine, which may edit the whole project. Its
 * id has at most 30 characters.
 */
public final class NodeAccount extends GcpResource<ServiceAccount> {
    public static final ResourceId ID = ResourceId.of("service-account", "nodes");

    private static final int MAX_ID = 30;

    public NodeAccount(GcpContext gcp, Set<ResourceId> after) {
        super(
                gcp,
                ID,
                ServiceAccount.class,
                after,
                seconds(3, 2, 2),
                "service account " + accountId(gcp) + " of the nodes");
    }

    static String accountId(GcpContext gcp) {
        return Names.shortened(gcp.objectName(), MAX_ID);
    }

    public static String email(GcpContext gcp) {
        return accountId(gcp) + "@" + gcp.project() + ".iam.gserviceaccount.com";
    }

    private static String path(GcpContext gcp) {
        return "/v1/projects/" + gcp.project() + "/serviceAccounts";
    }

    static Optional<ServiceAccount> find(GcpContext gcp) {
        return gcp.find(
                        "iam.serviceAccounts.get",
                        () -> gcp.clients().rest().get(GcpService.IAM, path(gcp) + "/" + email(gcp)))
                .map(ServiceAccount::of);
    }

    @Override
    public Optional<ServiceAccount> read(State state) {
        return find(gcp);
    }

    @Override
    public ServiceAccount create(State state) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("accountId", accountId(gcp));
        body.putObject("serviceAccount")
                .put("displayName", "Nodes of " + gcp.name())
                .put("description", gcp.ownership().description());
        JsonNode made = gcp.call(
                "iam.serviceAccounts.create", () -> gcp.clients().rest().post(GcpService.IAM, path(gcp), body));
        return ServiceAccount.of(made);
    }

    @Override
    public List<FieldChange> compare(ServiceAccount observed, State state) {
        return observed.disabled() ? List.of(FieldChange.inPlace("disabled", true, false)) : List.of();
    }

    @Override
    public void update(ServiceAccount observed, List<FieldChange> changes, State state) {
        gcp.call(
                "iam.serviceAccounts.enable",
                () -> gcp.clients()
                        .rest()
                        .post(
                                GcpService.IAM,
                                path(gcp) + "/" + email(gcp) + ":enable",
                                JsonNodeFactory.instance.objectNode()));
    }

    @Override
    public void delete(ServiceAccount observed, State state) {
        gcp.delete(
                "iam.serviceAccounts.delete",
                () -> gcp.clients().rest().delete(GcpService.IAM, path(gcp) + "/" + email(gcp)));
    }
}
