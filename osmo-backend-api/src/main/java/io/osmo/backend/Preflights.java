// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend;

import io.osmo.backend.cost.CostEstimate;
import io.osmo.backend.internal.engine.RegionOffers;
import io.osmo.backend.internal.engine.Sessions;
import io.osmo.backend.internal.registry.RegistryCheck;
import io.osmo.backend.internal.service.ServicePreflight;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.service.OsmoServiceClientBuilder;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.RegistryHttp;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.provider.Futures;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * Asks everything of a preflight: the provider, the image registries, the OSMO service, and, if a quota does not suffice, other regions.
 *
 * @param regions in which a backend may be instead, by provider
 */
record Preflights(
        Sessions sessions,
        Scheduler scheduler,
        RegistryHttp registries,
        Optional<UnaryOperator<OsmoServiceClientBuilder>> osmoService,
        Map<String, List<String>> regions) {

    /** What a plan creates or changes a backend to. */
    static BackendSpec wanted(Plan plan) {
        return plan.spec()
                .filter(ignored -> plan.kind() == Plan.Kind.APPLY)
                .orElseThrow(() -> new IllegalArgumentException(
                        "a plan to destroy creates nothing; see plan.guards() for what forbids it"));
    }

    /** @param spec with its secrets resolved */
    CompletableFuture<CostEstimate> estimate(BackendSpec spec) {
        return sessions.of(spec).estimate(spec);
    }

    /** @param spec with its secrets resolved */
    CompletableFuture<List<PreflightFinding>> run(BackendSpec spec, Optional<Plan> plan) {
        CompletableFuture<List<PreflightFinding>> cloud = sessions.of(spec)
                .preflight(spec, plan)
                .thenCompose(findings -> new RegionOffers(
                                there -> sessions.of(there).preflight(there, Optional.empty()),
                                known -> sessions.of(known)
                                        .observe(known.ref(), Optional.empty())
                                        .thenApply(inventory -> !inventory.isEmpty()),
                                regions.getOrDefault(spec.provider(), List.of()))
                        .complete(spec, plan, findings));
        return plan.filter(Plan::isEmpty).isPresent()
                ? cloud
                : Futures.flat(List.of(
                        cloud,
                        new RegistryCheck(registries).run(scheduler, spec),
                        ServicePreflight.run(osmoService, scheduler, sessions.of(spec), spec)));
    }
}
