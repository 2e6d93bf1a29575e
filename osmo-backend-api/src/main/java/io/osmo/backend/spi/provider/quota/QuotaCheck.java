// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.quota;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.QuotaShortage;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.provider.PreflightCheck;
import io.osmo.backend.spi.provider.ProviderContext;
import io.osmo.backend.spi.provider.Survey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Checks that the quotas suffice for all pools at their maximum and for the network, in addition to what the account already uses. An
 * exceeded quota is FAIL, to which {@link CounterOffers} adds what would fit; a quota that cannot be read is UNKNOWN.
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
        return survey.inventory()
                .thenCombine(
                        source.once(survey),
                        (inventory, book) ->
                                judge(QuotaDemand.of(source, survey.settled(inventory), inventory, book), book));
    }

    private List<PreflightFinding> judge(QuotaDemand demand, B book) {
        Map<Fact.Unknown<Long>, List<String>> unread = new LinkedHashMap<>();
        List<PreflightFinding> findings = new ArrayList<>();
        List<Enough> enough = new ArrayList<>();
        demand.parts().forEach((code, parts) -> {
            long needed = parts.values().stream().mapToLong(amount -> amount).sum();
            Quota quota = book.of(code);
            Fact<Long> left = quota.left();
            if (left instanceof Fact.Unknown<Long> reason) {
                unread.computeIfAbsent(reason, r -> new ArrayList<>())
                        .add(quota.what() + " (" + quota.code() + "), " + needed + " needed");
            } else if (left.known().orElse(0L) < needed) {
                findings.add(shortage(quota, needed, parts));
            } else {
                enough.add(new Enough(quota, needed, left.known().orElse(0L)));
            }
        });
        unread.forEach((reason, quotas) -> findings.add(unknown(
                "what is left of these quotas is not known, because " + reason.reason() + ": "
                        + String.join("; ", quotas),
                reason.remedy().isEmpty()
                        ? "Allow the call, or look these quotas up in the console."
                        : reason.remedy())));
        if (findings.isEmpty() && !enough.isEmpty()) {
            findings.add(pass(passed(enough)));
        }
        return findings;
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

    private PreflightFinding shortage(Quota quota, long needed, Map<String, Long> parts) {
        QuotaShortage shortage = new QuotaShortage(
                quota.code(),
                quota.what(),
                quota.place(),
                quota.limit().known().orElse(0L),
                quota.used().known().orElse(0L),
                needed,
                parts.entrySet().stream()
                        .map(part -> part.getKey() + ": " + part.getValue())
                        .toList(),
                quota.askAt(),
                List.of());
        String text = parts.entrySet().stream()
                .map(part -> part.getKey() + " (" + part.getValue() + ")")
                .collect(Collectors.joining(", "));
        return fail(
                shortage.left() + " of " + shortage.limit() + " " + quota.what() + " left in " + quota.place() + " ("
                        + quota.code() + "), " + needed + " needed: " + text,
                "Ask for " + (shortage.used() + needed) + " at " + quota.askAt() + ".",
                shortage);
    }
}
