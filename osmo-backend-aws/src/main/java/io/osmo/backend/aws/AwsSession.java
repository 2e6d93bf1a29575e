// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Remembered;
import io.osmo.backend.aws.internal.facts.FactsReader;
import io.osmo.backend.aws.internal.preflight.Preflight;
import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.error.Violation;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.CloudSession;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One region of AWS. Safe for concurrent use, as the SDK's clients are. */
final class AwsSession implements CloudSession {
    private final AwsClients clients;
    private final EksSettings settings;
    private final String region;
    private final Scheduler scheduler;
    private final EksClusterSide clusterSide;
    private final Remembered offers;

    AwsSession(AwsClients clients, EksSettings settings, String region, Scheduler scheduler) {
        this.clients = clients;
        this.settings = settings;
        this.region = region;
        this.scheduler = scheduler;
        this.offers = new Remembered(scheduler);
        this.clusterSide = new EksClusterSide(clients, settings, region, scheduler);
    }

    private AwsContext context(BackendRef ref) {
        return AwsContext.of(ref, clients, settings, scheduler).with(offers);
    }

    @Override
    public CompletableFuture<List<PreflightFinding>> preflight(BackendSpec spec) {
        return Preflight.run(context(spec.ref()).with(spec), spec);
    }

    @Override
    public CompletableFuture<Inventory> observe(BackendRef ref, Optional<BackendSpec> spec) {
        return AwsGraph.observe(context(ref), spec, cluster -> clusterSide.observe(cluster, ref, spec));
    }

    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        return AwsGraph.check(spec, inventory);
    }

    @Override
    public List<String> warnings(BackendRef ref, Optional<BackendSpec> spec, Inventory inventory) {
        return settings.omitted().stream()
                .sorted()
                .map(feature -> feature + " is omitted by the settings: " + feature.consequence())
                .toList();
    }

    @Override
    public List<Resource<?>> graph(BackendSpec spec, Inventory inventory) {
        AwsContext aws = context(spec.ref()).with(spec);
        List<Resource<?>> graph = new ArrayList<>(AwsGraph.wanted(aws, spec, inventory));
        graph.addAll(clusterSide.wanted(aws, spec, inventory));
        return graph;
    }

    @Override
    public List<Deletable<?>> owned(BackendRef ref, Inventory inventory) {
        List<Deletable<?>> owned = new ArrayList<>(AwsGraph.owned(context(ref), inventory));
        owned.addAll(clusterSide.owned(ref, inventory));
        return owned;
    }

    @Override
    public Optional<ClusterAccess> access(Inventory inventory) {
        return clusterSide.access(inventory);
    }

    @Override
    public CompletableFuture<CloudFacts> facts(BackendRef ref) {
        return FactsReader.read(context(ref));
    }

    @Override
    public CompletableFuture<List<BackendRef>> list() {
        return BackendList.read(
                AwsContext.of(new BackendRef(AwsProvider.ID, region, ""), clients, settings, scheduler));
    }

    @Override
    public CompletableFuture<List<Leftover>> leftovers(BackendRef ref) {
        return AwsGraph.leftovers(context(ref));
    }

    @Override
    public void close() {
        clusterSide.close();
        clients.close();
    }
}
