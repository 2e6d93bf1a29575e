// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.rules.QuotaDemand;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** CN-2: a pool never reaches a maximum size that the account's quota does not allow. */
public final class Quota extends AbstractCheck {

    public Quota() {
        super(
                "pool.quota",
                "enough quota for all pools at their maximum size",
                Requirement.CN_2,
                Severity.WARNING,
                Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.snapshot().cloud().flatMap(CloudFacts::quotas),
                quotas -> given(evidence.pools(), pools -> {
                    QuotaDemand demand =
                            new QuotaDemand(pools, evidence.expectations().pools(), evidence.allNodes());
                    List<CloudFacts.Quota> drawn =
                            quotas.stream().filter(q -> demand.of(q) > 0).toList();
                    List<CloudFacts.Quota> judged = drawn.stream()
                            .filter(q -> demand.exceeds(q) || unread(q).isEmpty())
                            .toList();
                    Optional<String> unread = Stream.concat(
                                    drawn.stream().flatMap(q -> unread(q).stream()), unknownMachines(pools))
                            .findFirst();
                    return unread.isPresent() && judged.stream().noneMatch(demand::exceeds)
                            ? unknown(unread.get())
                            : each(
                                    judged,
                                    "quotas that growing pools use",
                                    q -> !demand.exceeds(q),
                                    q -> q.name() + ": " + demand.of(q) + " more needed, " + Math.max(0, demand.free(q))
                                            + " free",
                                    "Request more quota from the cloud, or lower the maximum sizes.");
                }));
    }

    /** Why it is not known how much quota a growing pool needs. */
    private static Stream<String> unknownMachines(List<CloudFacts.Pool> pools) {
        return pools.stream()
                .filter(p -> p.scale().max() > p.scale().initial())
                .flatMap(p -> p.machine() instanceof Fact.Unknown<CloudFacts.Machine> unknown
                        ? Stream.of(unknown.reason())
                        : Stream.empty());
    }

    private static Optional<String> unread(CloudFacts.Quota quota) {
        return quota.limit() instanceof Fact.Unknown<Long> limit
                ? Optional.of(limit.reason())
                : quota.used() instanceof Fact.Unknown<Long> used ? Optional.of(used.reason()) : Optional.empty();
    }
}
