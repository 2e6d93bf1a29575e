// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.diagnosis.Cause;
import io.osmo.backend.spi.provider.JoinCause;
import io.osmo.backend.spi.provider.JoinEvidence;
import java.util.Comparator;
import java.util.Optional;

/**
 * A firewall rule keeps nodes from calling the control plane and Google's services.
 *
 * @see <a href="https://cloud.google.com/kubernetes-engine/docs/concepts/firewall-rules">GKE: firewall rules</a>
 */
final class FirewallBlocks implements JoinCause<JoinFacts> {
    private static final String ANYWHERE = "0.0.0.0/0";
    /** The priority of a rule that names none. */
    private static final int LOWEST = 1000;

    @Override
    public Optional<Cause> in(JoinEvidence<JoinFacts> evidence) {
        return evidence.facts()
                .firewalls()
                .known()
                .filter(rules -> evidence.facts().machinesWait())
                .flatMap(rules -> rules.stream()
                        .filter(FirewallBlocks::deniesHttps)
                        .min(Comparator.comparingInt(
                                rule -> rule.path("priority").asInt(LOWEST))))
                .map(rule -> new Cause(
                        "firewall-blocks",
                        "Firewall rule " + rule.path("name").asText()
                                + " blocks outbound connections of the nodes, so they reach neither the control plane nor"
                                + " registries.",
                        "Allow egress of the nodes to the control plane and to Google's services (TCP 443) with a"
                                + " priority number below "
                                + rule.path("priority").asInt(LOWEST) + ", or delete the rule."));
    }

    private static boolean deniesHttps(JsonNode rule) {
        return rule.path("direction").asText().equals("EGRESS")
                && !rule.path("disabled").asBoolean()
                && contains(rule.path("destinationRanges"), ANYWHERE)
                && denied(rule.path("denied"));
    }

    private static boolean contains(JsonNode list, String text) {
        for (JsonNode each : list) {
            if (each.asText().equals(text)) {
                return true;
            }
        }
        return false;
    }

    private static boolean denied(JsonNode list) {
        for (JsonNode each : list) {
            String protocol = each.path("IPProtocol").asText();
            boolean port = each.path("ports").isEmpty() || contains(each.path("ports"), "443");
            if (protocol.equals("all") || protocol.equals("tcp") && port) {
                return true;
            }
        }
        return false;
    }
}
