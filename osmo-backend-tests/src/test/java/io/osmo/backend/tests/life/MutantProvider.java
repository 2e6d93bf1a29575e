// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.error.Violation;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.ProviderSettings;
import io.osmo.backend.spi.CloudProvider;
import io.osmo.backend.spi.CloudSession;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.ServiceDefaults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A provider with one thing wrong. */
record MutantProvider(CloudProvider right, Mutant mutant) implements CloudProvider {
    @Override
    public String id() {
        return right.id();
    }

    @Override
    public List<Violation> validate(BackendSpec spec) {
        return right.validate(spec);
    }

    @Override
    public Optional<ProviderSettings> readSettings(Map<String, Object> data, Consumer<Violation> problems) {
        return right.readSettings(data, problems);
    }

    @Override
    public ServiceDefaults defaults() {
        return right.defaults();
    }

    @Override
    public CloudSession open(String region, Optional<ProviderSettings> settings, Scheduler scheduler) {
        return new Session(right.open(mutant.region(region, id()), settings, scheduler), mutant, scheduler);
    }

    private record Session(CloudSession right, Mutant mutant, Scheduler scheduler) implements CloudSession {
        @Override
        public CompletableFuture<List<PreflightFinding>> preflight(BackendSpec spec, Optional<Plan> plan) {
            return right.preflight(spec, plan);
        }

        @Override
        public CompletableFuture<Inventory> observe(BackendRef ref, Optional<BackendSpec> spec) {
            return right.observe(ref, spec).thenApply(mutant::observed);
        }

        @Override
        public List<Violation> check(BackendSpec spec, Inventory inventory) {
            return right.check(spec, inventory);
        }

        @Override
        public List<String> warnings(BackendRef ref, Optional<BackendSpec> spec, Inventory inventory) {
            return right.warnings(ref, spec, inventory);
        }

        @Override
        public List<Resource<?>> graph(BackendSpec spec, Inventory inventory) {
            return right.graph(spec, inventory).stream()
                    .<Resource<?>>map(resource -> MutantResource.of(resource, mutant, scheduler))
                    .toList();
        }

        @Override
        public List<Deletable<?>> owned(BackendRef ref, Inventory inventory) {
            return right.owned(ref, inventory).stream()
                    .<Deletable<?>>map(deletable -> MutantDeletable.of(deletable, mutant))
                    .toList();
        }

        @Override
        public List<Guard> guards(BackendRef ref, Inventory inventory, Set<ResourceId> removed) {
            return mutant == Mutant.IGNORES_GUARDS ? List.of() : right.guards(ref, inventory, removed);
        }

        @Override
        public Optional<Deletable<?>> drain(Deletable<?> pool, Duration deadline, boolean endsWork) {
            return mutant == Mutant.SKIPS_DRAINS
                    ? Optional.empty()
                    : right.drain(pool, deadline, endsWork).map(drain -> MutantDeletable.of(drain, mutant));
        }

        @Override
        public Optional<ClusterAccess> access(Inventory inventory) {
            return right.access(inventory);
        }

        @Override
        public CompletableFuture<CloudFacts> facts(BackendRef ref) {
            return right.facts(ref);
        }

        @Override
        public CompletableFuture<List<BackendRef>> list() {
            return right.list();
        }

        @Override
        public CompletableFuture<List<Leftover>> leftovers(BackendRef ref) {
            return right.leftovers(ref);
        }

        @Override
        public void close() {
            right.close();
        }
    }
}
