// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.network;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.rules.Egress;
import io.osmo.backend.verify.snapshot.NetworkPolicyFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Set;

/** Without DNS, workflows cannot do anything. */
public final class PolicyDns extends AbstractCheck {
    private static final String NODE_LOCAL = "169.254.20.10";
    private static final String NEXT =
            "Allow it with global.networkPolicy.dnsNamespace and additionalEgressRules in the chart.";

    public PolicyDns() {
        super("network.policy-dns", "DNS reachable from workflows", Severity.ERROR, Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                Egress.policies(
                        evidence.snapshot().tenancy(),
                        Set.of(evidence.expectations().workflowNamespace())),
                all -> given(evidence.snapshot().core().daemonSets(), daemonSets -> {
                    List<NetworkPolicyFacts> policies =
                            Egress.of(all, evidence.expectations().workflowNamespace());
                    if (policies.isEmpty()) {
                        return skipped("no network policy selects all workflow pods");
                    }
                    boolean local = daemonSets.stream().anyMatch(d -> d.name().equals("node-local-dns"));
                    if (!Egress.toNamespace(policies, "kube-system", "UDP", 53)) {
                        return breach("UDP port 53 of kube-system is closed", NEXT)
                                .about(policies);
                    }
                    return local && !Egress.toAddress(policies, NODE_LOCAL, "UDP", 53)
                            ? breach("UDP port 53 of " + NODE_LOCAL + ", where nodes answer DNS, is closed", NEXT)
                                    .about(policies)
                            : pass("port 53 is open");
                }));
    }
}
