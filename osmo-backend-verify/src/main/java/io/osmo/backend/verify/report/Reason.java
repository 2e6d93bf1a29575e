// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.report;

import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.internal.catalog.CheckIds;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A reason that several findings have in common, so that a report shows it once: a refused connection, a missing right, a vantage
 * that was not available.
 *
 * @param observed what all of them observed
 * @param next what to do about all of them; may be empty
 */
record Reason(String observed, String next, List<Finding> findings) {
    private static final int FEW = 3;

    /** The most severe first, otherwise in the order of the findings. */
    static List<Reason> of(List<Finding> findings) {
        return findings.stream()
                .sorted(Comparator.comparing(Finding::severity))
                .collect(Collectors.groupingBy(
                        f -> List.of(f.observed(), f.next()), LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(e -> new Reason(e.getKey().get(0), e.getKey().get(1), e.getValue()))
                .toList();
    }

    /**
     * Findings with a common cause, although each shows something else of it: they are about the same objects, one step repairs them, or
     * three or more of them are of one concern, such as software that is not installed.
     */
    static List<Reason> ofCauses(List<Finding> findings) {
        List<Finding> sorted = findings.stream()
                .sorted(Comparator.comparing(Finding::severity))
                .toList();
        Map<List<String>, List<Finding>> causes =
                grouped(sorted, f -> f.resources().isEmpty() ? List.of(f.next()) : f.resources());
        Map<String, Long> alone = causes.values().stream()
                .filter(group -> group.size() == 1)
                .collect(Collectors.groupingBy(
                        group -> CheckIds.concern(group.get(0).check()), Collectors.counting()));
        return grouped(sorted, f -> {
                    List<String> cause = f.resources().isEmpty() ? List.of(f.next()) : f.resources();
                    String concern = CheckIds.concern(f.check());
                    return causes.getOrDefault(cause, List.of()).size() == 1 && alone.getOrDefault(concern, 0L) >= FEW
                            ? List.of(concern)
                            : cause;
                })
                .values()
                .stream()
                .map(group ->
                        new Reason("", same(group, Finding::next) ? group.get(0).next() : "", group))
                .toList();
    }

    private static Map<List<String>, List<Finding>> grouped(
            List<Finding> findings, Function<Finding, List<String>> key) {
        return findings.stream().collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
    }

    private static boolean same(List<Finding> findings, Function<Finding, Object> what) {
        return findings.stream().map(what).distinct().count() == 1;
    }

    /** What its findings have in common, in a few words. */
    String title() {
        int count = findings.size();
        if (!findings.get(0).resources().isEmpty() && sameObjects()) {
            return count + " checks about the same objects";
        }
        return next.isEmpty()
                ? count + " checks of " + CheckIds.concern(findings.get(0).check())
                : count + " checks, one remedy";
    }

    boolean sameObjects() {
        return same(findings, Finding::resources);
    }

    String checks() {
        return findings.stream().map(Finding::check).collect(Collectors.joining(", "));
    }
}
