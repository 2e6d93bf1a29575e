// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;
import java.util.Set;

/**
 * A ValidatingAdmissionPolicy that a binding with the action {@code Deny} applies to new pods. Policies that admit everything are left
 * out.
 *
 * @param policy name of the policy
 * @param binding name of the binding
 * @param namespaces the namespaces of OSMO in which it is applied to every new pod
 * @param refuses whether it refuses every object; otherwise what it refuses is not evaluated here
 */
public record AdmissionPolicyFacts(String policy, String binding, Fact<Set<String>> namespaces, boolean refuses) {
    public AdmissionPolicyFacts {
        namespaces = namespaces.map(Set::copyOf);
    }

    @Override
    public String toString() {
        return "validatingadmissionpolicy/" + policy;
    }
}
