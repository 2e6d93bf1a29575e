// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.quota;

import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.plan.QuotaShortage;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.NodePoolBuilder;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.Completion;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.ProviderContext;
import io.osmo.backend.spi.provider.Survey;
import io.osmo.backend.spi.provider.address.AddressCheck;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Adds to refused quotas and to types that are not sold what would fit instead: fewer nodes, the same type in other zones, other types with
 * as many of the same GPUs and at least as much memory, spot machines. Each suggestion is one that a preflight of the changed spec would
 * pass: by the rules of a plan, with the quotas of the account, and with the free addresses. An alternative of a pool that is not sold gets
 * the same suggestions as the pool would.
 *
 * @param <C> one backend of one cloud
 * @param <B> the quotas as the provider reads them
 */
public final class CounterOffers<C extends ProviderContext, B extends QuotaBook> implements Completion<C> {
    /** The check of what is sold, which all providers call the same. */
    private static final String TYPES = "preflight.instance-types";

    private static final int MOST = 3;

    private final QuotaSource<C, B> source;
    private final AddressCheck<C> addresses;

    /** @param addresses the check of free addresses */
    public CounterOffers(QuotaSource<C, B> source, AddressCheck<C> addresses) {
        this.source = source;
        this.addresses = addresses;
    }

    private static boolean refused(PreflightFinding finding) {
        return finding.shortage().isPresent()
                || finding.status() == Status.FAIL && finding.check().equals(TYPES);
    }

    @Override
    public CompletableFuture<List<PreflightFinding>> complete(Survey<C> survey, List<PreflightFinding> findings) {
        if (findings.stream().noneMatch(CounterOffers::refused)) {
            return CompletableFuture.completedFuture(findings);
        }
        return survey.inventory()
                .thenCombine(
                        source.once(survey),
                        (inventory, book) -> new Search(survey.settled(inventory), inventory, book))
                .thenCompose(search ->
                        Futures.all(findings.stream().map(search::complete).toList()));
    }

    /** One backend, with what was read about it. */
    private final class Search {
        private final Survey<C> survey;
        private final Inventory inventory;
        private final B book;
        private final QuotaDemand demand;
        private final String prefix;
        private final List<NodePool> others;

        Search(Survey<C> survey, Inventory inventory, B book) {
            this(survey, inventory, book, "", List.of());
        }

        /**
         * @param prefix what stands before the pool in each offer
         * @param others what the pool is in other entries of its list, which need not be offered
         */
        private Search(Survey<C> survey, Inventory inventory, B book, String prefix, List<NodePool> others) {
            this.survey = survey;
            this.inventory = inventory;
            this.book = book;
            this.prefix = prefix;
            this.others = others;
            this.demand = QuotaDemand.of(source, survey, inventory, book);
        }

        CompletableFuture<PreflightFinding> complete(PreflightFinding finding) {
            if (!refused(finding)) {
                return CompletableFuture.completedFuture(finding);
            }
            List<CompletableFuture<List<String>>> offers = finding.shortage()
                    .map(shortage -> demand.machines().stream()
                            .filter(need -> need.draws().containsKey(shortage.code()))
                            .map(need -> instead(need, shortage))
                            .toList())
                    .orElseGet(() -> unsold(finding).toList());
            return Futures.flat(offers).thenApply(found -> with(finding, found));
        }

        /** Instead of the pool, or of the alternative of one, whose type or zone a finding refuses. */
        private Stream<CompletableFuture<List<String>>> unsold(PreflightFinding finding) {
            List<CompletableFuture<List<String>>> offers = new ArrayList<>();
            for (NodePool pool : survey.spec().pools()) {
                String path = survey.path(pool);
                if (refuses(finding, pool, path)) {
                    offers.add(instead(pool));
                }
                for (int i = 0; i < pool.fallback().size(); i++) {
                    String alternative = path + ".fallback[" + i + "]";
                    if (finding.message().startsWith(alternative)) {
                        Search there = alternative(pool, i);
                        NodePool changed = there.pool(pool.name());
                        if (there.refuses(finding, changed, alternative)) {
                            offers.add(there.instead(changed));
                        }
                    }
                }
            }
            return offers.stream().limit(1);
        }

        /** The backend in which a pool is one of its alternatives, which is judged like any other pool then. */
        private Search alternative(NodePool pool, int number) {
            BackendSpec spec = survey.spec();
            List<NodePool> rest = new ArrayList<>(List.of(pool));
            for (int i = 0; i < pool.fallback().size(); i++) {
                if (i != number) {
                    rest.add(pool.fallback().get(i).of(pool));
                }
            }
            return new Search(
                    survey.instead(spec.withPool(pool.fallback().get(number).of(pool)), inventory),
                    inventory,
                    book,
                    "fallback[" + number + "] of ",
                    rest);
        }

        private NodePool pool(String name) {
            return survey.spec().pools().stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        /** Whether a finding is about a violation of a pool, of which it has the fields under a path. */
        private boolean refuses(PreflightFinding finding, NodePool pool, String path) {
            String own = survey.path(pool);
            return survey.violations(survey.spec(), inventory).stream()
                    .anyMatch(violation -> violation.path().startsWith(own + ".")
                            && finding.message()
                                    .startsWith(path + violation.path().substring(own.length()) + ":"));
        }

        private CompletableFuture<List<String>> instead(NodePool pool) {
            return source.sold(pool, inventory, book)
                    .map(wanted -> candidates(wanted)
                            .thenApply(found -> Stream.concat(
                                            fitting(pool, wanted, List.of(wanted), found.inventory()),
                                            fitting(pool, wanted, replacements(wanted, found), found.inventory()))
                                    .toList()))
                    .orElseGet(() -> CompletableFuture.completedFuture(List.of()));
        }

        private CompletableFuture<List<String>> instead(MachineNeed need, QuotaShortage shortage) {
            List<String> offers = new ArrayList<>(fewer(need, shortage));
            Optional<NodePool> pool = survey.spec().pools().stream()
                    .filter(each -> each.name().equals(need.pool()))
                    .findFirst();
            if (pool.isEmpty()) {
                return CompletableFuture.completedFuture(offers);
            }
            return candidates(need.machine()).thenApply(found -> {
                fitting(pool.get(), need.machine(), replacements(need.machine(), found), found.inventory())
                        .forEach(offers::add);
                spot(pool.get(), need).ifPresent(offers::add);
                return offers;
            });
        }

        private CompletableFuture<Candidates> candidates(SoldMachine wanted) {
            return Futures.recover(
                    source.candidates(survey.context(), inventory, wanted, book),
                    refused -> new Candidates(List.of(), inventory));
        }

        private List<SoldMachine> replacements(SoldMachine wanted, Candidates found) {
            return found.machines().stream()
                    .filter(machine -> machine.replaces(wanted))
                    .sorted(Comparator.comparingLong(SoldMachine::memoryMib).thenComparing(SoldMachine::type))
                    .toList();
        }

        /** How many of the pool's nodes are left over by the other pools. */
        private List<String> fewer(MachineNeed need, QuotaShortage shortage) {
            long others = shortage.needed() - need.draws().getOrDefault(shortage.code(), 0L);
            long fit = Math.max(0, shortage.left() - others) / Math.max(1, need.each(shortage.code()));
            return fit > 0
                    ? List.of(fit + " of " + need.nodes() + " nodes of pool " + need.pool() + " fit as "
                            + need.machine().type())
                    : List.of();
        }

        /** The operator's pool must keep its nodes, so spot machines are suggested for the others only. */
        private Optional<String> spot(NodePool pool, MachineNeed need) {
            return !pool.spot()
                            && survey.spec().computePools().contains(pool)
                            && passes(pool, inventory, changed -> changed.spot(true))
                    ? Optional.of("pool " + pool.name() + " fits as spot machines of "
                            + need.machine().type())
                    : Optional.empty();
        }

        private Stream<String> fitting(NodePool pool, SoldMachine wanted, List<SoldMachine> machines, Inventory known) {
            return pool.reservation().isPresent()
                    ? Stream.empty()
                    : machines.stream()
                            .flatMap(machine -> fitting(pool, wanted, machine, known).stream())
                            .limit(MOST);
        }

        /** The machine in the zones of the pool, or else in those of the backend that sell it, or else in those of the region. */
        private Optional<String> fitting(NodePool pool, SoldMachine wanted, SoldMachine machine, Inventory known) {
            boolean same = machine.type().equals(wanted.type());
            Consumer<NodePoolBuilder> type = changed -> {
                if (!same) {
                    changed.instanceTypes(machine.type());
                }
            };
            String offer = prefix + "pool " + pool.name() + " fits as " + machine.type();
            if (!same && passes(pool, known, type)) {
                List<String> zones = machine.zones().stream()
                        .filter(zone -> pool.zones().isEmpty() || pool.zones().contains(zone))
                        .toList();
                return Optional.of(offer + (zones.isEmpty() ? "" : " in " + String.join(", ", zones)));
            }
            List<String> named = survey.spec().network().zones();
            return Stream.of(pool.zones(), named, List.<String>of())
                    .map(among -> machine.zones().stream()
                            .filter(zone -> among.isEmpty() || among.contains(zone))
                            .toList())
                    .filter(zones -> !zones.isEmpty() && !zones.equals(pool.zones()))
                    .distinct()
                    .filter(zones ->
                            passes(pool, known, type.andThen(changed -> changed.zones(zones.toArray(String[]::new)))))
                    .findFirst()
                    .map(zones -> offer + " with the zones " + String.join(", ", zones));
        }

        /** Whether the spec with a changed pool breaks no rule that it does not break as it is, and finds quotas and addresses. */
        private boolean passes(NodePool pool, Inventory known, Consumer<NodePoolBuilder> change) {
            Optional<BackendSpec> changed = changed(survey.spec(), pool, change);
            return changed.filter(spec -> !isTriedAnyway(spec, pool) && isAllowed(spec, pool, known))
                    .map(spec -> survey.instead(spec, known))
                    .filter(there -> isAffordable(pool, there, known) && addresses.isNoWorse(survey, there, known))
                    .isPresent();
        }

        /** Whether the pool would only be what another entry of its list makes it. */
        private boolean isTriedAnyway(BackendSpec changed, NodePool pool) {
            return changed.pools().stream()
                    .filter(each -> each.name().equals(pool.name()))
                    .anyMatch(each -> others.stream()
                            .anyMatch(other -> other.spot() == each.spot()
                                    && other.instanceTypes().containsAll(each.instanceTypes())
                                    && (other.zones().isEmpty()
                                            || !each.zones().isEmpty()
                                                    && other.zones().containsAll(each.zones()))));
        }

        private boolean isAllowed(BackendSpec changed, NodePool pool, Inventory known) {
            List<Violation> before = survey.violations(survey.spec(), known);
            return survey.violations(changed, known).stream()
                    .noneMatch(violation -> !before.contains(violation)
                            || violation.path().startsWith(survey.path(pool) + ".")
                            || violation.path().startsWith("settings.pools." + pool.name() + "."));
        }

        /** A quota about which nothing is known does not count as sufficient. */
        private boolean isAffordable(NodePool pool, Survey<C> there, Inventory known) {
            QuotaDemand changed = demand.with(pool.name(), QuotaDemand.of(source, there, known, book));
            Map<String, Long> before = demand.amounts();
            return !changed.of(pool.name()).isEmpty()
                    && changed.amounts().entrySet().stream()
                            .filter(need -> need.getValue() > before.getOrDefault(need.getKey(), 0L)
                                    || changed.of(pool.name()).stream()
                                            .anyMatch(own -> own.draws().getOrDefault(need.getKey(), 0L) > 0))
                            .allMatch(need -> need.getValue()
                                    <= book.of(need.getKey()).left().known().orElse(-1L));
        }
    }

    private static Optional<BackendSpec> changed(BackendSpec spec, NodePool pool, Consumer<NodePoolBuilder> change) {
        try {
            return Optional.of(
                    spec.computePools().contains(pool)
                            ? spec.toBuilder().changePool(pool.name(), change).build()
                            : spec.toBuilder().operatorPool(change).build());
        } catch (InvalidSpecException breaksRules) {
            return Optional.empty();
        }
    }

    private static PreflightFinding with(PreflightFinding finding, List<String> offers) {
        return offers.isEmpty() ? finding : finding.withOffers(offers);
    }
}
