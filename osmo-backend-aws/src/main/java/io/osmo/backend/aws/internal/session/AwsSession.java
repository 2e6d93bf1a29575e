// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.session;

import io.osmo.backend.aws.AwsClients;
import io.osmo.backend.aws.AwsProvider;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.cluster.ClusterReader;
import io.osmo.backend.aws.internal.cost.AwsPrices;
import io.osmo.backend.aws.internal.diagnosis.AwsDiagnostics;
import io.osmo.backend.aws.internal.facts.AwsFacts;
import io.osmo.backend.aws.internal.preflight.AwsPreflight;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.provider.ProviderParts;
import io.osmo.backend.spi.provider.ProviderSession;
import io.osmo.backend.spi.provider.cost.Estimator;
import java.util.Map;
import java.util.Optional;

/** One region of AWS. Safe for concurrent use, as the SDK's clients are. */
public final class AwsSession extends ProviderSession<AwsContext> {
    private static final ProviderParts<AwsContext> PARTS = new ProviderParts<>(
            AwsProvider.ID,
            AwsGraph.GRAPH,
            ClusterReader.INSTANCE,
            AwsPreflight.PREFLIGHT,
            AwsFacts::read,
            Optional.of(AwsDiagnostics.DIAGNOSTICS),
            Optional.of(new Estimator<>(AwsPrices.INSTANCE)::estimate),
            BackendList::read);

    private final AwsClients clients;
    private final EksSettings settings;

    public AwsSession(AwsClients clients, EksSettings settings, String region, Scheduler scheduler) {
        super(PARTS, region, scheduler, new EksClusterPart(clients, settings, region, scheduler));
        this.clients = clients;
        this.settings = settings;
    }

    @Override
    protected AwsContext context(BackendRef ref) {
        return new AwsContext(ref, scheduler(), cache(), clients, settings, Map.of());
    }

    @Override
    protected AwsContext context(BackendSpec spec) {
        return new AwsContext(spec.ref(), scheduler(), cache(), clients, settings, spec.tags());
    }

    @Override
    protected void closeClients() {
        clients.close();
    }
}
