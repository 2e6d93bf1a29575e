// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.cluster;

import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.network.NodeSubnet;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.spec.BackendSpec;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What AKS fixes when a cluster is created, as the fields of the spec that decide about it. Pure.
 *
 * @param observed the cluster
 */
record FixedFields(AzureContext context, BackendSpec spec, NodeSubnet subnet, ArmObject observed) {
    private static final String API = "apiServerAccessProfile.";
    private static final String NETWORK = "networkProfile.";

    /** Differences with those of the spec under their paths in the spec, each once. */
    List<FieldChange> inSpec(List<FieldChange> changes) {
        boolean moves = changes.stream().anyMatch(change -> change.field().equals(API + "enablePrivateCluster"));
        Set<FieldChange> all = new LinkedHashSet<>();
        for (FieldChange change : changes) {
            // What a private cluster has in addition is told by the field that makes it private.
            if (!moves || !change.field().equals(API + "privateDNSZone")) {
                all.add(change.refused() ? inSpec(change) : change);
            }
        }
        return List.copyOf(all);
    }

    private FieldChange inSpec(FieldChange change) {
        return switch (change.field()) {
            case API + "enablePrivateCluster" -> {
                boolean open = spec.apiEndpoint().publicAccess();
                yield FieldChange.fixed("apiEndpoint.publicAccess", !open, open);
            }
            case API + "privateDNSZone" ->
                FieldChange.fixed("settings.privateDnsZone", change.before(), change.after());
            case "nodeResourceGroup" ->
                FieldChange.fixed("settings.nodeResourceGroup", change.before(), change.after());
            case NETWORK + "serviceCidr", NETWORK + "dnsServiceIP" ->
                FieldChange.fixed(
                        "network.serviceCidr",
                        observed.text("/properties/networkProfile/serviceCidr"),
                        spec.network().serviceCidr());
            case NETWORK + "outboundType" ->
                otherSubnet()
                        .map(now -> NodeSubnet.moved(context, now, subnet.id()))
                        .orElse(change);
            default -> change;
        };
    }

    /** The subnet of the cluster's nodes, if it is not the one of the spec. */
    private Optional<String> otherSubnet() {
        for (var pool : observed.json().at("/properties/agentPoolProfiles")) {
            String now = pool.path("vnetSubnetID").asText("");
            if (pool.path("mode").asText().equals("System") && !now.isEmpty()) {
                return now.equalsIgnoreCase(subnet.id()) ? Optional.empty() : Optional.of(now);
            }
        }
        return Optional.empty();
    }
}
