// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws;

import io.osmo.backend.aws.internal.pool.EksDefaults;
import io.osmo.backend.aws.internal.session.AwsGraph;
import io.osmo.backend.aws.internal.session.AwsSession;
import io.osmo.backend.spi.CloudSession;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.provider.ProviderTemplate;

/** Backends on Amazon EKS. Stateless; clients are opened with a session. */
public final class AwsProvider extends ProviderTemplate<EksSettings> {
    /** Provider id in specs and references. */
    public static final String ID = "aws";

    private final AwsClients.Factory clients;

    /** A provider that uses the AWS SDK's default credentials chain, environment variables and configuration files. */
    public AwsProvider() {
        // A reference to the constructor would load the SDK of each provider on the class path.
        this((region, settings) -> new DefaultAwsClients(region, settings));
    }

    /** A provider with custom clients, such as those of an emulator or those with the host's own credentials. */
    public AwsProvider(AwsClients.Factory clients) {
        super(ID, EksSettings.defaults(), EksSettings::read, AwsGraph.GRAPH, AwsGraph.RIGHTS, EksDefaults.INSTANCE);
        this.clients = clients;
    }

    @Override
    protected CloudSession session(String region, EksSettings settings, Scheduler scheduler) {
        return new AwsSession(clients.open(region, settings), settings, region, scheduler);
    }
}
