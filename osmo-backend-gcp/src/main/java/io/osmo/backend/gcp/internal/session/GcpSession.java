// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.session;

import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.GcpProvider;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.GcpRest;
import io.osmo.backend.gcp.internal.cluster.ClusterReader;
import io.osmo.backend.gcp.internal.cost.GcpPrices;
import io.osmo.backend.gcp.internal.diagnosis.GcpDiagnostics;
import io.osmo.backend.gcp.internal.facts.GcpFacts;
import io.osmo.backend.gcp.internal.preflight.GcpPreflight;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.provider.ProviderParts;
import io.osmo.backend.spi.provider.ProviderSession;
import io.osmo.backend.spi.provider.cost.Estimator;
import java.util.Optional;

/** One region of Google Cloud. Safe for concurrent use, as the vendor's clients are. */
public final class GcpSession extends ProviderSession<GcpContext> {
    private static final ProviderParts<GcpContext> PARTS = new ProviderParts<>(
            GcpProvider.ID,
            GcpGraph.GRAPH,
            ClusterReader.INSTANCE,
            GcpPreflight.PREFLIGHT,
            GcpFacts::read,
            Optional.of(GcpDiagnostics.DIAGNOSTICS),
            Optional.of(new Estimator<>(GcpPrices.INSTANCE)::estimate),
            BackendList::read);

    private final GcpClients clients;
    private final GcpRest rest;
    private final GkeSettings settings;

    public GcpSession(GcpClients clients, GkeSettings settings, String region, Scheduler scheduler) {
        super(PARTS, region, scheduler, new GkeClusterPart(clients, settings, scheduler));
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
    protected void closeClients() {
        clients.close();
    }
}
