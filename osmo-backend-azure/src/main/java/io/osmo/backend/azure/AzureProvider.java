// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure;

import io.osmo.backend.azure.internal.pool.AksDefaults;
import io.osmo.backend.azure.internal.session.AzureGraph;
import io.osmo.backend.azure.internal.session.AzureSession;
import io.osmo.backend.spi.CloudSession;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.provider.ProviderTemplate;

/** Backends on Azure Kubernetes Service. Stateless; clients are opened by {@link #open}. */
public final class AzureProvider extends ProviderTemplate<AksSettings> {
    /** Provider id in specs and references. */
    public static final String ID = "azure";

    private final AzureClients.Factory clients;

    /** A provider that uses the Azure SDK's default credential chain and its {@code AZURE_*} variables. */
    public AzureProvider() {
        // A reference to the constructor would load the SDK of each provider on the class path.
        this((region, settings) -> new DefaultAzureClients(region, settings));
    }

    /** A provider with custom clients, such as those of an emulator or those with the host's own credentials. */
    public AzureProvider(AzureClients.Factory clients) {
        super(ID, AksSettings.defaults(), AksSettings::read, AzureGraph.GRAPH, AzureGraph.RIGHTS, AksDefaults.INSTANCE);
        this.clients = clients;
    }

    @Override
    protected CloudSession session(String region, AksSettings settings, Scheduler scheduler) {
        return new AzureSession(clients.open(region, settings), settings, region, scheduler);
    }
}
