// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.identity;

import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.services.EnabledServices;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Reader;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The service account of the nodes and its role. */
public final class IdentityConcern implements Concern<GcpContext> {
    @Override
    public List<Needs> needs(Optional<BackendSpec> spec) {
        return List.of(NodeAccount.NEEDS, NodeRole.NEEDS);
    }

    @Override
    public List<Reader<GcpContext>> readers() {
        return List.of(AccountReader.INSTANCE, RoleReader.INSTANCE);
    }

    @Override
    public List<Resource<?>> wanted(GcpContext context, BackendSpec spec, Inventory inventory) {
        return List.of(new NodeAccount(context, EnabledServices.before(context)), new NodeRole(context));
    }

    @Override
    public Optional<Deletable<?>> owned(GcpContext context, ResourceId id, Object observed) {
        if (id.equals(NodeAccount.ID)) {
            return Optional.of(new NodeAccount(context, Set.of()));
        }
        return id.equals(NodeRole.ID) ? Optional.of(new NodeRole(context)) : Optional.empty();
    }
}
