// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.network;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.rules.Egress;
import io.osmo.backend.verify.internal.values.Ranges;
import io.osmo.backend.verify.snapshot.NetworkPolicyFacts;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Without exceptions the chart's policy lets workflows reach the whole cluster. */
public final class PolicyCidrs extends AbstractCheck {

    public PolicyCidrs() {
        super(
                "network.policy-cidrs",
                "node, pod and service addresses blocked for workflows by the chart's network policy",
                Severity.WARNING,
                Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.snapshot().tenancy().networkPolicies(),
                policies -> given(evidence.allNodes(), nodes -> {
                    List<NetworkPolicyFacts> own = policies.stream()
                            .filter(p -> p.name().equals("osmo-workflow-network-policy"))
                            .toList();
                    if (own.isEmpty()) {
                        return skipped("the chart's network policy is off");
                    }
                    if (Egress.policies(
                                    evidence.snapshot().tenancy(),
                                    Set.of(evidence.expectations().workflowNamespace()))
                            instanceof Fact.Unknown<List<NetworkPolicyFacts>> undecided) {
                        return unknown(undecided);
                    }
                    List<String> addresses = Stream.concat(
                                    nodes.stream().flatMap(n -> n.internalIps().stream()),
                                    Stream.concat(
                                                    nodes.stream().flatMap(n -> n.podCidrs().stream()),
                                                    evidence.network().known().stream()
                                                            .flatMap(n -> n.serviceCidr().stream()))
                                            .map(cidr -> cidr.replaceFirst("/.*", "")))
                            .distinct()
                            .toList();
                    List<String> odd = Ranges.invalid(Stream.concat(
                                    addresses.stream(),
                                    own.stream()
                                            .flatMap(p -> p.rules().stream())
                                            .flatMap(r -> r.blocks().stream())
                                            .flatMap(b -> Stream.concat(Stream.of(b.cidr()), b.except().stream())))
                            .toList());
                    if (!odd.isEmpty() && addresses.stream().noneMatch(a -> Egress.toAddress(own, a, "TCP", 443))) {
                        return unknown("'" + odd.get(0) + "' is no IP address or range")
                                .about(odd);
                    }
                    return each(
                            addresses,
                            "addresses",
                            a -> !Egress.toAddress(own, a, "TCP", 443),
                            a -> a,
                            "Set global.networkPolicy.clusterCIDRs to the ranges of nodes, pods and services.");
                }));
    }
}
