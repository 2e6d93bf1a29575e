// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.network;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.Optional;

/** NW-2: without a route out, no image can be pulled and the operator cannot register. */
public final class EgressRoute extends AbstractCheck {

    public EgressRoute() {
        super(
                "network.egress-route",
                "a default route to the internet from every node subnet",
                Requirement.NW_2,
                Severity.ERROR,
                Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(
                evidence.network(),
                network -> eachKnown(
                        network.subnets(),
                        "subnets",
                        CloudFacts.NetworkFacts.Subnet::egress,
                        Optional::isPresent,
                        s -> s.id() + " has none",
                        "Add a route for 0.0.0.0/0 to a NAT gateway or to an egress firewall."));
    }
}
