// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.plan.Action;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.plan.Plan.Kind;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Account;
import io.osmo.backend.spi.CloudSession;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Incarnation;
import io.osmo.backend.spi.Inventory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Makes plans: observe once, check, compare. */
public final class Planner {
    /** Of a pool that the spec no longer has. */
    private static final Duration DRAIN_DEADLINE = Duration.ofHours(1);

    private Planner() {}

    /** What has to change so that the backend is as its spec wants it. */
    public static CompletableFuture<Plan> plan(CloudSession session, BackendSpec spec) {
        return plan(session, Kind.APPLY, spec.ref(), Optional.of(spec));
    }

    /** @param spec the spec by which the backend was reached, if it is known; stored with the plan */
    public static CompletableFuture<Plan> planDestroy(
            CloudSession session, BackendRef ref, Optional<BackendSpec> spec) {
        return plan(session, Kind.DESTROY, ref, spec);
    }

    private static CompletableFuture<Plan> plan(
            CloudSession session, Kind kind, BackendRef ref, Optional<BackendSpec> spec) {
        Optional<BackendSpec> wanted = spec.filter(s -> kind == Kind.APPLY);
        return session.observe(ref, wanted.map(Alternatives::toRead)).thenApply(inventory -> {
            Set<String> exists = exists(session, ref, inventory);
            wanted.ifPresent(s -> requireAlternatives(session, s, inventory, exists));
            Map<String, Integer> chosen = chosen(session, wanted, inventory);
            Optional<BackendSpec> settled = wanted.map(s -> Alternatives.with(s, chosen));
            Difference difference = difference(session, ref, settled, inventory);
            List<String> warnings = new ArrayList<>(session.warnings(ref, settled, inventory));
            wanted.ifPresent(s -> {
                warnings.addAll(Alternatives.describe(s, chosen, exists));
                warnings.addAll(Alternatives.skipped(s, each -> session.check(each, inventory), exists));
            });
            Plan plan = Plan.of(
                    kind,
                    ref,
                    account(inventory),
                    spec,
                    difference.changes(),
                    difference.guards(session, ref, inventory),
                    warnings);
            return incarnation(inventory)
                    .filter(found -> !isMadeAgain(found, difference))
                    .map(found -> plan.withIncarnation(found.id()))
                    .orElse(plan);
        });
    }

    /** An alternative that the cloud's answers forbid is refused with the plan, and not when it is needed. */
    private static void requireAlternatives(
            CloudSession session, BackendSpec spec, Inventory inventory, Set<String> exists) {
        if (spec.pools().stream().anyMatch(pool -> !pool.fallback().isEmpty())) {
            List<Violation> violations = Alternatives.validate(spec, each -> session.check(each, inventory), exists);
            if (!violations.isEmpty()) {
                throw new InvalidSpecException(violations);
            }
        }
    }

    /** Names of the pools that exist. */
    private static Set<String> exists(CloudSession session, BackendRef ref, Inventory inventory) {
        return session.owned(ref, inventory).stream()
                .flatMap(owned -> owned.pool().stream())
                .collect(Collectors.toSet());
    }

    /** The alternatives of pools that exist already. */
    static Map<String, Integer> chosen(CloudSession session, Optional<BackendSpec> wanted, Inventory inventory) {
        return wanted.map(s -> Alternatives.running(session, s, inventory)).orElse(Map.of());
    }

    static Optional<String> account(Inventory inventory) {
        return inventory.attachment(Account.class).map(Account::id);
    }

    static Optional<Incarnation> incarnation(Inventory inventory) {
        return inventory.attachment(Incarnation.class);
    }

    /** A plan that makes the cluster again is good for both, so that it can be resumed. */
    private static boolean isMadeAgain(Incarnation cluster, Difference difference) {
        return difference.changes().stream()
                .anyMatch(change -> change.resource().equals(cluster.cluster())
                        && (change.action() == Action.CREATE || change.action() == Action.REPLACE));
    }

    /**
     * @param spec what is wanted; without one everything is deleted
     * @throws InvalidSpecException when the cloud's answers forbid what the spec wants
     */
    static Difference difference(
            CloudSession session, BackendRef ref, Optional<BackendSpec> spec, Inventory inventory) {
        if (spec.isEmpty()) {
            return Diff.nothing(ref, session.owned(ref, inventory), inventory);
        }
        List<Violation> violations = session.check(spec.get(), inventory);
        if (!violations.isEmpty()) {
            throw new InvalidSpecException(violations);
        }
        return Diff.wanted(
                ref,
                session.graph(spec.get(), inventory),
                session.owned(ref, inventory),
                inventory,
                (pool, endsWork) -> session.drain(pool, drainDeadline(spec.get(), pool), endsWork));
    }

    private static Duration drainDeadline(BackendSpec spec, Deletable<?> pool) {
        return pool.pool().stream()
                .flatMap(name -> spec.pools().stream().filter(p -> p.name().equals(name)))
                .findFirst()
                .map(p -> Duration.ofMinutes(p.drainMinutes()))
                .orElse(DRAIN_DEADLINE);
    }
}
