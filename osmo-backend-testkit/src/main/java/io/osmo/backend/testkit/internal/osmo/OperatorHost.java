// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.osmo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Where an operator runs. */
public interface OperatorHost {
    /** The operator as it runs now; empty if it does not. */
    Optional<OperatorFacts> operator();

    /**
     * Creates a queue as the worker does.
     *
     * @return whether the cluster serves queues; otherwise the worker skips them and reports success
     */
    boolean queue(JsonNode queue);
}
