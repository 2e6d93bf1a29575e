// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.report;

import io.osmo.backend.verify.check.Finding;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One reason for which several findings came out as they did, so that a report says it once: a connection that is refused, a right
 * that is missing, a vantage that was not had.
 *
 * @param observed what all of them observed
 * @param next what is to be done about all of them; may be empty
 */
record Reason(String observed, String next, List<Finding> findings) {
    /** What weighs most first, otherwise in the order of the findings. */
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

    String checks() {
        return findings.stream().map(Finding::check).collect(Collectors.joining(", "));
    }
}
