// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.osmo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * An operator that runs.
 *
 * @param backend name under which it registers
 * @param uid UID of the namespace {@code kube-system} of its cluster
 * @param namespace namespace of workflows
 * @param version its release
 * @param token what it logs in with
 * @param nodes the nodes of its cluster, as the Kubernetes API shows them
 * @param worker whether its worker runs too
 */
public record OperatorFacts(
        String backend,
        String uid,
        String namespace,
        String version,
        String token,
        List<JsonNode> nodes,
        boolean worker) {
    public OperatorFacts {
        nodes = List.copyOf(nodes);
    }

    /** Whether it would connect in the same way. Nodes are not compared, because they are reported while it is connected. */
    boolean isSameConnection(OperatorFacts other) {
        return backend.equals(other.backend)
                && uid.equals(other.uid)
                && namespace.equals(other.namespace)
                && version.equals(other.version)
                && token.equals(other.token)
                && worker == other.worker;
    }
}
