// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws;

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

/** Backends on Amazon EKS. Stateless; clients are opened by {@link #open}. */
public final class AwsProvider implements CloudProvider {
    /** Id that specs use. */
    public static final String ID = "aws";

    private final AwsClients.Factory clients;

    /** With the vendor's default credentials chain, environment variables and configuration files. */
    public AwsProvider() {
        this(DefaultAwsClients::new);
    }

    /** With other clients, such as those of an emulator, or with credentials of the host's own. */
    public AwsProvider(AwsClients.Factory clients) {
        this.clients = clients;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public List<Violation> validate(BackendSpec spec) {
        return AwsGraph.validate(spec);
    }

    @Override
    public Optional<ProviderSettings> readSettings(Map<String, Object> data, Consumer<Violation> problems) {
        return EksSettings.read(data, problems).map(ProviderSettings.class::cast);
    }

    @Override
    public CloudSession open(String region, Optional<ProviderSettings> settings, Scheduler scheduler) {
        EksSettings eks = settings.map(s -> {
                    if (s instanceof EksSettings mine) {
                        return mine;
                    }
                    throw new IllegalArgumentException("settings of " + s.provider() + " given to " + ID);
                })
                .orElseGet(EksSettings::defaults);
        return new AwsSession(clients.open(region, eks), eks, region, scheduler);
    }
}
