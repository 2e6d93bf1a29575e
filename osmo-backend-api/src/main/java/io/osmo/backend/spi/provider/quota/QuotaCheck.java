// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.quota;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.QuotaShortage;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.PreflightCheck;
import io.osmo.backend.spi.provider.ProviderContext;
import io.osmo.backend.spi.provider.Survey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Checks that the quotas suffice for all pools at their maximum and for the network, in addition to what the account already uses. An
 * exceeded quota is FAIL, with suggestions that would fit; a quota that cannot be read is UNKNOWN.
 *
 * @param <C> one backend of one cloud
 * @param <B> the quotas as the provider reads them
 */
public final class QuotaCheck<C extends ProviderContext, B extends QuotaBook> extends PreflightCheck<C> {
    private final QuotaSource<C, B> source;

    public QuotaCheck(QuotaSource<C, B> source) {
        super("quota", Requirement.CN_2);
        this.source = source;
    }

    @Override
    protected CompletableFuture<List<PreflightFinding>> run(Survey<C> survey) {
        CompletableFuture<B> book = source.read(survey.context());
        return survey.inventory()
                .thenCombine(book, (inventory, read) -> judge(survey, inventory, read))
                .thenCompose(findings -> findings);
    }

    /** What the backend needs of one quota, in total and by part. */
    private record Demand(long amount, Map<String, Long> parts) {
        static Demand none() {
            return new Demand(0, Map.of());
        }

        Demand and(String part, long more) {
            Map<String, Long> all = new LinkedHashMap<>(parts);
            all.merge(part, more, Long::sum);
            return new Demand(amount + more, all);
        }
    }

    private CompletableFuture<List<PreflightFinding>> judge(Survey<C> survey, Inventory inventory, B book) {
        List<MachineNeed> machines = List.copyOf(source.machines(survey, inventory, book).stream()
                .filter(need -> need.nodes() > 0)
                .collect(Collectors.toMap(
                        need -> List.of(need.pool(), need.machine().type()),
                        need -> need,
                        MachineNeed::and,
                        LinkedHashMap::new))
                .values());
        Map<String, Demand> demands = demands(survey, inventory, machines);
        Map<Fact.Unknown<Long>, List<String>> unread = new LinkedHashMap<>();
        List<CompletableFuture<PreflightFinding>> missing = new ArrayList<>();
        List<Enough> enough = new ArrayList<>();
        demands.forEach((code, demand) -> {
            Quota quota = book.of(code);
            Fact<Long> left = quota.left();
            if (left instanceof Fact.Unknown<Long> reason) {
                unread.computeIfAbsent(reason, r -> new ArrayList<>())
                        .add(quota.what() + " (" + quota.code() + "), " + demand.amount() + " needed");
            } else if (left.known().orElse(0L) < demand.amount()) {
                missing.add(shortage(survey, inventory, machines, quota, demand, book));
            } else {
                enough.add(new Enough(quota, demand.amount(), left.known().orElse(0L)));
            }
        });
        return Futures.all(missing).thenApply(findings -> {
            List<PreflightFinding> all = new ArrayList<>(findings);
            unread.forEach((reason, quotas) -> all.add(unknown(
                    "what is left of these quotas is not known, because " + reason.reason() + ": "
                            + String.join("; ", quotas),
                    reason.remedy().isEmpty()
                            ? "Allow the call, or look these quotas up in the console."
                            : reason.remedy())));
            if (all.isEmpty() && !enough.isEmpty()) {
                all.add(pass(passed(enough)));
            }
            return all;
        });
    }

    /** A quota that suffices. */
    private record Enough(Quota quota, long needed, long left) {
        double share() {
            return (double) needed / left;
        }
    }

    private static String passed(List<Enough> enough) {
        Enough tightest =
                enough.stream().max(Comparator.comparingDouble(Enough::share)).orElseThrow();
        return (enough.size() == 1 ? "1 quota suffices" : enough.size() + " quotas suffice")
                + " for all pools at their maximum; least is left of "
                + tightest.quota().what() + " ("
                + tightest.quota().code() + "): " + tightest.needed() + " of " + tightest.left() + " needed";
    }

    private Map<String, Demand> demands(Survey<C> survey, Inventory inventory, List<MachineNeed> machines) {
        Map<String, Demand> demands = new TreeMap<>();
        machines.forEach(need -> need.draws()
                .forEach((code, amount) -> demands.merge(
                        code,
                        Demand.none().and("pool " + need.pool(), amount),
                        (one, other) -> one.and("pool " + need.pool(), amount))));
        survey.created(inventory)
                .forEach(id -> source.objects(id, survey)
                        .forEach((code, amount) -> demands.merge(
                                code,
                                Demand.none().and(id.toString(), amount),
                                (one, other) -> one.and(id.toString(), amount))));
        return demands;
    }

    private static String parts(Demand demand) {
        return demand.parts().entrySet().stream()
                .map(part -> part.getKey() + " (" + part.getValue() + ")")
                .collect(Collectors.joining(", "));
    }

    private CompletableFuture<PreflightFinding> shortage(
            Survey<C> survey, Inventory inventory, List<MachineNeed> machines, Quota quota, Demand demand, B book) {
        List<MachineNeed> drawing = machines.stream()
                .filter(need -> need.draws().containsKey(quota.code()))
                .toList();
        long left = quota.left().known().orElse(0L);
        return Futures.all(drawing.stream()
                        .map(need -> source.candidates(survey.context(), inventory, need.machine(), book)
                                .handle((found, failure) -> failure == null ? found : List.<SoldMachine>of())
                                .thenApply(found -> new CounterOffers(
                                                need, book, quota.code(), isForWorkflows(survey, need))
                                        .of(found, demand.amount(), left)))
                        .toList())
                .thenApply(offers -> finding(
                        quota, demand, offers.stream().flatMap(List::stream).toList()));
    }

    /** The operator's and the cloud's own pools must keep their nodes, so spot machines are not suggested for them. */
    private static boolean isForWorkflows(Survey<?> survey, MachineNeed need) {
        return survey.spec().computePools().stream()
                .anyMatch(pool -> pool.name().equals(need.pool()));
    }

    private PreflightFinding finding(Quota quota, Demand demand, List<String> alternatives) {
        long limit = quota.limit().known().orElse(0L);
        long used = quota.used().known().orElse(0L);
        QuotaShortage shortage = new QuotaShortage(
                quota.code(),
                quota.what(),
                quota.place(),
                limit,
                used,
                demand.amount(),
                demand.parts().entrySet().stream()
                        .map(part -> part.getKey() + ": " + part.getValue())
                        .toList(),
                quota.askAt(),
                alternatives);
        String message = shortage.left() + " of " + limit + " " + quota.what() + " left in " + quota.place() + " ("
                + quota.code() + "), " + demand.amount() + " needed: " + parts(demand);
        StringBuilder remedy = new StringBuilder("Ask for " + (used + demand.amount()) + " at " + quota.askAt() + ".");
        if (!alternatives.isEmpty()) {
            remedy.append(" Or: ").append(String.join("; ", alternatives)).append('.');
        }
        return fail(message, remedy.toString(), shortage);
    }
}
