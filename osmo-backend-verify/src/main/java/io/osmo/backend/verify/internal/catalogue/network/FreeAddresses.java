// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.network;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.units.QuotaDemand;
import io.osmo.backend.verify.snapshot.Vantage;

/**
 * NW-1: every node that pools may still get takes an address. Where pods have no range of their own, as on EKS and with some of
 * AKS's network plugins, they take addresses of the network as well: thirty for each node is the least that works, and fewer
 * than that a warning.
 */
public final class FreeAddresses extends AbstractCheck {
    private static final int PODS = 30;
    private static final String NEXT = "Add subnets, or a secondary range to the network; or lower the upper bounds.";

    public FreeAddresses() {
        super(
                "network.vpc",
                "free addresses for all pools at their upper bound",
                Requirement.NW_1,
                Severity.ERROR,
                Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.network(),
                network -> given(evidence.pools(), pools -> {
                    if (network.subnets().isEmpty()) {
                        return breach("no subnets", "Give the cluster subnets that exist.");
                    }
                    long free = network.subnets().stream()
                            .mapToLong(CloudFacts.NetworkFacts.Subnet::freeAddresses)
                            .sum();
                    long machines =
                            new QuotaDemand(pools, evidence.expectations().pools(), evidence.nodes()).machines();
                    String observed = free + " free addresses in "
                            + network.subnets().size() + " subnets for " + machines + " nodes more";
                    if (free < machines) {
                        return breach(observed, NEXT);
                    }
                    return free < machines * PODS ? withPods(evidence, observed) : pass(observed);
                }));
    }

    /** There are enough addresses for machines, though not for their pods. */
    private Finding withPods(Evidence evidence, String observed) {
        return given(evidence.nodes(), nodes -> {
            if (nodes.isEmpty()) {
                return unknown(observed + "; no node tells whether pods take addresses of the network too");
            }
            return nodes.stream().anyMatch(node -> !node.podCidrs().isEmpty())
                    ? pass(observed + "; pods have ranges of their own")
                    : breach(Severity.WARNING, observed + " and " + PODS + " pods on each", NEXT);
        });
    }
}
