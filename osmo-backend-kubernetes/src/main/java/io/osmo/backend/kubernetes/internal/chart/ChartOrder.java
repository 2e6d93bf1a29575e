// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/** Which charts wait for which others. Circles are broken where the spec names a chart first. Pure. */
final class ChartOrder {
    private ChartOrder() {}

    /** What each chart comes after: charts that define the kinds of its objects; OSMO's operator comes after all. */
    static Map<ChartPlan, Set<ChartPlan>> ofInstallation(List<ChartPlan> plans) {
        return withoutCircles(plans, (plan, other) -> plan.isOperator() || plan.uses(other));
    }

    /**
     * What each release goes after: objects go before what defines their kinds, and otherwise OSMO's operator goes last, because it
     * finishes what workflows leave behind.
     */
    static Map<HelmRecord, Set<HelmRecord>> ofUninstallation(List<HelmRecord> records) {
        return withoutCircles(
                records,
                (record, other) -> uses(other, record) || ChartRelease.isOperator(record) && !uses(record, other));
    }

    private static boolean uses(HelmRecord record, HelmRecord other) {
        List<ChartObject> all = new ArrayList<>(other.definitions());
        all.addAll(other.objects());
        Set<String> defined = DefinedKinds.of(all);
        return record.objects().stream().anyMatch(object -> defined.contains(DefinedKinds.kindOf(object)));
    }

    private static <T> Map<T, Set<T>> withoutCircles(List<T> all, BiPredicate<T, T> waitsFor) {
        Map<T, Set<T>> order = new IdentityHashMap<>();
        List<T> left = new ArrayList<>(all);
        while (!left.isEmpty()) {
            T next = left.stream()
                    .filter(one -> left.stream().noneMatch(other -> other != one && waitsFor.test(one, other)))
                    .findFirst()
                    .orElse(left.get(0));
            left.remove(next);
            Set<T> before = new LinkedHashSet<>();
            order.keySet().stream().filter(other -> waitsFor.test(next, other)).forEach(before::add);
            order.put(next, before);
        }
        return order;
    }
}
