// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What broke a vendor's model. Safe for concurrent use. */
public final class Violations {
    private final List<String> messages = new CopyOnWriteArrayList<>();

    /** Everything so far, for callers that may have swallowed the error. */
    public List<String> all() {
        return List.copyOf(messages);
    }

    public void add(String message) {
        messages.add(message);
    }

    /**
     * Records the violations of one request or response.
     *
     * @param subject what broke the model, such as {@code eks:CreateCluster input}
     * @throws AssertionError if there are any
     */
    public void check(String subject, List<String> found) {
        if (!found.isEmpty()) {
            String message = subject + ": " + String.join("; ", found);
            add(message);
            throw new AssertionError(message);
        }
    }
}
