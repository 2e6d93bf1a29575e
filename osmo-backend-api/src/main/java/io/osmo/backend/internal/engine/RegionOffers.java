// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.plan.Action;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.NodePoolBuilder;
import io.osmo.backend.spec.PoolAlternative;
import io.osmo.backend.spi.provider.Futures;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Looks for regions with room for a backend when a quota does not suffice where its spec wants it. A backend that exists, or that uses
 * networks, keys or reservations of its region, has no other place.
 */
public final class RegionOffers {
    private static final String TYPES = "preflight.instance-types";

    private final Function<BackendSpec, CompletableFuture<List<PreflightFinding>>> preflight;
    private final Function<BackendSpec, CompletableFuture<Boolean>> exists;
    private final List<String> regions;

    /**
     * @param exists whether the backend of a spec exists
     * @param preflight what the cloud says of a spec
     * @param regions in which the backend may be instead
     */
    public RegionOffers(
            Function<BackendSpec, CompletableFuture<List<PreflightFinding>>> preflight,
            Function<BackendSpec, CompletableFuture<Boolean>> exists,
            List<String> regions) {
        this.exists = exists;
        this.preflight = preflight;
        this.regions = List.copyOf(regions);
    }

    /** A quota that does not suffice, or a type that is not sold. */
    private static boolean refused(PreflightFinding finding) {
        return finding.shortage().isPresent()
                || finding.status() == Status.FAIL && finding.check().equals(TYPES);
    }

    /** The findings, of which each refusal of a quota or a type names the regions that have room. */
    public CompletableFuture<List<PreflightFinding>> complete(
            BackendSpec spec, Optional<Plan> plan, List<PreflightFinding> findings) {
        if (findings.stream().noneMatch(RegionOffers::refused)
                || regions.isEmpty()
                || !isFresh(plan)
                || !isMovable(spec)) {
            return CompletableFuture.completedFuture(findings);
        }
        // A plan shows that the backend does not exist yet.
        CompletableFuture<Boolean> there = plan.isPresent()
                ? CompletableFuture.completedFuture(false)
                : Futures.recover(exists.apply(spec), unread -> true);
        return there.thenCompose(
                existing -> existing ? CompletableFuture.completedFuture(findings) : elsewhere(spec, findings));
    }

    private CompletableFuture<List<PreflightFinding>> elsewhere(BackendSpec spec, List<PreflightFinding> findings) {
        return Futures.all(regions.stream()
                        .filter(region -> !region.equals(spec.region()))
                        .map(region -> hasRoom(moved(spec, region))
                                .thenApply(room -> room ? Optional.of(region) : Optional.<String>empty()))
                        .toList())
                .thenApply(found -> found.stream().flatMap(Optional::stream).toList())
                .thenApply(found ->
                        findings.stream().map(finding -> with(finding, found)).toList());
    }

    /** A region that cannot be asked has no room that is known of. */
    private CompletableFuture<Boolean> hasRoom(BackendSpec there) {
        return Futures.recover(
                preflight
                        .apply(there)
                        .thenApply(findings -> findings.stream()
                                .allMatch(
                                        finding -> finding.status() == Status.PASS || finding.status() == Status.WARN)),
                refused -> false);
    }

    private static boolean isFresh(Optional<Plan> plan) {
        return plan.map(p -> p.changes().stream().allMatch(change -> change.action() == Action.CREATE))
                .orElse(true);
    }

    private static boolean isMovable(BackendSpec spec) {
        return spec.network().existingId().isEmpty()
                && spec.encryption().existingKey().isEmpty()
                && spec.pools().stream()
                        .allMatch(pool -> pool.reservation().isEmpty()
                                && pool.fallback().stream()
                                        .allMatch(each -> each.reservation().isEmpty()));
    }

    /** The same elsewhere; zones are those of a region. */
    private static BackendSpec moved(BackendSpec spec, String region) {
        BackendSpecBuilder there = spec.toBuilder().on(spec.provider(), region).network(network -> network.zones());
        spec.computePools().forEach(pool -> there.changePool(pool.name(), p -> moved(pool, p)));
        spec.operatorPool().ifPresent(pool -> there.operatorPool(p -> moved(pool, p)));
        return there.build();
    }

    /** An alternative that is nothing but other zones is none elsewhere. */
    private static void moved(NodePool pool, NodePoolBuilder there) {
        there.zones().noFallback();
        for (PoolAlternative each : pool.fallback()) {
            if (!each.instanceTypes().isEmpty() || each.spot().isPresent()) {
                there.fallback(alternative -> {
                    alternative.instanceTypes(each.instanceTypes().toArray(String[]::new));
                    each.spot().ifPresent(alternative::spot);
                });
            }
        }
    }

    private static PreflightFinding with(PreflightFinding finding, List<String> regions) {
        return refused(finding) && !regions.isEmpty()
                ? finding.withOffers(List.of("the whole backend fits into " + String.join(" or ", regions)))
                : finding;
    }
}
