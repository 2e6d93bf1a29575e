// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;
import java.util.List;

/**
 * Who may do what.
 *
 * @param trouble parts of the API server that do not say {@code ok} when it is asked whether it is ready; empty when it is
 * @param own what whoever verifies may do, of what installing OSMO's operator takes
 * @param operator what the service accounts of OSMO's operator may do, of what they need; empty before it is installed
 */
public record AccessFacts(
        Fact<List<String>> trouble, Fact<List<PermissionFacts>> own, Fact<List<PermissionFacts>> operator) {
    /** Nothing of it was read, for that reason. */
    public static AccessFacts unknown(String reason) {
        return new AccessFacts(Fact.unknown(reason), Fact.unknown(reason), Fact.unknown(reason));
    }
}
