// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.diagnosis;

import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.spi.provider.JoinCause;
import io.osmo.backend.spi.provider.JoinEvidence;
import java.util.Optional;

/** The VPC resolves no names. */
final class DnsOff implements JoinCause<JoinFacts> {
    @Override
    public Optional<Cause> in(JoinEvidence<JoinFacts> evidence) {
        return evidence.facts()
                .network()
                .known()
                .filter(network -> evidence.facts().instancesWait() && !network.dns())
                .map(network -> new Cause(
                        "dns-off",
                        "DNS resolution is off in the VPC (enableDnsSupport), so nodes cannot find the cluster.",
                        "Plan and apply again if the VPC is the backend's; else turn it on: aws ec2 modify-vpc-attribute"
                                + " --enable-dns-support, and --enable-dns-hostnames."));
    }
}
