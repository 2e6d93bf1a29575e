// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp;

import io.osmo.backend.gcp.internal.client.ApplicationCredentials;
import io.osmo.backend.gcp.internal.pool.GkeDefaults;
import io.osmo.backend.gcp.internal.session.GcpGraph;
import io.osmo.backend.gcp.internal.session.GcpSession;
import io.osmo.backend.spi.CloudSession;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.provider.ProviderTemplate;

/** Backends on Google Kubernetes Engine. Stateless; clients are opened by {@link #open}. */
public final class GcpProvider extends ProviderTemplate<GkeSettings> {
    /** Provider id in specs and references. */
    public static final String ID = "gcp";

    private final GcpClients.Factory clients;

    /** A provider that uses Google's Application Default Credentials. */
    public GcpProvider() {
        this((region, settings) -> GcpClients.connect(ApplicationCredentials.target(settings)));
    }

    /** A provider with custom clients, such as those of an emulator or those with the host's own credentials. */
    public GcpProvider(GcpClients.Factory clients) {
        super(ID, GkeSettings.defaults(), GkeSettings::read, GcpGraph.GRAPH, GcpGraph.RIGHTS, GkeDefaults.INSTANCE);
        this.clients = clients;
    }

    @Override
    protected CloudSession session(String region, GkeSettings settings, Scheduler scheduler) {
        return new GcpSession(clients.open(region, settings), settings, region, scheduler);
    }
}
