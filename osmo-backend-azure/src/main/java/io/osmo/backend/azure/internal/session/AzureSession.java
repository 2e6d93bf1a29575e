// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.session;

import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.AzureClients;
import io.osmo.backend.azure.AzureProvider;
import io.osmo.backend.azure.internal.Arm;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.GroupName;
import io.osmo.backend.azure.internal.cluster.ClusterReader;
import io.osmo.backend.azure.internal.cost.AzurePrices;
import io.osmo.backend.azure.internal.diagnosis.AzureDiagnostics;
import io.osmo.backend.azure.internal.facts.AzureFacts;
import io.osmo.backend.azure.internal.preflight.AzurePreflight;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.provider.ProviderParts;
import io.osmo.backend.spi.provider.ProviderSession;
import io.osmo.backend.spi.provider.cost.Estimator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One region of one subscription. Safe for concurrent use. */
public final class AzureSession extends ProviderSession<AzureContext> {
    private static final ProviderParts<AzureContext> PARTS = new ProviderParts<>(
            AzureProvider.ID,
            AzureGraph.GRAPH,
            ClusterReader.INSTANCE,
            AzurePreflight.PREFLIGHT,
            AzureFacts::read,
            Optional.of(AzureDiagnostics.DIAGNOSTICS),
            Optional.of(new Estimator<>(AzurePrices.INSTANCE)::estimate),
            BackendList::read);

    private final AzureClients clients;
    private final Arm arm;
    private final AksSettings settings;

    public AzureSession(AzureClients clients, AksSettings settings, String region, Scheduler scheduler) {
        super(PARTS, region, scheduler, new AksClusterPart(clients, settings, scheduler));
        this.clients = clients;
        this.arm = new Arm(clients);
        this.settings = settings;
    }

    @Override
    protected AzureContext context(BackendRef ref) {
        return AzureContext.of(ref, clients, arm, settings, scheduler(), cache());
    }

    @Override
    protected AzureContext context(BackendSpec spec) {
        return context(spec.ref()).with(spec);
    }

    /** Without a spec, the backend may be in a group that it does not own. */
    @Override
    protected CompletableFuture<AzureContext> locate(BackendRef ref) {
        AzureContext context = context(ref);
        return settings.resourceGroup().isPresent()
                ? CompletableFuture.completedFuture(context)
                : BackendList.group(context).thenApply(context::in);
    }

    @Override
    protected AzureContext locate(BackendRef ref, Inventory inventory) {
        AzureContext context = context(ref);
        return inventory.attachment(GroupName.class).map(context::in).orElse(context);
    }

    @Override
    protected void closeClients() {
        clients.close();
    }
}
