// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.osmo.backend.cluster.Fact;
import java.util.List;

/**
 * Who may do what.
 *
 * @param notReady parts of the API server that fail its readiness check; empty when it is ready. Snapshots call it
 *     {@code trouble}
 * @param own which of the rights that installing OSMO's operator needs the caller has
 * @param operator which of the rights that they need the service accounts of OSMO's operator have; empty before it is installed
 */
public record AccessFacts(
        @JsonProperty("trouble") Fact<List<String>> notReady,
        Fact<List<PermissionFacts>> own,
        Fact<List<PermissionFacts>> operator) {
    /** None of it was read, for this reason. */
    public static AccessFacts unknown(String reason) {
        return new AccessFacts(Fact.unknown(reason), Fact.unknown(reason), Fact.unknown(reason));
    }
}
