// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;
import java.util.Set;

/**
 * A policy on the egress of pods that is not a NetworkPolicy of Kubernetes, such as one of Cilium or Calico. Its rules are not read.
 *
 * @param kind such as {@code ciliumnetworkpolicies.cilium.io}
 * @param namespace empty for a policy of the whole cluster
 * @param namespaces the namespaces of OSMO with pods that it may select
 */
public record ForeignPolicyFacts(String kind, String namespace, String name, Fact<Set<String>> namespaces) {
    public ForeignPolicyFacts {
        namespaces = namespaces.map(Set::copyOf);
    }

    @Override
    public String toString() {
        return kind + "/" + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
}
