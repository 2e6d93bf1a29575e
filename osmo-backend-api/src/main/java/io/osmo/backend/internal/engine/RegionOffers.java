// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.plan.Action;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.plan.QuotaShortage;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.NodePoolBuilder;
import io.osmo.backend.spec.PoolAlternative;
import io.osmo.backend.spi.provider.Futures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Looks for regions with room for a backend when a quota does not suffice where its spec wants it. A backend that exists, or that uses
 * networks, keys or reservations of its region, has no other place.
 */
public final class RegionOffers {
    private final Function<BackendSpec, CompletableFuture<List<PreflightFinding>>> preflight;
    private final List<String> regions;

    /**
     * @param preflight what the cloud says of a spec
     * @param regions in which the backend may be instead
     */
    public RegionOffers(
            Function<BackendSpec, CompletableFuture<List<PreflightFinding>>> preflight, List<String> regions) {
        this.preflight = preflight;
        this.regions = List.copyOf(regions);
    }

    /** The findings, of which each shortage names the regions that have room. */
    public CompletableFuture<List<PreflightFinding>> complete(
            BackendSpec spec, Optional<Plan> plan, List<PreflightFinding> findings) {
        boolean missing =
                findings.stream().anyMatch(finding -> finding.shortage().isPresent());
        if (!missing || !isFresh(plan) || !isMovable(spec)) {
            return CompletableFuture.completedFuture(findings);
        }
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
        if (finding.shortage().isEmpty() || regions.isEmpty()) {
            return finding;
        }
        QuotaShortage shortage = finding.shortage().get();
        String offer = "the whole backend fits into " + String.join(" or ", regions);
        List<String> alternatives = new ArrayList<>(shortage.alternatives());
        alternatives.add(offer);
        return new PreflightFinding(
                finding.check(),
                finding.status(),
                finding.requirement(),
                finding.message(),
                finding.remedy() + " Or: " + offer + ".",
                Optional.of(new QuotaShortage(
                        shortage.code(),
                        shortage.what(),
                        shortage.place(),
                        shortage.limit(),
                        shortage.used(),
                        shortage.needed(),
                        shortage.needs(),
                        shortage.askAt(),
                        alternatives)),
                finding.cost());
    }
}
