// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.report;

import io.osmo.backend.verify.check.Finding;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A reason that several findings have in common, so that a report shows it once: a refused connection, a missing right, a vantage
 * that was not available.
 *
 * @param observed what all of them observed
 * @param next what to do about all of them; may be empty
 */
record Reason(String observed, String next, List<Finding> findings) {
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

    String checks() {
        return findings.stream().map(Finding::check).collect(Collectors.joining(", "));
    }
}
