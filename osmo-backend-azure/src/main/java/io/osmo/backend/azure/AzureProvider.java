// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.ProviderSettings;
import io.osmo.backend.spi.CloudProvider;
import io.osmo.backend.spi.CloudSession;
import io.osmo.backend.spi.Scheduler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Backends on Azure Kubernetes Service. Stateless; the way to Azure is opened by {@link #open}. */
public final class AzureProvider implements CloudProvider {
    /** Id that specs use. */
    public static final String ID = "azure";

    private final AzureClients.Factory clients;

    /** With the vendor's default credential chain and its {@code AZURE_*} variables. */
    public AzureProvider() {
        this(DefaultAzureClients::new);
    }

    /** With another way to Azure, such as an emulator, or with credentials of the host's own. */
    public AzureProvider(AzureClients.Factory clients) {
        this.clients = clients;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public List<Violation> validate(BackendSpec spec) {
        return AzureGraph.validate(spec);
    }

    @Override
    public Optional<ProviderSettings> readSettings(Map<String, Object> data, Consumer<Violation> problems) {
        return AksSettings.read(data, problems).map(ProviderSettings.class::cast);
    }

    @Override
    public CloudSession open(String region, Optional<ProviderSettings> settings, Scheduler scheduler) {
        AksSettings aks = settings.map(s -> {
                    if (s instanceof AksSettings mine) {
                        return mine;
                    }
                    throw new IllegalArgumentException("settings of " + s.provider() + " given to " + ID);
                })
                .orElseGet(AksSettings::defaults);
        return new AzureSession(clients.open(region, aks), aks, region, scheduler);
    }
}
