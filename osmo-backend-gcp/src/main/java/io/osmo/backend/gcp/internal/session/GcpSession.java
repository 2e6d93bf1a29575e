// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.session;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.GcpProvider;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.GcpRest;
import io.osmo.backend.gcp.internal.cluster.ClusterReader;
import io.osmo.backend.gcp.internal.facts.GcpFacts;
import io.osmo.backend.gcp.internal.preflight.GcpPreflight;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.provider.ProviderSession;
import io.osmo.backend.spi.provider.SessionCache;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One region of Google Cloud. Safe for concurrent use, as the vendor's clients are. */
public final class GcpSession extends ProviderSession<GcpContext> {
    private final GcpClients clients;
    private final GcpRest rest;
    private final GkeSettings settings;
    private final String region;
    private final Scheduler scheduler;
    private final SessionCache cache;

    public GcpSession(GcpClients clients, GkeSettings settings, String region, Scheduler scheduler) {
        super(
                GcpGraph.GRAPH,
                ClusterReader.INSTANCE,
                new GkeClusterPart(clients, settings, scheduler),
                GcpPreflight.PREFLIGHT);
        this.clients = clients;
        this.rest = new GcpRest(clients);
        this.settings = settings;
        this.region = region;
        this.scheduler = scheduler;
        this.cache = new SessionCache(scheduler);
    }

    @Override
    protected GcpContext context(BackendRef ref) {
        return GcpContext.of(ref, clients, rest, settings, scheduler, cache);
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
    public CompletableFuture<List<BackendRef>> list() {
        return BackendList.read(context(new BackendRef(GcpProvider.ID, region, "")));
    }

    @Override
    protected void closeClients() {
        clients.close();
    }
}
