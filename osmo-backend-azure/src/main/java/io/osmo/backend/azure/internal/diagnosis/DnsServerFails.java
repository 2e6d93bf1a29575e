// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.spi.provider.JoinCause;
import io.osmo.backend.spi.provider.JoinEvidence;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The network has DNS servers of its own, and they do not resolve the name of the cluster. */
final class DnsServerFails implements JoinCause<JoinFacts> {
    private static final Pattern LOOKUP = Pattern.compile("K8SAPIServerDNSLookupFail|exit status=52");

    @Override
    public Optional<Cause> in(JoinEvidence<JoinFacts> evidence) {
        return evidence.said(LOOKUP)
                .flatMap(said -> evidence.facts().network().known())
                .flatMap(found -> found)
                .map(network -> JoinFacts.each(network.json().at("/properties/dhcpOptions/dnsServers"))
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(", ")))
                .filter(servers -> !servers.isEmpty())
                .map(servers -> new Cause(
                        "dns-server-fails",
                        "The virtual network uses the DNS servers " + servers
                                + ", and they do not resolve the name of the cluster's API server.",
                        "Have them forward other names to 168.63.129.16, or use the DNS of Azure: az network vnet"
                                + " update --dns-servers ''."));
    }
}
