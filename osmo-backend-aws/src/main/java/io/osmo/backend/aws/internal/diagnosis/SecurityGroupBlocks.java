// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.diagnosis;

import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.spi.provider.JoinCause;
import io.osmo.backend.spi.provider.JoinEvidence;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;

/** No security group of the nodes lets them call anybody. */
final class SecurityGroupBlocks implements JoinCause<JoinFacts> {
    @Override
    public Optional<Cause> in(JoinEvidence<JoinFacts> evidence) {
        return evidence.facts()
                .network()
                .known()
                .flatMap(network -> evidence.facts().instances().known().orElse(List.of()).stream()
                        .flatMap(instance -> network
                                .blockingGroup(instance.securityGroups().stream()
                                        .map(GroupIdentifier::groupId)
                                        .collect(Collectors.toSet()))
                                .stream())
                        .findFirst())
                .map(group -> new Cause(
                        "security-group-blocks",
                        "Security group " + group.groupId()
                                + " of the nodes allows no outbound HTTPS, so they reach neither"
                                + " the cluster nor registries.",
                        "Add an outbound rule that allows TCP 443, as EKS sets it for the cluster's own group: all traffic to"
                                + " 0.0.0.0/0."));
    }
}
