// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.network;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.rules.Egress;
import io.osmo.backend.verify.snapshot.NetworkPolicyFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** NW-2: the operator and every task call the OSMO service. */
public final class DefaultDeny extends AbstractCheck {
    /** An address reserved for documentation (RFC 5737), used as an example of an internet address. */
    private static final String ANYWHERE = "203.0.113.1";

    public DefaultDeny() {
        super(
                "network.default-deny",
                "the internet reachable from both OSMO namespaces",
                Requirement.NW_2,
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                Egress.policies(
                        evidence.snapshot().tenancy(),
                        Set.of(
                                evidence.expectations().operatorNamespace(),
                                evidence.expectations().workflowNamespace())),
                policies -> each(
                        Stream.of(
                                        evidence.expectations().operatorNamespace(),
                                        evidence.expectations().workflowNamespace())
                                .distinct()
                                .toList(),
                        "namespaces",
                        namespace -> {
                            List<NetworkPolicyFacts> own = Egress.of(policies, namespace);
                            return own.isEmpty() || Egress.toAddress(own, ANYWHERE, "TCP", 443);
                        },
                        namespace -> "port 443 closed in " + namespace,
                        "Add a policy that allows egress to the OSMO service and the registries on port 443."));
    }
}
