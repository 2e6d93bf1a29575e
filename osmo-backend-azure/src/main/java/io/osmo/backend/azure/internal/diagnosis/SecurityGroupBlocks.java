// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.spi.provider.JoinCause;
import io.osmo.backend.spi.provider.JoinEvidence;
import java.util.Optional;
import java.util.Set;

/**
 * A network security group keeps nodes from calling anybody.
 *
 * @see <a href="https://learn.microsoft.com/azure/aks/outbound-rules-control-egress">AKS: outbound rules</a>
 */
final class SecurityGroupBlocks implements JoinCause<JoinFacts> {
    private static final Set<String> ANYWHERE = Set.of("*", "Internet", "0.0.0.0/0");

    @Override
    public Optional<Cause> in(JoinEvidence<JoinFacts> evidence) {
        return evidence.facts()
                .securityGroup()
                .known()
                .flatMap(found -> found)
                .filter(group -> evidence.statements().stream()
                        .anyMatch(said -> JoinFacts.isAboutCalls(said.code() + " " + said.text())))
                .flatMap(group -> JoinFacts.each(group.json().at("/properties/securityRules"))
                        .filter(rule -> deniesInternet(rule.path("properties")))
                        .findFirst()
                        .map(rule -> new Cause(
                                "security-group-blocks",
                                "Rule " + rule.path("name").asText() + " of network security group " + group.name()
                                        + " blocks outbound connections of the nodes.",
                                "Allow outbound TCP 443 to AzureCloud and to the registries with a lower priority number, or"
                                        + " delete the rule.")));
    }

    private static boolean deniesInternet(JsonNode rule) {
        return rule.path("direction").asText().equals("Outbound")
                && rule.path("access").asText().equals("Deny")
                && ANYWHERE.contains(rule.path("destinationAddressPrefix").asText());
    }
}
