// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp;

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

/** Backends on Google Kubernetes Engine. Stateless; clients are opened by {@link #open}. */
public final class GcpProvider implements CloudProvider {
    /** Id that specs use. */
    public static final String ID = "gcp";

    private final GcpClients.Factory clients;

    /** With application-default credentials. */
    public GcpProvider() {
        this((region, settings) -> GcpClients.connect(Identity.target(settings)));
    }

    /** With other clients, such as those of an emulator, or with credentials of the host's own. */
    public GcpProvider(GcpClients.Factory clients) {
        this.clients = clients;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public List<Violation> validate(BackendSpec spec) {
        return GcpGraph.validate(spec);
    }

    @Override
    public Optional<ProviderSettings> readSettings(Map<String, Object> data, Consumer<Violation> problems) {
        return GkeSettings.read(data, problems).map(ProviderSettings.class::cast);
    }

    @Override
    public CloudSession open(String region, Optional<ProviderSettings> settings, Scheduler scheduler) {
        GkeSettings gke = settings.map(s -> {
                    if (s instanceof GkeSettings mine) {
                        return mine;
                    }
                    throw new IllegalArgumentException("settings of " + s.provider() + " given to " + ID);
                })
                .orElseGet(GkeSettings::defaults);
        return new GcpSession(clients.open(region, gke), gke, region, scheduler);
    }
}
