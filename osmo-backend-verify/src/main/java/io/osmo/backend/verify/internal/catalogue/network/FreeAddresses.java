// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.network;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;

/** NW-1: where pods take addresses of the network, thirty for each node is the least that works. */
public final class FreeAddresses extends AbstractCheck {
    private static final int PODS = 30;

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
                    long nodes = pools.stream().mapToLong(p -> p.scale().max()).sum();
                    String observed = free + " free addresses in "
                            + network.subnets().size() + " subnets for at most " + nodes + " nodes";
                    String next = "Add subnets, or a secondary range to the network; or lower the upper bounds.";
                    if (free < nodes) {
                        return breach(observed, next);
                    }
                    return free < nodes * PODS ? breach(Severity.WARNING, observed, next) : pass(observed);
                }));
    }
}
