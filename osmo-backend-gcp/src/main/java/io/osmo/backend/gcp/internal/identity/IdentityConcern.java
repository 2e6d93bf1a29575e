// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.identity;

import io.osmo.backend.gcp.internal.Concern;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.Reader;
import io.osmo.backend.gcp.internal.services.EnabledServices;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.Reading;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The service account of the nodes and its role. */
public final class IdentityConcern implements Concern {
    @Override
    public List<Reader> readers() {
        return List.of(IdentityConcern::account, IdentityConcern::role);
    }

    private static CompletableFuture<Reading> account(GcpContext gcp, Optional<BackendSpec> spec) {
        return gcp.scheduler()
                .call(() -> NodeAccount.find(gcp))
                .thenApply(found -> found.map(account ->
                                Reading.of(NodeAccount.ID, gcp.ownership().of(account, account.description())))
                        .orElseGet(Reading::empty));
    }

    private static CompletableFuture<Reading> role(GcpContext gcp, Optional<BackendSpec> spec) {
        return gcp.scheduler()
                .call(() -> NodeRole.find(gcp))
                .thenApply(found -> found.map(members -> Reading.of(NodeRole.ID, Observed.ours(members)))
                        .orElseGet(Reading::empty));
    }

    @Override
    public List<Resource<?>> wanted(GcpContext gcp, BackendSpec spec, Inventory inventory) {
        return List.of(new NodeAccount(gcp, EnabledServices.before(gcp)), new NodeRole(gcp));
    }

    @Override
    public Optional<Deletable<?>> owned(GcpContext gcp, ResourceId id, Object observed) {
        if (id.equals(NodeAccount.ID)) {
            return Optional.of(new NodeAccount(gcp, Set.of()));
        }
        return id.equals(NodeRole.ID) ? Optional.of(new NodeRole(gcp)) : Optional.empty();
    }
}
