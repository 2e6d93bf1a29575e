// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.identity;

import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads what the service account of the nodes may do in the project. */
final class RoleReader implements Reader<GcpContext> {
    static final RoleReader INSTANCE = new RoleReader();

    private RoleReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading("resourcemanager.projects.getIamPolicy");
    }

    @Override
    public CompletableFuture<Reading> read(Observation<GcpContext> observation) {
        GcpContext context = observation.context();
        return context.scheduler()
                .call(() -> NodeRole.find(context))
                .thenApply(found -> Reading.of(NodeRole.ID, found.map(Observed::ours)));
    }
}
