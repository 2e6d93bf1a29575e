// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.service;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.error.OperationCancelledException;
import io.osmo.backend.error.OsmoBackendException;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.service.OsmoServiceClient;
import io.osmo.backend.service.OsmoServiceClientBuilder;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.OsmoService;
import io.osmo.backend.spec.SecretResolver;
import io.osmo.backend.spi.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * What an OSMO service still has of a backend that is destroyed. The token of a backend cannot remove it, so plan and leftovers say what
 * to remove.
 *
 * @param how reaches the service; empty if it is not to be asked
 */
public record ServiceDeparture(
        Optional<UnaryOperator<OsmoServiceClientBuilder>> how, Scheduler scheduler, Optional<SecretResolver> secrets) {
    /** A plan to destroy with a warning if its spec names a service, unless that no longer has the backend. */
    public CompletableFuture<Plan> warn(CompletableFuture<Plan> plan) {
        return plan.thenCompose(this::warn);
    }

    private CompletableFuture<Plan> warn(Plan plan) {
        Optional<BackendSpec> known = plan.spec().filter(spec -> spec.osmo().isPresent());
        if (known.isEmpty()) {
            return CompletableFuture.completedFuture(plan);
        }
        BackendSpec spec = known.get();
        return has(spec).thenApply(has -> {
            Optional<String> warning = warning(spec, spec.osmo().get(), has);
            List<String> warnings = new ArrayList<>(plan.warnings());
            warning.ifPresent(warnings::add);
            return Plan.of(
                    plan.kind(), plan.ref(), plan.account(), plan.spec(), plan.changes(), plan.guards(), warnings);
        });
    }

    private static Optional<String> warning(BackendSpec spec, OsmoService osmo, Fact<Boolean> has) {
        String offers = "pool " + osmo.poolName() + " of the OSMO service still accepts tasks for " + name(spec)
                + ", which then wait forever. Before you apply this plan, remove it there: " + ServiceEntries.of(spec);
        if (has instanceof Fact.Unknown<Boolean> unread) {
            return Optional.of("If the service still has the backend (" + unread.reason() + "), " + offers);
        }
        return has.known().filter(Boolean::booleanValue).map(known -> "The " + offers);
    }

    /** Adds to what a plan has left what the service still has; nothing if the plan is no destruction. */
    public CompletableFuture<List<Leftover>> and(Plan plan, List<Leftover> leftovers) {
        return and(leftovers, plan.spec().filter(spec -> plan.kind() == Plan.Kind.DESTROY));
    }

    /**
     * What the service still has after a destruction, added to what else is left; nothing if it is not to be asked.
     *
     * @param spec empty if the backend was destroyed by its reference
     */
    public CompletableFuture<List<Leftover>> and(
            CompletableFuture<List<Leftover>> leftovers, Optional<BackendSpec> spec) {
        return leftovers.thenCompose(left -> and(left, spec));
    }

    private CompletableFuture<List<Leftover>> and(List<Leftover> leftovers, Optional<BackendSpec> spec) {
        if (how.isEmpty() || spec.flatMap(BackendSpec::osmo).isEmpty()) {
            return CompletableFuture.completedFuture(leftovers);
        }
        return has(spec.get()).thenApply(has -> {
            List<Leftover> all = new ArrayList<>(leftovers);
            reason(spec.get(), has)
                    .ifPresent(reason -> all.add(new Leftover("osmo-backend", name(spec.get()), reason, false)));
            return all;
        });
    }

    private static Optional<String> reason(BackendSpec spec, Fact<Boolean> has) {
        if (has instanceof Fact.Unknown<Boolean> unread) {
            return Optional.of("whether the OSMO service still has it is not known: " + unread.reason());
        }
        return has.known()
                .filter(Boolean::booleanValue)
                .map(known -> "the OSMO service still has it; remove it there: " + ServiceEntries.of(spec));
    }

    private static String name(BackendSpec spec) {
        return spec.osmo().flatMap(OsmoService::backendName).orElse(spec.name());
    }

    /** Whether the service has the backend. */
    private CompletableFuture<Fact<Boolean>> has(BackendSpec spec) {
        if (how.isEmpty()) {
            return CompletableFuture.completedFuture(Fact.unknown("it was not asked"));
        }
        return scheduler.call(() -> {
            try (OsmoServiceClient client = how.get()
                    .apply(OsmoServiceClient.builder(
                                    secrets.map(spec::withSecrets).orElse(spec))
                            .scheduler(scheduler))
                    .build()) {
                return Fact.of(client.backend(name(spec)).isPresent());
            } catch (OperationCancelledException e) {
                throw e;
            } catch (OsmoBackendException e) {
                return Fact.unknown(String.valueOf(e.getMessage()));
            }
        });
    }
}
