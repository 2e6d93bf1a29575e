// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.diagnosis;

import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.spi.provider.JoinCause;
import io.osmo.backend.spi.provider.JoinEvidence;
import java.util.Optional;
import java.util.Set;

/** The route table of the subnet sends what leaves it nowhere, or to an appliance that may drop it. */
final class RouteToNowhere implements JoinCause<JoinFacts> {
    private static final Set<String> NOWHERE = Set.of("None", "VirtualAppliance");

    @Override
    public Optional<Cause> in(JoinEvidence<JoinFacts> evidence) {
        return evidence.facts()
                .routeTable()
                .known()
                .flatMap(found -> found)
                .filter(table -> evidence.statements().stream()
                        .anyMatch(said -> JoinFacts.isAboutCalls(said.code() + " " + said.text())))
                .flatMap(table -> JoinFacts.each(table.json().at("/properties/routes"))
                        .map(route -> route.path("properties"))
                        .filter(route -> route.path("addressPrefix").asText().equals("0.0.0.0/0")
                                && NOWHERE.contains(route.path("nextHopType").asText()))
                        .findFirst()
                        .map(route -> new Cause(
                                "route-to-nowhere",
                                "Route table " + table.name() + " sends outbound traffic to "
                                        + (route.path("nextHopType").asText().equals("None")
                                                ? "the next hop None, which drops it"
                                                : "the appliance at "
                                                        + route.path("nextHopIpAddress")
                                                                .asText())
                                        + ", so connections of the nodes get no answer.",
                                "Correct the default route, or allow what AKS needs on the appliance:"
                                        + " https://aka.ms/aks-required-ports-and-addresses.")));
    }
}
