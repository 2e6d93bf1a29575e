// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider.address;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.PreflightCheck;
import io.osmo.backend.spi.provider.ProviderContext;
import io.osmo.backend.spi.provider.Survey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Checks that subnets have enough free addresses for all pools at their maximum. FAIL if nodes could not start, WARN if nodes could
 * start but not run as many pods as they admit, UNKNOWN if the number of free addresses could not be read. Pools can share ranges, so
 * needs are added up for each set of ranges before they are compared with the free addresses.
 *
 * @param <C> one backend of one cloud
 */
public final class AddressCheck<C extends ProviderContext> extends PreflightCheck<C> {
    private final AddressSource<C> source;

    public AddressCheck(AddressSource<C> source) {
        super("addresses", Requirement.NW_1);
        this.source = source;
    }

    @Override
    protected CompletableFuture<List<PreflightFinding>> run(Survey<C> survey) {
        return survey.inventory().thenApply(inventory -> judge(survey.settled(inventory), inventory));
    }

    /** Whether another spec of the same backend has no finding, other than a passed one, that the backend as it is does not have. Pure. */
    public boolean isNoWorse(Survey<C> before, Survey<C> there, Inventory inventory) {
        List<PreflightFinding> known = judge(before, inventory);
        return judge(there, inventory).stream()
                .allMatch(finding -> finding.status() == PreflightFinding.Status.PASS || known.contains(finding));
    }

    private List<PreflightFinding> judge(Survey<C> survey, Inventory inventory) {
        Map<String, Fact<Long>> free = new LinkedHashMap<>();
        source.ranges(survey, inventory).forEach(range -> free.put(range.name(), range.free()));
        List<AddressNeed> needs = source.needs(survey, inventory).stream()
                .filter(need -> need.nodes() > 0
                        && !need.ranges().isEmpty()
                        && free.keySet().containsAll(need.ranges()))
                .toList();
        List<PreflightFinding> findings = new ArrayList<>();
        List<Share> suffice = new ArrayList<>();
        for (List<String> ranges : together(needs)) {
            List<AddressNeed> inside = needs.stream()
                    .filter(need -> ranges.containsAll(need.ranges()))
                    .toList();
            Fact<Long> left =
                    ranges.stream().map(free::get).reduce(Fact.of(0L), (a, b) -> a.flatMap(x -> b.map(y -> x + y)));
            Share share = new Share(
                    String.join(", ", ranges), left.known().orElse(0L), sum(inside, AddressNeed::each), inside);
            if (left instanceof Fact.Unknown<Long> unread) {
                findings.add(unknown("free addresses of " + share.where() + ": " + unread.reason(), unread.remedy()));
            } else if (share.needed() > share.left()) {
                findings.add(fail(share.text(AddressNeed::each, " needed: "), source.remedy(survey)));
            } else if (sum(inside, AddressNeed::most) > share.left()) {
                findings.add(warn(
                        share.text(AddressNeed::most, " needed if all nodes have all the pods that they admit: "),
                        source.remedy(survey)));
            } else {
                suffice.add(share);
            }
        }
        if (findings.isEmpty()) {
            suffice.stream()
                    .max(Comparator.comparingDouble(Share::ratio))
                    .ifPresent(least ->
                            findings.add(pass("free addresses suffice for all pools at their maximum; least is left of "
                                    + least.where() + ": " + least.needed() + " of " + least.left() + " needed")));
        }
        return findings;
    }

    /** The sets of ranges to check, smallest first: each set that a pool uses and, if pools use several ranges, all of them together. */
    private static List<List<String>> together(List<AddressNeed> needs) {
        Set<List<String>> sets = new LinkedHashSet<>();
        needs.stream()
                .map(AddressNeed::ranges)
                .sorted(Comparator.<List<String>>comparingInt(List::size).thenComparing(Object::toString))
                .forEach(sets::add);
        List<String> all = needs.stream()
                .flatMap(need -> need.ranges().stream())
                .distinct()
                .sorted()
                .toList();
        boolean connected = needs.stream().anyMatch(need -> need.ranges().size() > 1);
        if (connected) {
            sets.add(all);
        }
        return List.copyOf(sets);
    }

    private static long sum(List<AddressNeed> needs, ToLongFunction<AddressNeed> each) {
        return needs.stream()
                .mapToLong(need -> need.nodes() * each.applyAsLong(need))
                .sum();
    }

    /** The addresses needed from a set of ranges, and those that are free. */
    private record Share(String where, long left, long needed, List<AddressNeed> needs) {
        double ratio() {
            return (double) needed / Math.max(1, left);
        }

        String text(ToLongFunction<AddressNeed> each, String needed) {
            return left + " free addresses in " + where + ", " + sum(needs, each) + needed
                    + needs.stream()
                            .map(need -> "pool " + need.pool() + " (" + need.nodes()
                                    + (need.nodes() == 1 ? " node" : " nodes") + " with " + each.applyAsLong(need)
                                    + " each)")
                            .collect(Collectors.joining(", "));
        }
    }
}
