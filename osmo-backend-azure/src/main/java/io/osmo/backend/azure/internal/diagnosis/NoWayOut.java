// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.diagnosis;

import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.spi.provider.JoinCause;
import io.osmo.backend.spi.provider.JoinEvidence;
import java.util.Optional;

/**
 * The cluster relies on a NAT gateway of the subnet, and there is none.
 *
 * @see <a href="https://learn.microsoft.com/azure/aks/egress-outboundtype">AKS: outbound types</a>
 */
final class NoWayOut implements JoinCause<JoinFacts> {
    @Override
    public Optional<Cause> in(JoinEvidence<JoinFacts> evidence) {
        JoinFacts facts = evidence.facts();
        return facts.cluster()
                .known()
                .filter(cluster ->
                        cluster.text("/properties/networkProfile/outboundType").equals("userAssignedNATGateway"))
                .flatMap(cluster -> facts.subnet())
                .filter(subnet ->
                        subnet.at("/properties/natGateway/id").asText("").isEmpty())
                .filter(subnet -> evidence.statements().stream()
                        .anyMatch(said -> JoinFacts.isAboutCalls(said.code() + " " + said.text())))
                .map(subnet -> new Cause(
                        "no-way-out",
                        "Subnet " + subnet.path("name").asText()
                                + " has no NAT gateway, which the cluster uses for outbound connections.",
                        "Plan and apply again if the network is the backend's; else attach one: az network vnet subnet update"
                                + " --nat-gateway."));
    }
}
