// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.network;

import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;

/** The chart's network policy, among others, assumes IPv4. */
public final class Ipv6 extends AbstractCheck {

    public Ipv6() {
        super("network.ipv6", "an IPv4 address on every node", Severity.INFO, Vantage.KUBERNETES);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.nodes(),
                nodes -> each(
                        nodes.stream().filter(n -> !n.internalIps().isEmpty()).toList(),
                        "nodes with an address",
                        n -> n.internalIps().stream().anyMatch(ip -> !ip.contains(":")),
                        n -> String.join(" ", n.internalIps()),
                        "Use an IPv4 or dual-stack cluster: the chart's network policy supports only IPv4."));
    }
}
