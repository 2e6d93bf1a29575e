// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.session;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.GcpProvider;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.GcpRest;
import io.osmo.backend.gcp.internal.cluster.ClusterReader;
import io.osmo.backend.gcp.internal.diagnosis.GcpDiagnostics;
import io.osmo.backend.gcp.internal.facts.GcpFacts;
import io.osmo.backend.gcp.internal.preflight.GcpPreflight;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.provider.Diagnostics;
import io.osmo.backend.spi.provider.ProviderSession;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One region of Google Cloud. Safe for concurrent use, as the vendor's clients are. */
public final class GcpSession extends ProviderSession<GcpContext> {
    private final GcpClients clients;
    private final GcpRest rest;
    private final GkeSettings settings;

    public GcpSession(GcpClients clients, GkeSettings settings, String region, Scheduler scheduler) {
        super(
                GcpProvider.ID,
                region,
                scheduler,
                GcpGraph.GRAPH,
                ClusterReader.INSTANCE,
                new GkeClusterPart(clients, settings, scheduler),
                GcpPreflight.PREFLIGHT);
        this.clients = clients;
        this.rest = new GcpRest(clients);
        this.settings = settings;
    }

    @Override
    protected GcpContext context(BackendRef ref) {
        return GcpContext.of(ref, clients, rest, settings, scheduler(), cache());
    }

    @Override
    protected GcpContext context(BackendSpec spec) {
        return context(spec.ref()).with(spec);
    }

    @Override
    protected CompletableFuture<CloudFacts> facts(GcpContext context) {
        return GcpFacts.read(context);
    }

    @Override
    protected Optional<Diagnostics<GcpContext, ?>> diagnostics() {
        return Optional.of(GcpDiagnostics.DIAGNOSTICS);
    }

    @Override
    protected CompletableFuture<List<BackendRef>> list(GcpContext region) {
        return BackendList.read(region);
    }

    @Override
    protected void closeClients() {
        clients.close();
    }
}
