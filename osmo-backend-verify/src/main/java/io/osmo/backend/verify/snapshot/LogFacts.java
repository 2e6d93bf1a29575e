// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;
import java.util.List;

/**
 * What was found at the end of the log of a container of OSMO's operator. Nothing else of a log is kept, because it may quote
 * anything.
 *
 * @param name name of the pod
 * @param container its container
 * @param phrases phrases that occur in its last 200 lines, in the order of {@link LogPhrase}
 */
public record LogFacts(String namespace, String name, String container, Fact<List<LogPhrase>> phrases) {
    public LogFacts {
        phrases = phrases.map(List::copyOf);
    }

    @Override
    public String toString() {
        return "pod/" + namespace + "/" + name;
    }
}
